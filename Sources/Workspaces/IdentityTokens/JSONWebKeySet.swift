import FoundationEssentials

/// The keys by which upstreams verify identity tokens (RFC 7517, section 5).
package struct JSONWebKeySet: Hashable, Sendable, Encodable {
    /// The registered media type (RFC 7517, section 8.5.2).
    package static let mediaType = "application/jwk-set+json"
    /// How long anybody may keep it: a fraction of ``IdentityKey/shortestLead``, so that everybody knows a key in time.
    package static let maxAge = Duration.seconds(600)

    /// The keys, the one that signs first.
    package let keys: [JSONWebKey]

    /// Takes the published keys.
    package init(keys: [JSONWebKey]) {
        self.keys = keys
    }

    /// The document.
    package var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("Strings are always JSON.") }
        return Array(data)
    }
}
