import NIOCore

/// Waits until both listeners are bound, then announces their addresses once.
actor BoundAddresses {
    private var gateway: ListenAddress?
    private var operations: ListenAddress?
    private let announce: @Sendable (GatewayAddresses) async -> Void

    init(announce: @escaping @Sendable (GatewayAddresses) async -> Void) {
        self.announce = announce
    }

    /// Takes note of the gateway's address.
    func note(gateway address: ListenAddress) async {
        self.gateway = address
        await self.announceWhenComplete()
    }

    /// Takes note of the operations listener's address.
    func note(operations address: ListenAddress) async {
        self.operations = address
        await self.announceWhenComplete()
    }

    private func announceWhenComplete() async {
        guard let gateway = self.gateway, let operations = self.operations else { return }
        await self.announce(GatewayAddresses(gateway: gateway, operations: operations))
    }
}

extension ListenAddress {
    /// The address of a bound channel: as it was asked for, with the port that was taken.
    init(bound channel: any Channel, like asked: ListenAddress) {
        self.init(host: asked.host, port: channel.localAddress?.port ?? asked.port)
    }
}
