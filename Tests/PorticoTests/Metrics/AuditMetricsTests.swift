import Foundation
import LocalServers
import Logging
import NIOCore
import PostgreSQL
import Storage
import Testing
import Workspaces

@testable import Portico

@Suite("Metrics of audit logs")
struct AuditMetricsTests {
    private static let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }

    private func page(_ counts: AuditChainCounts, at now: Date) throws -> PrometheusText {
        var text = MetricsText()
        GatewayMetrics.write(counts.latest, now: now, to: &text)
        return try PrometheusText(String(buffer: text.buffer))
    }

    @Test("Before the first reading nothing is told")
    func unread() throws {
        let families = try self.page(AuditChainCounts(), at: Date()).families
        #expect(families.count == 4 && families.allSatisfy { $0.samples.isEmpty })
    }

    @Test("What waits and what the chains came to is read from PostgreSQL, and time passes until it is read again")
    func reading() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let pool = ConnectionPool(
            configuration: try PostgreSQLConfiguration(uri: database.uri, poolSize: 2),
            logger: Self.logger
        )
        for name in ["company-a", "company-b", "company-c"] {
            _ = try await database.signIn(name, email: "ann@\(name).example")
        }
        try await pool.query(
            """
            INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, outcome)
            SELECT workspace_id, now(), 'system', 'sign_in', 'done' FROM workspaces
            """
        )
        try await pool.query("UPDATE audit_unsealed SET queued_at = now() - interval '90 seconds'")
        let secrets = try #require(SecretKeyring([[UInt8](repeating: 1, count: SecretKeyring.keyLength)]))
        let store = AuditChainStore(pool: pool, secrets: secrets)
        var now = Date(timeIntervalSince1970: 1_800_000_000)
        let counts = AuditChainCounts()
        try await counts.refresh(from: store, now: now)
        let first = try self.page(counts, at: now.addingTimeInterval(10))
        #expect(first.value("portico_audit_events_unsealed") == 3)
        let age = try #require(first.value("portico_audit_unsealed_age_seconds"))
        #expect(age >= 100 && age < 130)
        #expect(first.counts("portico_audit_chains").isEmpty)
        #expect(first.value("portico_audit_read_timestamp_seconds") == now.timeIntervalSince1970)

        let logs = try await store.unsealed(limit: 10)
        for log in logs { _ = try await store.seal(log) }
        let verifier = AuditVerifier(pool: pool, secrets: secrets)
        try await store.note(try await verifier.verify(logs[0]), of: logs[0], now: now)
        try await pool.query("UPDATE audit_events SET email = 'x' WHERE workspace_id = \(logs[1].workspaceID?.uuid)")
        try await store.note(try await verifier.verify(logs[1]), of: logs[1], now: now)
        // Neither is read again at once.
        try await counts.refresh(from: store, now: now)
        #expect(try self.page(counts, at: now).value("portico_audit_events_unsealed") == 3)
        now += 15
        try await counts.refresh(from: store, now: now)
        let waiting = try self.page(counts, at: now.addingTimeInterval(10))
        #expect(waiting.value("portico_audit_events_unsealed") == 0)
        #expect(waiting.value("portico_audit_unsealed_age_seconds") == 0)
        #expect(waiting.counts("portico_audit_chains").isEmpty)
        now += 300
        try await counts.refresh(from: store, now: now)
        let second = try self.page(counts, at: now)
        #expect(second.counts("portico_audit_chains") == [["intact"]: 1, ["broken"]: 1, ["unchecked"]: 1])
        now += 4 * 86_400
        try await counts.refresh(from: store, now: now)
        // What nobody looks at any more is not intact; what was broken is so still.
        #expect(try self.page(counts, at: now).counts("portico_audit_chains") == [["broken"]: 1, ["unchecked"]: 2])
        await pool.shutDown()
    }
}
