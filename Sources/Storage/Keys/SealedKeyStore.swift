package import FoundationEssentials
package import PostgreSQL
import Workspaces

/// Keeps keys of Portico's own, the private halves encrypted.
///
/// Changes are made one after the other, under an advisory lock: two nodes that start at once make one set of keys.
/// Retired keys are not opened any more, so that a rotation helps even when their secret key is lost.
package struct SealedKeyStore<Material: SealedKeyMaterial>: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Reads the keys without their private halves, for which no secret key is wanted.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func schedule() async throws -> Material.Schedule {
        try Self.schedule(try await self.pool.query(Self.selection).rows)
    }

    /// Reads and opens the keys that are not retired.
    ///
    /// - Throws: ``SealingFailure``, `PostgreSQLError`, ``StoredValueError``.
    package func opened(with secrets: SecretKeyring, now: Date) async throws -> [Material] {
        try await self.pool.query(Self.selection).rows.compactMap { try Self.open($0, with: secrets, now: now) }
    }

    /// How many of the keys that are not retired are encrypted under each secret key, by its identifier.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func secretKeys(now: Date) async throws -> [String: Int] {
        try await self.pool.query(Self.selection).rows
            .filter { try !Material.isRetired(Material.key($0), at: now) }
            .reduce(into: [:]) { $0[try SealedSecret($1).secretKeyID, default: 0] += 1 }
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
                let sealed = try Self.seal(material, as: material.key, with: secrets)
                statements.append(
                    """
                    UPDATE \(fragment: Material.table)
                    SET sealed_key = \(sealed.bytes), secret_key_id = \(sealed.secretKeyID)
                    WHERE \(fragment: Material.condition(of: material.key))
                    """
                )
            }
            guard !statements.isEmpty else { return 0 }
            let event = AuditEvent(
                time: now,
                workspaceID: nil,
                actor: .system,
                action: Material.resealing,
                detail: ["keys": "\(statements.count)", "secret_key_id": secrets.currentID]
            )
            _ = try await transaction.pipeline(statements + [AuditStore.insertForOperator(event)])
            return statements.count
        }
    }

    // MARK: - Changes

    /// Reads the keys, lets `decide` decide, and writes what it says, in one transaction under the lock.
    ///
    /// - Parameter decide: The outcome, and the statements that write it; none writes nothing.
    /// - Returns: The outcome.
    /// - Throws: What `decide` throws; `PostgreSQLError`, ``StoredValueError``.
    func change<Outcome: Sendable>(
        _ decide: @Sendable (Material.Schedule) throws -> (Outcome, [SQL])
    ) async throws -> Outcome {
        try await self.pool.withTransaction(prelude: [Self.lock]) { transaction in
            let (outcome, statements) = try decide(
                try Self.schedule(try await transaction.query(Self.selection).rows)
            )
            if !statements.isEmpty { _ = try await transaction.pipeline(statements) }
            return outcome
        }
    }

    /// Encrypts the private half for the row of a key.
    static func seal(_ material: Material, as key: Material.Key, with secrets: SecretKeyring) throws -> SealedSecret {
        try secrets.seal(material.privateBytes, for: Material.owner(of: key))
    }

    // MARK: - Private

    private static var lock: SQL { "SELECT pg_advisory_xact_lock(\(Material.lock))" }

    private static var selection: SQL {
        """
        SELECT \(fragment: Material.columns), \(fragment: SealedSecret.columns) FROM \(fragment: Material.table)
        ORDER BY created_at, key_id
        """
    }

    private static func schedule(_ rows: [Row]) throws -> Material.Schedule {
        Material.schedule(try rows.map { try Material.key($0) })
    }

    private static func open(_ row: Row, with secrets: SecretKeyring, now: Date) throws -> Material? {
        let key = try Material.key(row)
        guard !Material.isRetired(key, at: now) else { return nil }
        return try Material(key, privateBytes: try secrets.open(try SealedSecret(row), for: Material.owner(of: key)))
    }
}
