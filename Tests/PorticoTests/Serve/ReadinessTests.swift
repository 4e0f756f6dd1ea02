import Foundation
import LocalServers
import Logging
import PostgreSQL
import Storage
import Synchronization
import Testing
import WebSSO

@testable import Portico

@Suite("A node that does not hear of changed sessions")
struct ReadinessTests {
    /// A clock that goes on when it is told to.
    private final class Clock: Sendable {
        private let instant = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { self.instant.withLock { $0 } }

        func advance(_ duration: Duration) { self.instant.withLock { $0 += duration } }
    }

    @Test("says so in ready, asks for no traffic once it lasts for more than 15 seconds, and does again when it hears")
    func sessionChanges() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let settings = try GatewayRun.settings(database: database.uri)
        try await GatewayRun.supplyKeys(to: settings)
        let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }
        let configuration = try PostgreSQLConfiguration(
            uri: database.uri,
            acquireTimeout: .seconds(60),
            connectTimeout: .seconds(60)
        )
        let pool = ConnectionPool(configuration: configuration, logger: logger)
        let keys = SPKeyDirectory(store: SPKeyStore(pool: pool), secrets: settings.secretKeys)
        let identityKeys = IdentityKeyDirectory(store: IdentityKeyStore(pool: pool), secrets: settings.secretKeys)
        try await keys.refresh()
        try await identityKeys.refresh()
        let clock = Clock()
        let listening = ListeningState(now: { clock.now })
        let monitor = DatabaseMonitor(
            configuration: configuration,
            migrator: nil,
            listening: listening,
            stopping: StoppingState(),
            keys: keys,
            identityKeys: identityKeys,
            logger: logger
        )
        func answer() async throws -> (isReady: Bool, status: String?, sessionChanges: String?) {
            var report = await monitor.report()
            // Its own patience with the database is two seconds, which this machine may need for a connection.
            for _ in 0..<30 where report.database != .holds { report = await monitor.report() }
            let body = try JSONDecoder().decode([String: String].self, from: JSONEncoder().encode(report))
            return (report.isReady, body["status"], body["session_changes"])
        }
        let again = "sessions are read again every few seconds"
        #expect(try await answer() == (true, "ready", "not heard for 0 s; \(again)"))
        clock.advance(.seconds(15))
        #expect(try await answer() == (true, "ready", "not heard for 15 s; \(again)"))
        clock.advance(.seconds(1))
        #expect(try await answer() == (false, "not_ready", "not heard for 16 s; \(again)"))
        #expect(listening.began())
        #expect(try await answer() == (true, "ready", "ok"))
        #expect(listening.ended())
        clock.advance(.seconds(14))
        #expect(try await answer() == (true, "ready", "not heard for 14 s; \(again)"))
        clock.advance(.seconds(2))
        #expect(try await answer() == (false, "not_ready", "not heard for 16 s; \(again)"))
        let running = Task { try await monitor.run() }
        running.cancel()
        try await running.value
        await pool.shutDown()
    }
}
