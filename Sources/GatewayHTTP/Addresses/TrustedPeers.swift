package import HTTPTypes
import Workspaces

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

    /// The address of the client behind the trusted proxies (`ForwardedChain`).
    package func clientAddress(peer: ClientAddress, headers: HTTPFields) -> ClientAddress {
        let lines = headers[values: .xForwardedFor]
        guard !lines.isEmpty else { return peer }
        let entries = lines.joined(separator: ",").split(separator: ",")
            .map { $0.trimmingPrefix { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" } }
        return ForwardedChain.client(of: entries, peer: peer, read: ClientAddress.init, isTrusted: self.contains)
    }
}
