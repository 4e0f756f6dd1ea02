import Foundation
import Workspaces

/// The server that takes mail, and the sender.
struct MailSettings: Sendable {
    /// The `smtp://` or `smtps://` URL.
    let server: Secret

    /// The sender's address.
    let sender: Email

    /// Reads both; one without the other is a mistake.
    init?(reader: inout SettingsReader) {
        let server = reader.secret(.smtpURL) { text throws(SettingProblem) in
            guard let url = URLComponents(string: text), let scheme = url.scheme, ["smtp", "smtps"].contains(scheme),
                url.host?.isEmpty == false
            else {
                throw SettingProblem("is not an SMTP URL", "write smtp://host:587 or smtps://user:password@host:465")
            }
        }
        let sender = reader.value(.mailFrom) { text throws(SettingProblem) in
            guard let email = Email(text) else {
                throw SettingProblem("is not an e-mail address", "write an address such as portico@example.com")
            }
            return email
        }
        if server != nil, reader.find(.mailFrom) == nil {
            reader.refuse(.smtpURL, SettingProblem("is set without MAIL_FROM", "set PORTICO_MAIL_FROM to the sender"))
        }
        if sender != nil, reader.findSecret(.smtpURL) == nil {
            reader.refuse(
                .mailFrom,
                SettingProblem("is set without SMTP_URL", "set PORTICO_SMTP_URL to the mail server")
            )
        }
        guard let server, let sender else { return nil }
        self.server = server
        self.sender = sender
    }
}
