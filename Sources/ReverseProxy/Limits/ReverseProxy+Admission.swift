package import NIOCore

extension ReverseProxy {
    /// How a connection that is one too many hears of it.
    package enum ConnectionRefusal: Sendable, Hashable {
        /// By an answer of HTTP.
        case answered
        /// By its end, where an answer would cost a handshake.
        case closed
    }

    /// Counts an accepted channel, before anything else is made of it.
    ///
    /// A channel that is one too many gets a handler that ends it, and nothing else must be added to it.
    ///
    /// - Precondition: The caller is on the channel's event loop, in the channel's initializer.
    /// - Returns: Whether the channel is served.
    package func admit(_ channel: any Channel, refusal: ConnectionRefusal) throws -> Bool {
        // Once its loop stops, nobody may wait for this connection any more: a listener that is closing loses what it
        // has just accepted, and the event loops would end under its request.
        guard !self.context(of: channel.eventLoop).isStopping else {
            channel.close(promise: nil)
            return false
        }
        let limiter = self.connections
        let network = self.limitedNetwork(of: channel)
        switch limiter.admit(network) {
        case .served:
            channel.closeFuture.whenComplete { _ in limiter.release(network) }
            return true
        case .told:
            channel.closeFuture.whenComplete { _ in limiter.endTelling() }
            let handler = RefusedConnectionHandler(isTold: refusal == .answered)
            try channel.pipeline.syncOperations.addHandler(handler)
        case .closed:
            try channel.pipeline.syncOperations.addHandler(RefusedConnectionHandler(isTold: false))
        }
        return false
    }

    /// Whose connection a channel is; `nil` where connections are not counted by address.
    private func limitedNetwork(of channel: any Channel) -> NetworkAddress? {
        guard let address = channel.remoteAddress.flatMap({ NetworkAddress($0) }),
            !self.settings.configuration.trustedProxies.contains(address)
        else { return nil }
        return ConnectionLimiter.network(of: address)
    }
}
