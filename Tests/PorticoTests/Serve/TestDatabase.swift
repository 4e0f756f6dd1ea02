import Foundation
import LocalServers
import Logging
import PostgreSQL
import Storage
import Workspaces

/// A database of its own in a cluster of the tests, with or without Portico's tables.
struct TestDatabase: Sendable {
    /// The libpq URI for `PORTICO_DATABASE_URL`.
    let uri: String

    private let pool: ConnectionPool

    /// Makes an empty database with a name that nothing else has.
    static func make(in cluster: PrivateCluster) async throws -> TestDatabase {
        let name = "portico_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let maintenance = try Self.pool(cluster.uri())
        try await maintenance.query("CREATE DATABASE \(identifier: name)")
        await maintenance.shutDown()
        let uri = cluster.uri(database: name)
        return TestDatabase(uri: uri, pool: try Self.pool(uri))
    }

    /// Makes a database with the tables of this version.
    static func migrated(in cluster: PrivateCluster) async throws -> TestDatabase {
        let database = try await Self.make(in: cluster)
        try await database.migrate()
        return database
    }

    /// Applies every migration.
    func migrate() async throws {
        let folder = try MigrationFolder.locate(currentFolder: URL(filePath: #filePath))
        let migrator = Migrator(
            configuration: try PostgreSQLConfiguration(uri: self.uri),
            migrations: try MigrationFolder.read(folder)
        )
        _ = try await migrator.migrate()
    }

    /// Makes a workspace with one signed-in member.
    ///
    /// - Returns: The value of the member's session cookie.
    func signIn(_ companyID: String, email: String) async throws -> SessionToken {
        let token = SessionToken.random()
        let workspace = UUID()
        let user = UUID()
        let now = Date()
        let end = now.addingTimeInterval(3600)
        try await self.pool.query(
            """
            INSERT INTO workspaces (workspace_id, company_id, name, sp_issuer, default_role, created_at)
            VALUES (\(workspace), \(companyID), \(companyID), 'portico', 'LABELER', \(now))
            """
        )
        try await self.pool.query(
            "INSERT INTO company_ids (folded, workspace_id) VALUES (\(companyID.lowercased()), \(workspace))"
        )
        try await self.pool.query(
            """
            INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, created_at)
            VALUES (\(workspace), \(user), \(email), 'Ann', 'ACTIVE', 'ADMIN', 'manual', \(now))
            """
        )
        try await self.pool.query(
            """
            INSERT INTO sessions (workspace_id, session_id, token_hash, user_id, authenticated_at, expires_at,
                max_idle_seconds, last_seen_at, idp_issuer)
            VALUES (\(workspace), \(UUID()), \(token.hash.bytes), \(user), \(now), \(end), 3600, \(now), 'idp')
            """
        )
        try await self.pool.query(
            """
            INSERT INTO session_tokens (token_hash, workspace_id, expires_at)
            VALUES (\(token.hash.bytes), \(workspace), \(end))
            """
        )
        return token
    }

    /// Ends every session of the workspace, as another process does.
    func revokeSessions(of companyID: String) async throws {
        let row = try await self.pool
            .query(
                "SELECT workspace_id FROM company_ids WHERE folded = \(companyID.lowercased())"
            )
            .singleRow()
        let scope = WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self)))
        _ = try await SessionStore(pool: self.pool).revoke(scope, by: .operator, now: Date())
    }

    /// The processes of connections to this database that ran a statement last, and wait.
    func backends(whoseLastStatementWas statement: String) async throws -> [pid_t] {
        try await self.pool
            .query(
                """
                SELECT pid::int8 AS pid FROM pg_stat_activity
                WHERE datname = current_database() AND query = \(statement) AND state = 'idle'
                """
            )
            .rows.map { pid_t(try $0.value("pid", as: Int.self)) }
    }

    private static func pool(_ uri: String) throws -> ConnectionPool {
        ConnectionPool(
            configuration: try PostgreSQLConfiguration(
                uri: uri,
                poolSize: 2,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60)
            ),
            logger: Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}
