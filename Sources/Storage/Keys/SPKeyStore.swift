package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// Keeps Portico's own SAML keys, the private halves encrypted.
///
/// Changes are made one after the other, under an advisory lock: two nodes that start at once make one set of keys.
/// Retired keys are not opened any more, so that a rotation helps even when their secret key is lost.
package struct SPKeyStore: Sendable {
    private let pool: ConnectionPool

    /// Which lock: any number that nothing else in the database uses.
    ///
    /// These are the letters of "spkeys".
    private static let lock: SQL = "SELECT pg_advisory_xact_lock(\(0x73_70_6b_65_79_73))"

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Reads the keys without their private halves, for which no secret key is wanted.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func schedule() async throws -> SPKeySchedule {
        SPKeySchedule(try await self.pool.query(Self.selection).rows.map { try SPKey($0) })
    }

    /// Reads and opens the keys that are not retired.
    ///
    /// - Throws: ``SealingFailure``, `PostgreSQLError`, ``StoredValueError``.
    package func opened(with secrets: SecretKeyring, now: Date) async throws -> [SPKeyMaterial] {
        try await self.pool.query(Self.selection).rows.compactMap { try Self.open($0, with: secrets, now: now) }
    }

    /// The identifiers of the secret keys under which the keys that are not retired are encrypted.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func secretKeyIDs(now: Date) async throws -> Set<String> {
        let rows = try await self.pool.query(Self.selection).rows
        return Set(
            try rows.filter { try SPKey($0).state(at: now) != .retired }.map { try SealedSecret($0).secretKeyID }
        )
    }

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
        try await self.pool.withTransaction(prelude: [Self.lock]) { transaction in
            let schedule = SPKeySchedule(try await transaction.query(Self.selection).rows.map { try SPKey($0) })
            let missing = schedule.missing(at: now)
            let added = keys.filter { missing.contains($0.key.use) }
            guard !added.isEmpty else { return false }
            let event = SPKeyRotation.creation(of: added.map(\.key), now: now)
            _ = try await transaction.pipeline(
                try added.map { try Self.insertion($0, as: $0.key, with: secrets) } + [
                    AuditStore.insertForOperator(event)
                ]
            )
            return true
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
        try await self.pool.withTransaction(prelude: [Self.lock]) { transaction in
            let schedule = SPKeySchedule(try await transaction.query(Self.selection).rows.map { try SPKey($0) })
            let rotation = try decide(schedule)
            var statements: [SQL] = rotation.retired.map { key in
                "UPDATE sp_keys SET retires_at = \(key.retiresAt) WHERE key_id = \(key.id.uuid)"
            }
            for key in rotation.added {
                for material in new where material.key.id == key.id {
                    statements.append(try Self.insertion(material, as: key, with: secrets))
                }
            }
            _ = try await transaction.pipeline(statements + rotation.events.map(AuditStore.insertForOperator))
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
                let sealed = try secrets.seal(material.privateKey, for: SPKeyMaterial.owner(of: material.key))
                statements.append(
                    """
                    UPDATE sp_keys SET sealed_key = \(sealed.bytes), secret_key_id = \(sealed.secretKeyID)
                    WHERE key_id = \(material.key.id.uuid)
                    """
                )
            }
            guard !statements.isEmpty else { return 0 }
            let event = AuditEvent(
                time: now,
                workspaceID: nil,
                actor: .system,
                action: .spKeysResealed,
                detail: ["keys": "\(statements.count)", "secret_key_id": secrets.currentID]
            )
            _ = try await transaction.pipeline(statements + [AuditStore.insertForOperator(event)])
            return statements.count
        }
    }

    // MARK: - Private

    private static let selection: SQL = """
        SELECT \(fragment: SPKey.columns), \(fragment: SealedSecret.columns) FROM sp_keys ORDER BY created_at, key_id
        """

    private static func open(_ row: Row, with secrets: SecretKeyring, now: Date) throws -> SPKeyMaterial? {
        let key = try SPKey(row)
        guard key.state(at: now) != .retired else { return nil }
        return SPKeyMaterial(
            key: key,
            privateKey: try secrets.open(try SealedSecret(row), for: SPKeyMaterial.owner(of: key))
        )
    }

    private static func insertion(
        _ material: SPKeyMaterial,
        as key: SPKey,
        with secrets: SecretKeyring
    ) throws -> SQL {
        let sealed = try secrets.seal(material.privateKey, for: SPKeyMaterial.owner(of: key))
        return """
            INSERT INTO sp_keys (key_id, key_use, certificate, certificate_end, sealed_key, secret_key_id, created_at,
                active_from, retires_at)
            VALUES (\(key.id.uuid), \(key.use.rawValue), \(key.certificate), \(key.certificateEnd), \(sealed.bytes),
                \(sealed.secretKeyID), \(key.createdAt), \(key.activeFrom), \(key.retiresAt))
            """
    }
}
