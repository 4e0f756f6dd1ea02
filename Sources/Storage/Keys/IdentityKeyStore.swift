package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// Keeps the keys of the identity token, the private halves encrypted.
///
/// Changes are made one after the other, under an advisory lock: two nodes that start at once make one key. Retired keys
/// are not opened any more, so that a rotation helps even when their secret key is lost.
package struct IdentityKeyStore: Sendable {
    private let pool: ConnectionPool

    /// Which lock: any number that nothing else in the database uses.
    ///
    /// These are the letters of "idkeys".
    private static let lock: SQL = "SELECT pg_advisory_xact_lock(\(0x69_64_6b_65_79_73))"

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Reads the keys without their private halves, for which no secret key is wanted.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func schedule() async throws -> IdentityKeySchedule {
        IdentityKeySchedule(try await self.pool.query(Self.selection).rows.map { try IdentityKey($0) })
    }

    /// Reads and opens the keys that are not retired.
    ///
    /// - Throws: ``SealingFailure``, `PostgreSQLError`, ``StoredValueError``.
    package func opened(with secrets: SecretKeyring, now: Date) async throws -> [IdentityKeyMaterial] {
        try await self.pool.query(Self.selection).rows.compactMap { try Self.open($0, with: secrets, now: now) }
    }

    /// The identifiers of the secret keys under which the keys that are not retired are encrypted.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func secretKeyIDs(now: Date) async throws -> Set<String> {
        let rows = try await self.pool.query(Self.selection).rows
        return Set(
            try rows.filter { try IdentityKey($0).state(at: now) != .retired }.map { try SealedSecret($0).secretKeyID }
        )
    }

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
        try await self.pool.withTransaction(prelude: [Self.lock]) { transaction in
            let schedule = IdentityKeySchedule(
                try await transaction.query(Self.selection).rows.map { try IdentityKey($0) }
            )
            guard schedule.signing(at: now) == nil else { return false }
            let key = IdentityKey(id: signingKey.id, createdAt: now, activeFrom: now)
            _ = try await transaction.pipeline([
                try Self.insertion(signingKey, as: key, with: secrets),
                AuditStore.insertForOperator(IdentityKeyRotation.creation(of: key, now: now)),
            ])
            return true
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
        try await self.pool.withTransaction(prelude: [Self.lock]) { transaction in
            let schedule = IdentityKeySchedule(
                try await transaction.query(Self.selection).rows.map { try IdentityKey($0) }
            )
            let rotation = try decide(schedule)
            let updates: [SQL] = rotation.replaced.map { key in
                """
                UPDATE identity_keys SET signs_until = \(key.signsUntil), retires_at = \(key.retiresAt)
                WHERE key_id = \(key.id.description)
                """
            }
            _ = try await transaction.pipeline(
                updates + [
                    try Self.insertion(new, as: rotation.added, with: secrets),
                    AuditStore.insertForOperator(rotation.event),
                ]
            )
            return rotation
        }
    }

    /// Encrypts the keys anew that are encrypted under another secret key than the first.
    ///
    /// - Returns: How many those were.
    /// - Throws: ``SealingFailure``, `PostgreSQLError`, ``StoredValueError``.
    @discardableResult
    package func reseal(with secrets: SecretKeyring, now: Date) async throws -> Int {
        try await self.pool.withTransaction(prelude: [Self.lock]) { transaction in
            let rows = try await transaction.query(Self.selection).rows
            var statements: [SQL] = []
            for row in rows where try SealedSecret(row).secretKeyID != secrets.currentID {
                guard let material = try Self.open(row, with: secrets, now: now) else { continue }
                let sealed = try secrets.seal(
                    material.signingKey.bytes,
                    for: IdentityKeyMaterial.owner(of: material.key)
                )
                statements.append(
                    """
                    UPDATE identity_keys SET sealed_key = \(sealed.bytes), secret_key_id = \(sealed.secretKeyID)
                    WHERE key_id = \(material.key.id.description)
                    """
                )
            }
            guard !statements.isEmpty else { return 0 }
            let event = AuditEvent(
                time: now,
                workspaceID: nil,
                actor: .system,
                action: .identityKeysResealed,
                detail: ["keys": "\(statements.count)", "secret_key_id": secrets.currentID]
            )
            _ = try await transaction.pipeline(statements + [AuditStore.insertForOperator(event)])
            return statements.count
        }
    }

    // MARK: - Private

    private static let selection: SQL = """
        SELECT \(fragment: IdentityKey.columns), \(fragment: SealedSecret.columns) FROM identity_keys
        ORDER BY created_at, key_id
        """

    private static func open(
        _ row: Row,
        with secrets: SecretKeyring,
        now: Date
    ) throws -> IdentityKeyMaterial? {
        let key = try IdentityKey(row)
        guard key.state(at: now) != .retired else { return nil }
        let bytes = try secrets.open(try SealedSecret(row), for: IdentityKeyMaterial.owner(of: key))
        // The name is what upstreams look the key up by, so it has to be this key's.
        guard let signingKey = IdentitySigningKey(bytes: bytes), signingKey.id == key.id else {
            throw SealingFailure.altered
        }
        return IdentityKeyMaterial(key: key, signingKey: signingKey)
    }

    private static func insertion(
        _ signingKey: IdentitySigningKey,
        as key: IdentityKey,
        with secrets: SecretKeyring
    ) throws -> SQL {
        let sealed = try secrets.seal(signingKey.bytes, for: IdentityKeyMaterial.owner(of: key))
        return """
            INSERT INTO identity_keys (key_id, sealed_key, secret_key_id, created_at, active_from, signs_until,
                retires_at)
            VALUES (\(key.id.description), \(sealed.bytes), \(sealed.secretKeyID), \(key.createdAt),
                \(key.activeFrom), \(key.signsUntil), \(key.retiresAt))
            """
    }
}
