/// The name of a key of the identity token, the `kid` of tokens and of the key set: its thumbprint (RFC 7638), so that two
/// keys never have one name.
package struct IdentityKeyID: Hashable, Sendable, CustomStringConvertible {
    private let bits: Bits256

    /// Takes the SHA-256 over the key's required members.
    init(_ bits: Bits256) {
        self.bits = bits
    }

    /// Takes a name that was made before.
    ///
    /// - Returns: `nil` unless the text is 32 bytes in base64url without padding.
    package init?(_ text: String) {
        guard let bits = Bits256(base64URL: Array(text.utf8).span) else { return nil }
        self.bits = bits
    }

    /// The 43 characters of base64url, as they stand in tokens.
    package var description: String { self.bits.base64URL }
}
