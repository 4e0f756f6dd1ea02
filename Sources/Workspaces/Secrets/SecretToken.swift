/// The secret of a link, which stands in its URL, or of a visit, which stands in a cookie: 256 random bits.
///
/// Whoever holds it may do what it is for, so it has no description and never stands in a log or a database. `Purpose` is
/// what it opens: the secret of one link cannot be taken for that of another kind.
package struct SecretToken<Purpose>: Sendable {
    private let bits: Bits256

    private init(_ bits: Bits256) {
        self.bits = bits
    }

    /// Makes a new secret from the system's cryptographic generator.
    package static func random() -> SecretToken {
        var generator = SystemRandomNumberGenerator()
        return SecretToken(Bits256(using: &generator))
    }

    /// Takes the last part of a link's path, or the value of a cookie.
    ///
    /// - Returns: `nil` unless the text is 32 bytes in base64url without padding.
    package init?(_ text: String) {
        let characters = Array(text.utf8)
        guard let bits = Bits256(base64URL: characters.span) else { return nil }
        self.bits = bits
    }

    /// The secret as it stands in a link or a cookie: 43 characters of base64url.
    package var text: String { self.bits.base64URL }

    /// What is kept in the place of the secret.
    package var hash: SecretTokenHash<Purpose> { SecretTokenHash(self.bits.sha256) }
}

extension SecretToken: CustomStringConvertible {
    /// A placeholder, so that no interpolation reveals the secret.
    package var description: String { "SecretToken(hidden)" }
}

extension SecretToken: CustomReflectable {
    /// Nothing, so that no dump reveals the secret.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
