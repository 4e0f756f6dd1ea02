import Mail

/// What the doctor learns of the mail server, by speaking with it as far as it goes without a message.
struct MailExamination: Sendable {
    let settings: Settings

    /// Looks at the server, where there is one.
    func findings() async -> [DoctorFinding] {
        guard let mail = self.settings.mail else { return [] }
        do throws(MailFailure) {
            try await mail.client.greet(as: mail.sender)
            let way =
                switch mail.server.security {
                case .none: "on this machine, without TLS"
                case .startTLS: "with TLS, by STARTTLS"
                case .tls: "with TLS"
                }
            return [.ok("mail", "\(mail.server) answers, \(way)")]
        } catch {
            return [
                .failure(
                    "mail",
                    "\(mail.server) takes no mail. \(error.report)",
                    remedy: "start the server, or correct SMTP_URL: host, port, name and password"
                )
            ]
        }
    }
}
