/// How much of the gateway clients may hold open at once.
package struct ConnectionLimits: Sendable, Hashable {
    /// The connections of all clients.
    package var connections: Int
    /// The connections of one client: of an IPv4 address, or of an IPv6 network of 64 bits, which is what one customer has.
    ///
    /// Trusted proxies are exempt, since they connect for many.
    package var connectionsPerAddress: Int
    /// The connections of one session that go on in another protocol, on this node.
    package var tunnelsPerSession: Int

    /// Takes limits; the defaults are far above what a company behind one address needs.
    package init(
        connections: Int = 16_384,
        connectionsPerAddress: Int = 1_024,
        tunnelsPerSession: Int = 100
    ) {
        self.connections = connections
        self.connectionsPerAddress = connectionsPerAddress
        self.tunnelsPerSession = tunnelsPerSession
    }
}
