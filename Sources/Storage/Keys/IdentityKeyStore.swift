package import FoundationEssentials
import PostgreSQL
package import Workspaces

/// Keeps the keys of the identity token.
package typealias IdentityKeyStore = SealedKeyStore<IdentityKeyMaterial>

extension SealedKeyStore where Material == IdentityKeyMaterial {
    /// Adds the first key of an installation where another node has not done so meanwhile.
    ///
    /// - Parameters:
    ///   - signingKey: The key; it signs at once.
    ///   - secrets: Encrypts the private half.
    ///   - now: The present.
    /// - Returns: Whether the key was taken.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    @discardableResult
    package func create(_ signingKey: IdentitySigningKey, with secrets: SecretKeyring, now: Date) async throws -> Bool {
        try await self.change { schedule in
            guard schedule.signing(at: now) == nil else { return (false, []) }
            let key = IdentityKey(id: signingKey.id, createdAt: now, activeFrom: now)
            return (
                true,
                [
                    try Self.insertion(signingKey, as: key, with: secrets),
                    AuditStore.insertForOperator(IdentityKeyRotation.creation(of: key, now: now)),
                ]
            )
        }
    }

    /// Rotates: reads the keys, lets `decide` decide, and writes the outcome, in one transaction.
    ///
    /// It takes the role ``StorageRole/operator``.
    ///
    /// - Parameters:
    ///   - new: The new key.
    ///   - secrets: Encrypts the private half.
    ///   - decide: `IdentityKeyRotation.decide`, over the schedule that is read.
    /// - Returns: What was written.
    /// - Throws: What `decide` throws; `PostgreSQLError`, ``StoredValueError``.
    @discardableResult
    package func rotate(
        to new: IdentitySigningKey,
        with secrets: SecretKeyring,
        decide: @Sendable (IdentityKeySchedule) throws -> IdentityKeyRotation
    ) async throws -> IdentityKeyRotation {
        try await self.change { schedule in
            let rotation = try decide(schedule)
            let updates: [SQL] = rotation.replaced.map { key in
                """
                UPDATE identity_keys SET signs_until = \(key.signsUntil), retires_at = \(key.retiresAt)
                WHERE key_id = \(key.id.description)
                """
            }
            let insertion = try Self.insertion(new, as: rotation.added, with: secrets)
            return (rotation, updates + [insertion, AuditStore.insertForOperator(rotation.event)])
        }
    }

    private static func insertion(
        _ signingKey: IdentitySigningKey,
        as key: IdentityKey,
        with secrets: SecretKeyring
    ) throws -> SQL {
        let sealed = try Self.seal(IdentityKeyMaterial(key: key, signingKey: signingKey), as: key, with: secrets)
        return """
            INSERT INTO identity_keys (key_id, sealed_key, secret_key_id, created_at, active_from, signs_until,
                retires_at)
            VALUES (\(key.id.description), \(sealed.bytes), \(sealed.secretKeyID), \(key.createdAt),
                \(key.activeFrom), \(key.signsUntil), \(key.retiresAt))
            """
    }
}
