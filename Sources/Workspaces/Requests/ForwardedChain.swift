/// Who sent a request that came through proxies, told by their `X-Forwarded-For` (interface.md, section 4).
package enum ForwardedChain {
    /// Walks from the connection's other end to the client.
    ///
    /// The last entry is the nearest proxy's, and every entry counts as long as the one who wrote it is trusted. The first
    /// address that is not trusted is the client's; what stands before it is its own claim. An entry that is no address ends
    /// the walk.
    ///
    /// - Parameters:
    ///   - entries: The elements of the header, in their order.
    ///   - peer: The other end of the connection.
    ///   - read: Reads an address without port and brackets; `nil` for anything else.
    ///   - isTrusted: Whether an address is that of a trusted proxy.
    /// - Returns: The client's address.
    package static func client<Address>(
        of entries: some BidirectionalCollection<Substring>,
        peer: Address,
        read: (String) -> Address?,
        isTrusted: (Address) -> Bool
    ) -> Address {
        var client = peer
        for entry in entries.reversed() {
            guard isTrusted(client), let next = read(String(self.host(of: entry))) else { return client }
            client = next
        }
        return client
    }

    /// The address of an entry, behind which some proxies write a port.
    private static func host(of entry: Substring) -> Substring {
        if entry.first == "[", let end = entry.firstIndex(of: "]") {
            let port = entry[entry.index(after: end)...]
            return port.isEmpty || self.isPort(port) ? entry[..<end].dropFirst() : entry
        }
        // With a second colon it is an IPv6 address.
        guard let colon = entry.firstIndex(of: ":"), self.isPort(entry[colon...]) else { return entry }
        return entry[..<colon]
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.first == ":" && (2...6).contains(text.utf8.count)
            && text.utf8.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
