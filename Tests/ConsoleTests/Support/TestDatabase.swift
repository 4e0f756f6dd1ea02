import Foundation
import LocalServers
import Logging
import PostgreSQL
import Storage

/// A database with Portico's tables, which is the test's own.
struct TestDatabase {
    /// Connections of the role that the service takes.
    let pool: ConnectionPool
    /// Connections of the role that operator commands take.
    let operators: ConnectionPool
    /// Connections that see every row, to look at what was written.
    let inspection: ConnectionPool

    /// Makes a copy of a database that was migrated once for all tests of the process.
    static func make() async throws -> TestDatabase {
        let cluster = try await PrivateCluster.shared()
        let server = try await Self.server.value
        let name = "console_\(UUID().uuidString.prefix(8).lowercased())"
        try await server.query(SQL(unsafeSQL: "CREATE DATABASE \(name) TEMPLATE \(Self.templateName)"))
        return TestDatabase(
            pool: try Self.pool(cluster.uri(database: name), role: StorageRole.service),
            operators: try Self.pool(cluster.uri(database: name), role: StorageRole.operator),
            inspection: try Self.pool(cluster.uri(database: name))
        )
    }

    private static let templateName = "console_template"

    /// The one connection that makes databases, one after the other, since copies of one template wait for each other.
    ///
    /// Unstructured, so that the first test makes the template and all tests wait for it.
    private static let server = Task {
        let cluster = try await PrivateCluster.shared()
        let configuration = try PostgreSQLConfiguration(
            uri: cluster.uri(),
            poolSize: 1,
            acquireTimeout: .seconds(300),
            connectTimeout: .seconds(60),
            statementTimeout: .seconds(60)
        )
        let server = ConnectionPool(configuration: configuration, logger: Logger(label: "console-tests"))
        try await server.query(SQL(unsafeSQL: "CREATE DATABASE \(Self.templateName)"))
        let migrations = try MigrationFolder.read(MigrationFolder.locate())
        let template = try PostgreSQLConfiguration(uri: cluster.uri(database: Self.templateName))
        _ = try await Migrator(configuration: template, migrations: migrations).migrate()
        return server
    }

    private static func pool(_ uri: String, role: String? = nil) throws -> ConnectionPool {
        ConnectionPool(
            configuration: try PostgreSQLConfiguration(
                uri: uri,
                sessionRole: role,
                poolSize: 4,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60)
            ),
            logger: Logger(label: "console-tests")
        )
    }

    func close() async {
        await self.pool.shutDown()
        await self.operators.shutDown()
        await self.inspection.shutDown()
    }
}
