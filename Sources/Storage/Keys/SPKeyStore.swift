package import FoundationEssentials
import PostgreSQL
package import Workspaces

/// Keeps Portico's own SAML keys.
package typealias SPKeyStore = SealedKeyStore<SPKeyMaterial>

extension SealedKeyStore where Material == SPKeyMaterial {
    /// Adds the first keys of an installation where another node has not done so meanwhile.
    ///
    /// - Parameters:
    ///   - keys: One key for each use that was missing.
    ///   - secrets: Encrypts the private halves.
    ///   - now: The present.
    /// - Returns: Whether any of the keys was taken.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    @discardableResult
    package func create(_ keys: [SPKeyMaterial], with secrets: SecretKeyring, now: Date) async throws -> Bool {
        try await self.change { schedule in
            let missing = schedule.missing(at: now)
            let added = keys.filter { missing.contains($0.key.use) }
            guard !added.isEmpty else { return (false, []) }
            let event = SPKeyRotation.creation(of: added.map(\.key), now: now)
            let insertions = try added.map { try Self.insertion($0, as: $0.key, with: secrets) }
            return (true, insertions + [AuditStore.insertForOperator(event)])
        }
    }

    /// Rotates: reads the keys, lets `decide` decide, and writes the outcome, in one transaction.
    ///
    /// It takes the role ``StorageRole/operator``.
    ///
    /// - Parameters:
    ///   - new: The new keys.
    ///   - secrets: Encrypts the private halves.
    ///   - decide: `SPKeyRotation.decide`, over the schedule that is read.
    /// - Returns: What was written.
    /// - Throws: What `decide` throws; `PostgreSQLError`, ``StoredValueError``.
    @discardableResult
    package func rotate(
        to new: [SPKeyMaterial],
        with secrets: SecretKeyring,
        decide: @Sendable (SPKeySchedule) throws -> SPKeyRotation
    ) async throws -> SPKeyRotation {
        try await self.change { schedule in
            let rotation = try decide(schedule)
            var statements: [SQL] = rotation.retired.map { key in
                "UPDATE sp_keys SET retires_at = \(key.retiresAt) WHERE key_id = \(key.id.uuid)"
            }
            for key in rotation.added {
                for material in new where material.key.id == key.id {
                    statements.append(try Self.insertion(material, as: key, with: secrets))
                }
            }
            return (rotation, statements + rotation.events.map(AuditStore.insertForOperator))
        }
    }

    private static func insertion(_ material: SPKeyMaterial, as key: SPKey, with secrets: SecretKeyring) throws -> SQL {
        let sealed = try Self.seal(material, as: key, with: secrets)
        return """
            INSERT INTO sp_keys (key_id, key_use, certificate, certificate_end, sealed_key, secret_key_id, created_at,
                active_from, retires_at)
            VALUES (\(key.id.uuid), \(key.use.rawValue), \(key.certificate), \(key.certificateEnd), \(sealed.bytes),
                \(sealed.secretKeyID), \(key.createdAt), \(key.activeFrom), \(key.retiresAt))
            """
    }
}
