/// The secret of an invitation's link, which stands in its URL: 256 random bits.
///
/// It lets nobody in by itself, for only the invited person comes in by it; but it shows that there is an invitation, so it
/// has no description and never stands in a log or a database.
package struct InvitationToken: Sendable {
    private let bits: Bits256

    private init(_ bits: Bits256) {
        self.bits = bits
    }

    /// Makes a new secret from the system's cryptographic generator.
    package static func random() -> InvitationToken {
        var generator = SystemRandomNumberGenerator()
        return InvitationToken(Bits256(using: &generator))
    }

    /// Takes the last part of a link's path.
    ///
    /// - Returns: `nil` unless the text is 32 bytes in base64url without padding.
    package init?(_ text: String) {
        let characters = Array(text.utf8)
        guard let bits = Bits256(base64URL: characters.span) else { return nil }
        self.bits = bits
    }

    /// The secret as it stands in a link: 43 characters of base64url.
    package var text: String { self.bits.base64URL }

    /// What is kept in the place of the secret.
    package var hash: InvitationTokenHash { InvitationTokenHash(self.bits.sha256) }
}

extension InvitationToken: CustomStringConvertible {
    /// A placeholder, so that no interpolation reveals the secret.
    package var description: String { "InvitationToken(hidden)" }
}

extension InvitationToken: CustomReflectable {
    /// Nothing, so that no dump reveals the secret.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
