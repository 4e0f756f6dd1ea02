import NIOCore

/// Answers that the data plane gives itself.
///
/// The connection goes on only when the whole request was read: otherwise what the client still sends could pass for the
/// next request.
extension FrontHandler {
    /// Answers the request with an error, or with the way to the sign-in page and back from there.
    func refuse(_ error: ProxyError, returnPath: [UInt8]? = nil) {
        self.loop.counters.countRefusal(error)
        let answer = OwnAnswer(
            error: error,
            tag: self.exchange.tag.text,
            prefix: self.settings.configuration.prefix,
            signIn: returnPath.map {
                self.exchange.subject == .question ? .told(returnPath: $0) : .redirect(returnPath: $0)
            },
            methods: self.exchange.rule?.methods ?? Self.usualMethods,
            isNavigation: self.exchange.isNavigation
        )
        self.answer(
            answer.bytes(
                persistence: self.persistence(),
                withoutBody: self.exchange.isHEAD,
                settings: self.settings
            ),
            status: answer.status
        )
    }

    /// What is let through where a route names no methods: any but TRACE, so those of RFC 9110 and RFC 5789 are told.
    private static let usualMethods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
        .map { Array($0.utf8) }

    /// Tells a proxy in front that the request it asks about may pass, with these identity lines.
    func admit(_ identityLines: [UInt8]) {
        var buffer = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nCache-Control: no-store\r\n")
        buffer.writeString("X-Request-Id: \(self.exchange.tag.text)\r\n")
        if let line = self.persistence().line { buffer.writeString("\(line)\r\n") }
        buffer.writeBytes(identityLines)
        buffer.writeString("\r\n")
        self.answer(buffer, status: 200)
    }

    private func persistence() -> ResponseHeadWriter.Persistence {
        if !self.isRequestComplete || self.loop.isStopping || self.isUpgradeOverrun { self.exchange.keepsAlive = false }
        return !self.exchange.keepsAlive ? .close : self.exchange.isHTTP11 ? .implied : .keepAlive
    }

    private func answer(_ bytes: ByteBuffer, status: Int) {
        self.writeToClient(bytes)
        self.exchange.isAnswered = true
        self.exchange.status = status
        self.exchange.head = nil
        self.finishExchange()
    }
}
