import Foundation
import LocalServers
import Logging
import PostgreSQL

/// The PostgreSQL server that the tests run against.
enum TestServer {
    /// A logger that says nothing.
    static let logger = Logger(label: "portico.tests") { _ in SwiftLogNoOpLogHandler() }

    /// The URI of a database of the server that PORTICO_TEST_DATABASE_URL names, or of this process's own.
    static func uri() async throws -> String {
        if let uri = ProcessInfo.processInfo.environment["PORTICO_TEST_DATABASE_URL"] {
            return uri
        }
        return try await PrivateCluster.shared().uri()
    }

    /// The settings of a small pool.
    static func configuration(
        poolSize: Int = 3,
        maximumWaiters: Int = 100,
        acquireTimeout: Duration = .seconds(30),
        statementTimeout: Duration = .seconds(30),
        applicationName: String = "portico"
    ) async throws -> PostgreSQLConfiguration {
        try PostgreSQLConfiguration(
            uri: try await Self.uri(),
            applicationName: applicationName,
            poolSize: poolSize,
            maximumWaiters: maximumWaiters,
            acquireTimeout: acquireTimeout,
            connectTimeout: .seconds(30),
            statementTimeout: statementTimeout
        )
    }

    /// Lends a pool and closes it afterwards.
    static func withPool<Success: Sendable>(
        _ configuration: PostgreSQLConfiguration,
        _ body: (ConnectionPool) async throws -> Success
    ) async throws -> Success {
        let pool = ConnectionPool(configuration: configuration, logger: Self.logger)
        do {
            let success = try await body(pool)
            await pool.shutDown()
            return success
        } catch {
            await pool.shutDown()
            throw error
        }
    }

    /// Lends a server that the test may stop.
    static func withOwnCluster(_ body: (PrivateCluster) async throws -> Void) async throws {
        let cluster = try await PrivateCluster.temporary()
        do {
            try await body(cluster)
        } catch {
            await cluster.stop()
            throw error
        }
        await cluster.stop()
    }
}
