package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// One of Portico's own SAML keys with its private half; it has no description.
package struct SPKeyMaterial: Sendable {
    /// The key without its private half.
    package let key: SPKey
    /// The private key in PEM.
    package let privateKey: [UInt8]

    /// Puts both halves together.
    package init(key: SPKey, privateKey: [UInt8]) {
        self.key = key
        self.privateKey = privateKey
    }
}

extension SPKeyMaterial: CustomReflectable {
    /// Shows nothing of the private key.
    package var customMirror: Mirror { Mirror(self, children: ["key": self.key]) }
}

extension SPKeyMaterial: SealedKeyMaterial {
    /// The table of the SAML keys.
    package static let table: SQL = "sp_keys"
    /// The columns of a SAML key.
    package static let columns = SPKey.columns
    /// The letters of "spkeys".
    package static let lock = 0x73_70_6b_65_79_73
    /// The audit log's word for it.
    package static let resealing = AuditAction.spKeysResealed

    /// Reads a row.
    package static func key(_ row: Row) throws -> SPKey { try SPKey(row) }

    /// The row of the key's identifier.
    package static func condition(of key: SPKey) -> SQL { "key_id = \(key.id.uuid)" }

    /// Whether the key is retired.
    package static func isRetired(_ key: SPKey, at now: Date) -> Bool { key.state(at: now) == .retired }

    /// The row and its certificate, so that neither can be exchanged.
    package static func owner(of key: SPKey) -> [UInt8] {
        Array("sp_keys\n\(key.id)\n\(key.use.rawValue)\n\(key.sha256Fingerprint)".utf8)
    }

    /// The schedule of the keys.
    package static func schedule(_ keys: [SPKey]) -> SPKeySchedule { SPKeySchedule(keys) }

    /// The private key in PEM.
    package var privateBytes: [UInt8] { self.privateKey }

    /// Puts both halves together; whether they fit is said where the key is used.
    package init(_ key: SPKey, privateBytes: [UInt8]) {
        self.init(key: key, privateKey: privateBytes)
    }
}
