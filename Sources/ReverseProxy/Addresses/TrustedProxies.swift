/// The peers whose forwarding headers are believed, as CIDR blocks.
package struct TrustedProxies: Sendable, Hashable {
    private let blocks: [CIDRBlock]

    /// Trusts the given blocks; none trusts nobody.
    package init(_ blocks: [CIDRBlock] = []) {
        self.blocks = blocks
    }

    /// Whether nobody is trusted.
    package var isEmpty: Bool { self.blocks.isEmpty }

    /// Whether an address (`NetworkAddress`) lies in one of the blocks.
    package func contains(_ address: NetworkAddress) -> Bool {
        self.blocks.contains { $0.contains(address) }
    }
}
