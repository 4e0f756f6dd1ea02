import NIOCore

/// Answers that the data plane gives itself.
extension FrontHandler {
    /// Answers the request with an error, or with the way to the sign-in page.
    ///
    /// The connection goes on only when the whole request was read: otherwise what the client still sends could pass for
    /// the next request.
    func refuse(_ error: ProxyError, returnPath: [UInt8]? = nil) {
        if !self.isRequestComplete || self.loop.isStopping { self.exchange.keepsAlive = false }
        let answer = OwnAnswer(
            error: error,
            tag: self.exchange.tag.text,
            prefix: self.settings.configuration.prefix,
            returnPath: returnPath,
            isNavigation: self.exchange.isNavigation
        )
        self.writeToClient(
            answer.bytes(
                persistence: !self.exchange.keepsAlive ? .close : self.exchange.isHTTP11 ? .implied : .keepAlive,
                withoutBody: self.exchange.isHEAD,
                settings: self.settings
            )
        )
        self.exchange.isAnswered = true
        self.exchange.head = nil
        self.finishExchange()
    }
}
