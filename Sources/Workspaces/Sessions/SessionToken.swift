/// The secret that opens a session: 256 random bits in a cookie (behavior S1).
///
/// Whoever holds it is let in, so it has no description and never stands in a log or a database.
package struct SessionToken: Sendable {
    private let bits: Bits256

    private init(_ bits: Bits256) {
        self.bits = bits
    }

    /// Makes a new secret from the system's cryptographic generator.
    package static func random() -> SessionToken {
        var generator = SystemRandomNumberGenerator()
        return Self.random(using: &generator)
    }

    /// Makes a new secret from 256 bits of the generator.
    ///
    /// - Parameter generator: A cryptographic source everywhere but in tests.
    /// - Returns: The secret.
    package static func random(using generator: inout some RandomNumberGenerator) -> SessionToken {
        SessionToken(Bits256(using: &generator))
    }

    /// Takes the value of a cookie.
    ///
    /// - Returns: `nil` unless the text is 32 bytes in base64url without padding.
    package init?(cookieValue: String) {
        let characters = Array(cookieValue.utf8)
        self.init(cookieValue: characters.span)
    }

    /// Takes the value of a cookie where it lies, without a copy.
    ///
    /// - Returns: `nil` unless the text is 32 bytes in base64url without padding.
    package init?(cookieValue: Span<UInt8>) {
        guard let bits = Bits256(base64URL: cookieValue) else { return nil }
        self.bits = bits
    }

    /// The secret as it stands in the cookie: 43 characters of base64url.
    package var cookieValue: String { self.bits.base64URL }

    /// What is kept in the place of the secret.
    package var hash: SessionTokenHash { SessionTokenHash(self.bits.sha256) }
}

extension SessionToken: CustomStringConvertible {
    /// A placeholder, so that no interpolation reveals the secret.
    package var description: String { "SessionToken(hidden)" }
}

extension SessionToken: CustomReflectable {
    /// Nothing, so that no dump reveals the secret.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
