package import FoundationEssentials
package import PostgreSQL

/// Brings a database to the schema of this version.
///
/// Each migration runs in one transaction together with the note that it was applied. An advisory lock keeps two
/// migrators of one database apart; the second finds nothing left to do. A file that was changed after it was applied is
/// refused, because the database would not be what the files say.
///
/// The notes are in a table that is named as dbmate names it, so that `dbmate status` understands the database.
package struct Migrator: Sendable {
    private var configuration: PostgreSQLConfiguration
    private let migrations: [Migration]

    /// Which lock: any number that nothing else in the database uses.
    ///
    /// These are the letters of "portico".
    private static let lockKey = 0x70_6f_72_74_69_63_6f

    /// How long one migration may take.
    private static let migrationTimeout = Duration.seconds(3_600)

    /// Makes a migrator that works as the login itself, which has to own the tables; a session role is not taken.
    package init(configuration: PostgreSQLConfiguration, migrations: [Migration]) {
        self.configuration = configuration
        self.configuration.sessionRole = nil
        self.configuration.statementTimeout = Self.migrationTimeout
        self.migrations = migrations
    }

    /// Applies what is pending.
    ///
    /// - Parameters:
    ///   - now: Reads the clock.
    ///   - onApplied: Told about each migration once it is committed.
    /// - Returns: The migrations that were applied, in order.
    /// - Throws: ``MigrationError``, or `PostgreSQLError`; migrations before the failing one stay applied.
    package func migrate(
        now: @Sendable () -> Date = { Date() },
        onApplied: @Sendable (Migration) -> Void = { _ in }
    ) async throws -> [Migration] {
        try await self.withConnection { connection in
            try await connection.query("SELECT pg_advisory_lock(\(Self.lockKey))")
            try await connection.query(
                """
                CREATE TABLE IF NOT EXISTS schema_migrations (
                    version varchar(128) PRIMARY KEY, checksum bytea NOT NULL, applied_at timestamptz NOT NULL)
                """
            )
            let pending = try self.pending(applied: try await Self.applied(on: connection))
            for migration in pending {
                try await Self.apply(migration, at: now(), on: connection)
                onApplied(migration)
            }
            return pending
        }
    }

    /// Compares the folder with the database and changes nothing.
    ///
    /// - Throws: ``MigrationError`` if the two contradict each other, or `PostgreSQLError`.
    package func status() async throws -> [MigrationStatus] {
        let applied = try await self.withConnection { connection in
            let table = try await connection.query("SELECT to_regclass('schema_migrations') IS NOT NULL AS is_there")
            return try table.singleRow().value("is_there") ? try await Self.applied(on: connection) : [:]
        }
        _ = try self.pending(applied: applied)
        return self.migrations.map { migration in
            MigrationStatus(
                version: migration.version,
                fileName: migration.fileName,
                appliedAt: applied[migration.version]?.appliedAt
            )
        }
    }

    // MARK: - Private

    /// What the database notes about an applied migration.
    private struct Applied: Sendable {
        let checksum: [UInt8]
        let appliedAt: Date
    }

    private func withConnection<Success: Sendable>(
        _ body: (Connection) async throws -> Success
    ) async throws -> Success {
        let connection = try await Connection.open(self.configuration)
        do {
            let success = try await body(connection)
            await connection.close()
            return success
        } catch {
            // Closing the connection rolls back, and gives the advisory lock up.
            await connection.close()
            throw error
        }
    }

    private func pending(applied: [String: Applied]) throws(MigrationError) -> [Migration] {
        let known = Set(self.migrations.map(\.version))
        if let unknown = applied.keys.filter({ !known.contains($0) }).min() {
            throw .unknownVersion(unknown)
        }
        var pending: [Migration] = []
        for migration in self.migrations {
            guard let note = applied[migration.version] else {
                pending.append(migration)
                continue
            }
            if let first = pending.first {
                throw .outOfOrder(file: first.fileName)
            }
            guard note.checksum == migration.checksum else {
                throw .checksumMismatch(file: migration.fileName)
            }
        }
        return pending
    }

    private static func applied(on connection: Connection) async throws -> [String: Applied] {
        let result = try await connection.query("SELECT version, checksum, applied_at FROM schema_migrations")
        var applied: [String: Applied] = [:]
        for row in result.rows {
            applied[try row.value("version")] = Applied(
                checksum: try row.value("checksum"),
                appliedAt: try row.value("applied_at")
            )
        }
        return applied
    }

    private static func apply(_ migration: Migration, at now: Date, on connection: Connection) async throws {
        try await connection.query("BEGIN")
        try await connection.runScript(SQL(unsafeSQL: migration.statements), timeout: Self.migrationTimeout)
        try await connection.query(
            """
            INSERT INTO schema_migrations (version, checksum, applied_at)
            VALUES (\(migration.version), \(migration.checksum), \(now))
            """
        )
        try await connection.query("COMMIT")
    }
}
