import Foundation
import LocalServers
import Logging
import PostgreSQL
import Storage

/// A migrated database of one test's own, with the pools of the three kinds of users.
struct TestStorage: Sendable {
    /// The libpq URI of the database.
    let uri: String
    /// The pool that `serve` would have: row-level security binds it.
    let service: ConnectionPool
    /// The pool that operator commands would have.
    let operators: ConnectionPool
    /// The pool of the owner of the tables, a superuser here: it sees everything.
    let owner: ConnectionPool

    /// A logger that says nothing.
    static let logger = Logger(label: "portico.tests") { _ in SwiftLogNoOpLogHandler() }

    /// The migrations of this package.
    static let migrationFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Migrations")

    /// Lends a database and drops it afterwards.
    static func with(_ body: (TestStorage) async throws -> Void) async throws {
        let name = "portico_test_\(UUID().uuidString.replacing("-", with: "").lowercased())"
        let template = try await Self.template.value
        try await Self.onServer { connection in
            try await connection.query("CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template)")
        }
        let uri = try await Self.uri(database: name)
        let storage = TestStorage(
            uri: uri,
            service: try Self.pool(uri, role: StorageRole.service),
            operators: try Self.pool(uri, role: StorageRole.operator),
            owner: try Self.pool(uri, role: nil)
        )
        do {
            try await body(storage)
        } catch {
            try await storage.drop(name)
            throw error
        }
        try await storage.drop(name)
    }

    /// Lends the URI of an empty database, and drops it afterwards.
    static func withEmptyDatabase(_ body: (PostgreSQLConfiguration) async throws -> Void) async throws {
        let name = "portico_test_\(UUID().uuidString.replacing("-", with: "").lowercased())"
        try await Self.onServer { connection in
            try await connection.query("CREATE DATABASE \(identifier: name)")
        }
        let drop = {
            try await Self.onServer { connection in
                _ = try await connection.query("DROP DATABASE \(identifier: name) WITH (FORCE)")
            }
        }
        do {
            try await body(try PostgreSQLConfiguration(uri: try await Self.uri(database: name)))
        } catch {
            try await drop()
            throw error
        }
        try await drop()
    }

    /// A pool on a database, under a role.
    static func pool(_ uri: String, role: String?, size: Int = 4) throws -> ConnectionPool {
        ConnectionPool(
            configuration: try PostgreSQLConfiguration(
                uri: uri,
                sessionRole: role,
                poolSize: size,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60),
                statementTimeout: .seconds(60)
            ),
            logger: Self.logger
        )
    }

    private func drop(_ name: String) async throws {
        await self.service.shutDown()
        await self.operators.shutDown()
        await self.owner.shutDown()
        try await Self.onServer { connection in
            try await connection.query("DROP DATABASE \(identifier: name) WITH (FORCE)")
        }
    }

    /// The migrated database that the others are copies of: migrating takes longer than copying.
    ///
    /// Unstructured, because the first test makes it for all.
    private static let template = Task {
        let name = "portico_test_template"
        try await Self.onServer { connection in
            try await connection.query("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
            try await connection.query("CREATE DATABASE \(identifier: name)")
        }
        let configuration = try PostgreSQLConfiguration(uri: try await Self.uri(database: name))
        let migrator = Migrator(
            configuration: configuration,
            migrations: try MigrationFolder.read(Self.migrationFolder)
        )
        _ = try await migrator.migrate()
        return name
    }

    private static func onServer(_ body: (Connection) async throws -> Void) async throws {
        let connection = try await Connection.open(
            try PostgreSQLConfiguration(uri: try await Self.uri(database: nil), statementTimeout: .seconds(60))
        )
        do {
            try await body(connection)
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    /// The URI of a database of the server that PORTICO_TEST_DATABASE_URL names, or of this process's own.
    private static func uri(database: String?) async throws -> String {
        guard let text = ProcessInfo.processInfo.environment["PORTICO_TEST_DATABASE_URL"] else {
            return try await PrivateCluster.shared().uri(database: database ?? "postgres")
        }
        guard let database, var components = URLComponents(string: text) else {
            return text
        }
        components.path = "/\(database)"
        return components.string ?? text
    }
}
