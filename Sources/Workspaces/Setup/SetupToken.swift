/// The secret of a setup link, which stands in its URL, or of the visit that it opens, which stands in a cookie: 256
/// random bits.
///
/// Whoever holds it may change a workspace's settings, so it has no description and never stands in a log or a database.
package struct SetupToken: Sendable {
    private let bits: Bits256

    private init(_ bits: Bits256) {
        self.bits = bits
    }

    /// Makes a new secret from the system's cryptographic generator.
    package static func random() -> SetupToken {
        var generator = SystemRandomNumberGenerator()
        return SetupToken(Bits256(using: &generator))
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
    package var hash: SetupTokenHash { SetupTokenHash(self.bits.sha256) }
}

extension SetupToken: CustomStringConvertible {
    /// A placeholder, so that no interpolation reveals the secret.
    package var description: String { "SetupToken(hidden)" }
}

extension SetupToken: CustomReflectable {
    /// Nothing, so that no dump reveals the secret.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
