/// A block of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address.
package struct CIDRBlock: Sendable, Hashable {
    private let network: NetworkAddress
    private let prefixLength: Int

    /// Reads a block in the notation of RFC 4632, whose bits behind the prefix must be zero; anything else is `nil`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let network = NetworkAddress(String(first)) else { return nil }
        var length = network.bitCount
        if parts.count == 2 {
            guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
                let given = Int(parts[1]), given <= network.bitCount
            else { return nil }
            length = given
        }
        guard network.masked(to: length) == network else { return nil }
        self.network = network
        self.prefixLength = length
    }

    /// Whether the address is of the same family and within the block.
    package func contains(_ address: NetworkAddress) -> Bool {
        address.bitCount == self.network.bitCount && address.masked(to: self.prefixLength) == self.network
    }
}
