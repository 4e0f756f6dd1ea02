import Mail

/// The server that takes mail, and the sender.
struct MailSettings: Sendable {
    /// The server of the `smtp://` or `smtps://` URL.
    let server: MailServer

    /// The sender's address.
    let sender: MailAddress

    /// Reads both; one without the other is a mistake.
    init?(reader: inout SettingsReader) {
        let secret = reader.secret(.smtpURL) { text throws(SettingProblem) in
            guard MailServer(url: text) != nil else {
                throw SettingProblem("is not an SMTP URL", "write smtp://host:587 or smtps://user:password@host:465")
            }
        }
        let sender = reader.value(.mailFrom) { text throws(SettingProblem) in
            guard let address = MailAddress(text) else {
                throw SettingProblem("is not an e-mail address", "write an address such as portico@example.com")
            }
            return address
        }
        if secret != nil, reader.find(.mailFrom) == nil {
            reader.refuse(.smtpURL, SettingProblem("is set without MAIL_FROM", "set PORTICO_MAIL_FROM to the sender"))
        }
        if sender != nil, reader.findSecret(.smtpURL) == nil {
            reader.refuse(
                .mailFrom,
                SettingProblem("is set without SMTP_URL", "set PORTICO_SMTP_URL to the mail server")
            )
        }
        guard let server = secret.flatMap({ MailServer(url: $0.reveal()) }), let sender else { return nil }
        self.server = server
        self.sender = sender
    }
}
