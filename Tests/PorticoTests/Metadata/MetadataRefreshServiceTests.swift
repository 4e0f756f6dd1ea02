import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces
import XMLSecurity

@testable import Portico

/// The part of `portico serve` that looks whose metadata is due.
@Suite("The service that refreshes metadata", .serialized)
struct MetadataRefreshServiceTests {
    /// Runs as many services as there would be nodes, each with its own way to look.
    private func withServices(
        _ bench: MetadataBench,
        count: Int = 2,
        log: RecordedLog = RecordedLog(),
        _ body: () async throws -> Void
    ) async throws {
        let services = try (0..<count)
            .map { _ in
                MetadataRefreshService(
                    refresher: try bench.refresher(),
                    interval: .milliseconds(20),
                    logger: log.logger
                )
            }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            let result: Result<Void, any Error>
            do {
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            group.cancelAll()
            try await group.waitForAll()
            try result.get()
        }
    }

    /// Makes a workspace due, as time would.
    private func hurry(_ bench: MetadataBench) async throws {
        try await bench.pool.query("UPDATE metadata_refresh_queue SET due_at = now()")
    }

    @Test("What is due is refreshed by one of several nodes, and again when it is due again")
    func due() async throws {
        let (old, new) = (try MetadataText.certificate("old"), try MetadataText.certificate("new"))
        try await MetadataBench.with([old]) { bench in
            let log = RecordedLog()
            try await self.withServices(bench, log: log) {
                try await GatewayRun.eventually { try await bench.state().refreshedAt != nil }
                bench.server.publish(MetadataText.document([old, new]))
                try await self.hurry(bench)
                try await GatewayRun.eventually { try await bench.state().proposals.count == 1 }
            }
            #expect(log.messages.contains("metadata proposes a change that an administrator has to decide"))
            let events = try await AuditStore(pool: bench.pool).events(try await bench.scope()).events
            #expect(events.filter { $0.action == .metadataChangeProposed }.map(\.actor) == [.system])
            #expect(try await bench.pinned() == [old.sha256Fingerprint])
        }
    }

    @Test("It goes on after the identity provider was away, and after the database was")
    func survives() async throws {
        let (old, new) = (try MetadataText.certificate("old"), try MetadataText.certificate("new"))
        try await MetadataBench.with([old], mode: .automatic) { bench in
            let owner = ConnectionPool(
                configuration: try PostgreSQLConfiguration(uri: bench.commands.uri, poolSize: 1),
                logger: MetadataBench.logger
            )
            let log = RecordedLog()
            try await self.withServices(bench, count: 1, log: log) {
                try await GatewayRun.eventually { try await bench.state().refreshedAt != nil }
                bench.server.publish(nil)
                try await self.hurry(bench)
                try await GatewayRun.eventually { try await bench.state().failures > 0 }
                // Every connection breaks, and what is asked for is not there for a while.
                try await owner.query("ALTER TABLE metadata_refresh_queue RENAME TO elsewhere")
                try await owner.query(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """
                )
                bench.server.publish(MetadataText.document([new]))
                try await GatewayRun.eventually { log.messages.contains("metadata cannot be refreshed") }
                try await owner.query("ALTER TABLE elsewhere RENAME TO metadata_refresh_queue")
                try await owner.query("UPDATE metadata_refresh_queue SET due_at = now()")
                // The connections of the test were broken as well.
                try await GatewayRun.eventually { (try? await bench.pinned()) == [new.sha256Fingerprint] }
            }
            await owner.shutDown()
        }
    }
}
