/// What the owner of a domain publishes for one workspace: 256 random bits (behavior D1).
package struct DomainClaimToken: Hashable, Sendable {
    private let bits: Bits256

    private init(_ bits: Bits256) {
        self.bits = bits
    }

    /// Makes a new one from the system's cryptographic generator.
    package static func random() -> DomainClaimToken {
        var generator = SystemRandomNumberGenerator()
        return DomainClaimToken(Bits256(using: &generator))
    }

    /// Takes a text that ``text`` wrote.
    ///
    /// - Returns: `nil` for any other text.
    package init?(_ text: String) {
        let characters = Array(text.utf8)
        guard let bits = Bits256(base64URL: characters.span) else { return nil }
        self.bits = bits
    }

    /// The 43 characters of base64url.
    package var text: String { self.bits.base64URL }
}
