import Foundation
import Logging
import NIOCore
import PostgreSQL
import ServiceLifecycle
import Storage
import Testing
import WebSSO
import Workspaces

@testable import Portico

/// A gateway in this process, on free ports, for the time of a closure.
enum GatewayRun {
    /// Runs a gateway over a database and an application; stops it gracefully when `body` has ended, and looks at it meanwhile.
    static func with<Success: Sendable>(
        database uri: String,
        upstream: String = "http://127.0.0.1:9",
        changes: [String: String] = [:],
        _ body: @Sendable @escaping (GatewayAddresses) async throws -> Success,
        whileStopping look: @Sendable @escaping (GatewayAddresses) async throws -> Void = { _ in }
    ) async throws -> Success {
        let settings = try Self.settings(database: uri, upstream: upstream, changes: changes)
        try await Self.supplyKeys(to: settings)
        let (addresses, continuation) = AsyncStream<GatewayAddresses>.makeStream()
        let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }
        let application = GatewayApplication(settings: settings, logger: logger) { continuation.yield($0) }
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            var result: Result<Success, any Error>
            var found: GatewayAddresses?
            do {
                guard let bound = await addresses.first(where: { _ in true }) else {
                    try await tasks.waitForAll()
                    throw CancellationError()
                }
                found = bound
                result = .success(try await body(bound))
            } catch {
                result = .failure(error)
            }
            await group.triggerGracefulShutdown()
            do {
                if let found { try await look(found) }
            } catch {
                result = .failure(error)
            }
            try await tasks.waitForAll()
            return try result.get()
        }
    }

    /// The settings of such a gateway.
    static func settings(
        database uri: String,
        upstream: String = "http://127.0.0.1:9",
        changes: [String: String] = [:]
    ) throws -> Settings {
        let environment = [
            "PORTICO_PUBLIC_URL": "http://localhost:8080", "PORTICO_DATABASE_URL": uri, "PORTICO_UPSTREAM": upstream,
            "PORTICO_LISTEN": "127.0.0.1:0", "PORTICO_OPS_LISTEN": "127.0.0.1:0", "PORTICO_WORKERS": "1",
            "PORTICO_SECRET_KEY": SettingsExample.secretKey,
        ]
        .merging(changes) { $1 }
        return try SettingsInput(environment: environment).settings()
    }

    /// Gives the database keys that all gateways of these tests have: each takes seconds to make its own.
    static func supplyKeys(to settings: Settings) async throws {
        let pool = ConnectionPool(
            configuration: try PostgreSQLConfiguration(
                uri: settings.database.url.reveal(),
                poolSize: 1,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60)
            ),
            logger: Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }
        )
        let made = try await Self.keys.value
        // A database that is away, or without tables, is what some of the tests are about.
        _ = try? await SPKeyStore(pool: pool).create(made, with: settings.secretKeys, now: Date())
        await pool.shutDown()
    }

    /// Unstructured, because the first test makes them for all.
    static let keys = Task { try await SPKeyMaker.make(SPKeyUse.allCases, now: Date()) }

    /// Waits until a condition holds, however long that takes on a busy machine; a minute means that it never will.
    static func eventually(
        within limit: Duration = .seconds(60),
        _ condition: () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + limit
        while try await !condition() {
            try #require(ContinuousClock.now < deadline)
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
