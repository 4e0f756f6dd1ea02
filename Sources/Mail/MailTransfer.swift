import CCurl

/// One conversation with the server, on the calling thread.
struct MailTransfer: Sendable {
    /// What is spoken about.
    enum Purpose: Sendable {
        /// A message to be sent.
        case message(MailMessage)
        /// Nothing: whether the server speaks with us at all. The host name is what we call ourselves.
        case greeting(from: String)
    }

    let server: MailServer
    let purpose: Purpose
    let authorities: String?
    let limit: Duration

    /// How long the connection may take, TLS included.
    private static let connectSeconds = 10

    /// Speaks, and waits.
    func run() -> Result<Void, MailFailure> {
        let bytes = if case .message(let message) = self.purpose { message.bytes } else { [UInt8]() }
        guard let handle = CurlHandle(sending: bytes) else {
            return .failure(.unavailable("the mail library cannot be used"))
        }
        self.protect(handle)
        self.limitTime(of: handle)
        switch self.purpose {
        case .greeting(let host):
            handle.set(CURLOPT_URL, to: self.server.url(callingUs: host))
            // No message: NOOP (RFC 5321, 4.1.1.9), and its answer is not written anywhere.
            handle.set(CURLOPT_CUSTOMREQUEST, to: "NOOP")
            handle.set(CURLOPT_NOBODY, to: 1)
        case .message(let message):
            handle.set(CURLOPT_URL, to: self.server.url(callingUs: message.sender.domain))
            handle.set(CURLOPT_MAIL_FROM, to: "<\(message.sender.value)>")
            handle.setRecipient("<\(message.recipient.value)>")
            handle.set(CURLOPT_UPLOAD, to: 1)
        }
        let code = handle.perform()
        return code == CURLE_OK ? .success(()) : .failure(Self.failure(code, handle))
    }

    /// TLS as the server's URL wants it, and who we are.
    private func protect(_ handle: CurlHandle) {
        handle.set(CURLOPT_PROTOCOLS_STR, to: "smtp,smtps")
        let level = self.server.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        handle.set(CURLOPT_USE_SSL, to: Int(level.rawValue))
        handle.set(CURLOPT_SSLVERSION, to: CURL_SSLVERSION_TLSv1_2)
        handle.set(CURLOPT_SSL_VERIFYPEER, to: 1)
        handle.set(CURLOPT_SSL_VERIFYHOST, to: 2)
        if let authorities { handle.set(CURLOPT_CAINFO, to: authorities) }
        if let user = self.server.user {
            handle.set(CURLOPT_USERNAME, to: user)
            handle.set(CURLOPT_PASSWORD, to: self.server.password ?? "")
        }
    }

    /// No proxy of the environment, no signals, no waiting without end.
    private func limitTime(of handle: CurlHandle) {
        handle.set(CURLOPT_PROXY, to: "")
        handle.set(CURLOPT_NOSIGNAL, to: 1)
        handle.set(CURLOPT_CONNECTTIMEOUT, to: Self.connectSeconds)
        handle.set(CURLOPT_TIMEOUT, to: Int(max(1, self.limit.components.seconds)))
    }

    private static func failure(_ code: CURLcode, _ handle: CurlHandle) -> MailFailure {
        // While name and password are told, a server may repeat what it heard: its words are left out.
        if code == CURLE_LOGIN_DENIED || code == CURLE_AUTH_ERROR {
            let status = handle.lastAnswer.map { " (status \($0.status))" } ?? ""
            return .unavailable("the mail server accepts neither the name nor the password of SMTP_URL\(status)")
        }
        guard let answer = handle.lastAnswer, answer.status >= 400 else {
            return .unavailable(handle.words(about: code))
        }
        let isAboutUs = code == CURLE_USE_SSL_FAILED || answer.isAboutSender
        return answer.isPermanent && !isAboutUs ? .refused(answer) : .postponed(answer)
    }
}
