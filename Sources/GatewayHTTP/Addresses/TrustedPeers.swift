package import HTTPTypes

/// Decides whose forwarding headers are believed (setting `TRUSTED_PROXIES`).
package struct TrustedPeers: Sendable {
    private let isTrusted: @Sendable (_ address: String) -> Bool

    /// Trusts nobody.
    package static let none = TrustedPeers { _ in false }

    /// Trusts the addresses that the predicate holds for.
    ///
    /// - Parameter isTrusted: Called with an address in its canonical notation.
    package init(_ isTrusted: @escaping @Sendable (_ address: String) -> Bool) {
        self.isTrusted = isTrusted
    }

    /// Whether the peer's own forwarding headers count.
    package func contains(_ address: ClientAddress) -> Bool {
        self.isTrusted(address.description)
    }

    /// The address of the client behind the trusted proxies.
    ///
    /// `X-Forwarded-For` is read from its end, where the nearest proxy wrote: every entry counts as long as the one who
    /// wrote it is trusted. The first address that is not trusted is the client; what stands before it is its own claim.
    package func clientAddress(peer: ClientAddress, headers: HTTPFields) -> ClientAddress {
        var client = peer
        let entries = headers[values: .xForwardedFor].joined(separator: ",").split(separator: ",")
        for entry in entries.reversed() {
            guard self.contains(client) else { return client }
            let text = entry.trimmingPrefix { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
            guard let next = ClientAddress(String(text)) else { return client }
            client = next
        }
        return client
    }
}
