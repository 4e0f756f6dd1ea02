package import FoundationEssentials
package import PostgreSQL
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
}

extension IdentityKeyMaterial: SealedKeyMaterial {
    /// The table of the identity token's keys.
    package static let table: SQL = "identity_keys"
    /// The columns of such a key.
    package static let columns = IdentityKey.columns
    /// The letters of "idkeys".
    package static let lock = 0x69_64_6b_65_79_73
    /// The audit log's word for it.
    package static let resealing = AuditAction.identityKeysResealed

    /// Reads a row.
    package static func key(_ row: Row) throws -> IdentityKey { try IdentityKey(row) }

    /// The row of the key's identifier.
    package static func condition(of key: IdentityKey) -> SQL { "key_id = \(key.id.description)" }

    /// Whether the key is retired.
    package static func isRetired(_ key: IdentityKey, at now: Date) -> Bool { key.state(at: now) == .retired }

    /// The row, whose name is computed from the key.
    package static func owner(of key: IdentityKey) -> [UInt8] {
        Array("identity_keys\n\(key.id)".utf8)
    }

    /// The schedule of the keys.
    package static func schedule(_ keys: [IdentityKey]) -> IdentityKeySchedule { IdentityKeySchedule(keys) }

    /// The private half.
    package var privateBytes: [UInt8] { self.signingKey.bytes }

    /// Puts both halves together: the name is what upstreams look the key up by, so it has to be this key's.
    ///
    /// - Throws: ``SealingFailure/altered``.
    package init(_ key: IdentityKey, privateBytes: [UInt8]) throws {
        guard let signingKey = IdentitySigningKey(bytes: privateBytes), signingKey.id == key.id else {
            throw SealingFailure.altered
        }
        self.init(key: key, signingKey: signingKey)
    }
}
