import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Retention", .serialized)
struct RetentionTests {
    private static let tables = [
        "authn_requests", "authn_request_index", "replay_keys", "sessions", "session_tokens", "sign_in_attempts",
        "operator_sign_in_attempts",
    ]

    /// Fills two workspaces with a row of every kind.
    private func fill(_ storage: TestStorage) async throws {
        for name in ["company-a", "company-b"] {
            let sample = try await SampleWorkspace.make(in: storage, name)
            _ = try await sample.session(of: "ann")
            _ = try await sample.begin()
            #expect(try await sample.signIn("eve", roles: []).refusal == .rolesNoMatch)
            try await storage.owner.query(
                """
                INSERT INTO operator_sign_in_attempts (request_id, occurred_at, code)
                VALUES (\(name), now(), 'xml_invalid')
                """
            )
        }
    }

    @Test func whatHasExpiredGoesInEveryWorkspace() async throws {
        try await TestStorage.with { storage in
            try await self.fill(storage)
            // Expiry is counted by the database's clock: make every row a year old.
            for (table, column) in [
                ("authn_requests", "expires_at"), ("authn_request_index", "expires_at"), ("replay_keys", "expires_at"),
                ("sessions", "expires_at"), ("session_tokens", "expires_at"), ("sign_in_attempts", "occurred_at"),
                ("operator_sign_in_attempts", "occurred_at"),
            ] {
                try await storage.owner.query(
                    "UPDATE \(identifier: table) SET \(identifier: column) = now() - interval '1 year'"
                )
            }
            let retention = Retention(pool: storage.service, auditAge: .seconds(400 * 86_400))
            let events = try await storage.count("audit_events")
            #expect(try await retention.prune(now: Date()) == 16)
            for table in Self.tables {
                #expect(try await storage.count(table) == 0, "\(table)")
            }
            #expect(try await storage.count("audit_events") == events)
            #expect(try await retention.prune(now: Date()) == 0)
        }
    }

    @Test func whatIsStillWantedStays() async throws {
        try await TestStorage.with { storage in
            try await self.fill(storage)
            try await storage.owner.query("UPDATE sign_in_attempts SET occurred_at = now() - interval '13 days'")
            try await storage.owner.query(
                "UPDATE operator_sign_in_attempts SET occurred_at = now() - interval '13 days'"
            )
            try await storage.owner.query("UPDATE audit_events SET occurred_at = now() - interval '399 days'")
            for table in Self.tables where !table.hasSuffix("sign_in_attempts") {
                try await storage.owner.query(
                    "UPDATE \(identifier: table) SET expires_at = now() + interval '1 minute'"
                )
            }
            let retention = Retention(pool: storage.service, auditAge: .seconds(400 * 86_400))
            #expect(try await retention.prune(now: Date()) == 0)
        }
    }

    @Test func auditEventsGoAfterTheirTime() async throws {
        try await TestStorage.with { storage in
            try await self.fill(storage)
            try await AuditStore(pool: storage.service)
                .appendForOperator(
                    AuditEvent(
                        time: SampleWorkspace.now,
                        workspaceID: nil,
                        actor: .system,
                        action: .signIn,
                        outcome: .refused(.companyNotFound)
                    )
                )
            for table in ["audit_events", "operator_audit_events"] {
                try await storage.owner.query(
                    "UPDATE \(identifier: table) SET occurred_at = now() - interval '401 days'"
                )
            }
            let secrets = try SampleChain.secrets(1)
            let retention = Retention(pool: storage.service, auditAge: .seconds(400 * 86_400), secrets: secrets)
            // What has no link yet stays until it has one.
            _ = try await retention.prune(now: Date())
            #expect(try await storage.count("audit_events") > 0)
            try await SampleChain.sealAll(AuditChainStore(pool: storage.service, secrets: secrets))
            _ = try await retention.prune(now: Date())
            for table in ["audit_events", "operator_audit_events", "audit_links"] {
                #expect(try await storage.count(table) == 0, "\(table)")
            }
        }
    }

    @Test func moreThanOneBatchIsPruned() async throws {
        try await TestStorage.with { storage in
            try await storage.owner.query(
                """
                INSERT INTO replay_keys
                SELECT sha256(n::text::bytea), now() - interval '1 hour' FROM generate_series(1, 1200) AS n
                """
            )
            #expect(try await Retention(pool: storage.service, auditAge: .seconds(86_400)).prune(now: Date()) == 1_200)
        }
    }

    @Test func theRoleOfRetentionSeesNothingThatIsAlive() async throws {
        try await TestStorage.with { storage in
            try await self.fill(storage)
            try await storage.owner.query("UPDATE sessions SET expires_at = now() + interval '1 hour'")
            try await storage.service.withTransaction(prelude: ["SET LOCAL ROLE portico_retention"]) { transaction in
                let rows = try await transaction.query("SELECT session_id FROM sessions").rows
                #expect(rows.isEmpty)
            }
            let error = await #expect(throws: PostgreSQLError.self) {
                try await storage.service.withTransaction(prelude: ["SET LOCAL ROLE portico_retention"]) {
                    transaction in
                    _ = try await transaction.query("SELECT token_hash FROM sessions")
                }
            }
            #expect(error?.sqlState == .insufficientPrivilege)
        }
    }
}
