package import Workspaces

/// A key of the identity token with its private half.
package struct IdentityKeyMaterial: Sendable {
    /// The key without its private half.
    package let key: IdentityKey
    /// The private half.
    package let signingKey: IdentitySigningKey

    /// Puts both halves together.
    package init(key: IdentityKey, signingKey: IdentitySigningKey) {
        self.key = key
        self.signingKey = signingKey
    }

    /// What the encrypted private key belongs to: the row, whose name is computed from the key.
    static func owner(of key: IdentityKey) -> [UInt8] {
        Array("identity_keys\n\(key.id)".utf8)
    }
}
