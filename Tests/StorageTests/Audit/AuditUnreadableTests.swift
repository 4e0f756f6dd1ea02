import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Events that Portico cannot have written", .serialized)
struct AuditUnreadableTests {
    /// Assignments that make an event one.
    private static let defects = [
        "'infinity', '{}'", "'-infinity', '{}'", "'2026-11-20 08:00:00+00 BC', '{}'", "'20000-01-01 00:00:00+00', '{}'",
        "now(), '{\"a\": 1}'", "now(), '[]'",
    ]

    @Test(arguments: Self.defects)
    func keepNoOtherFromBeingSealedAndAreNamed(_ values: String) async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            let row = try await storage.owner.query(
                """
                INSERT INTO audit_events (workspace_id, occurred_at, detail, actor_kind, action, outcome)
                VALUES (\(chain.sample.id.uuid), \(fragment: SQL(unsafeSQL: values)), 'system', 'sign_in', 'done')
                RETURNING event_id
                """
            )
            let id: Int = try row.singleRow().value("event_id")
            #expect(try await chain.store.takeDue() == nil)
            try await chain.addAnother()
            try await chain.addAnother()
            let verification = try await chain.verify()
            #expect(verification.defect == .inserted(eventID: id, count: 1))
            #expect(verification.chainDefect == nil && verification.verified == chain.last + 2)
            #expect(verification.unsealed == 0)
            // It is looked at soon, and the log can be read without it.
            #expect(try await chain.store.takeDue() == chain.log)
            let page = try await chain.sample.audit.page(chain.sample.scope, limit: 100)
            #expect(page.unreadable == [id] && page.events.count == chain.last + 2)
            let excerpt = try await chain.sample.audit.events(chain.sample.scope)
            #expect(excerpt.unreadable == [id] && excerpt.events.count == chain.last + 2)
            #expect(
                try await chain.sample.audit.entries(chain.sample.scope, filter: AuditFilter(), limit: 100)
                    .entries.count == chain.last + 2
            )
        }
    }

    @Test func aWholeBatchOfThemFromBeforeTheChainsIsPassedOver() async throws {
        try await TestStorage.with { storage in
            let secrets = try SampleChain.secrets(1)
            let store = AuditChainStore(pool: storage.service, secrets: secrets)
            for (time, count) in [("infinity", 700), ("2026-11-20", 3)] {
                try await storage.owner.query(
                    """
                    INSERT INTO operator_audit_events (occurred_at, actor_kind, action, outcome)
                    SELECT \(fragment: SQL(unsafeSQL: "'\(time)'::timestamptz")), 'system', 'sign_in', 'done'
                    FROM generate_series(1, \(count))
                    """
                )
            }
            try await storage.owner.query("DELETE FROM audit_unsealed")
            try await storage.owner.query(
                """
                INSERT INTO audit_unsealed (workspace_id, event_id, is_backlog)
                SELECT '00000000-0000-0000-0000-000000000000', max(event_id), true FROM operator_audit_events
                """
            )
            try await SampleChain.sealAll(store)
            let verification = try await AuditVerifier(pool: storage.operators, secrets: secrets).verify(.operator)
            #expect(verification.verified == 3 && verification.unsealed == 0)
            let first: Int = try await storage.owner.query("SELECT min(event_id) AS id FROM operator_audit_events")
                .singleRow().value("id")
            #expect(verification.defect == .inserted(eventID: first, count: 700))
            let excerpt = try await AuditStore(pool: storage.operators).operatorEvents(limit: 10_000)
            #expect(excerpt.events.count == 3 && excerpt.unreadable.count == 700)
        }
    }

    @Test func numbersThatOverflowStopNoNode() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            try await storage.owner.query(
                """
                INSERT INTO audit_unsealed (workspace_id, event_id) VALUES
                    (\(chain.sample.id.uuid), -9223372036854775808), (\(chain.sample.id.uuid), 9223372036854775807),
                    ('00000000-0000-0000-0000-000000000000', -9223372036854775808)
                """
            )
            try await chain.addAnother()
            #expect(try await chain.verify().defect == nil)
            #expect(try await storage.count("audit_unsealed") == 0)
            try await storage.owner.query("UPDATE audit_chains SET position = 9223372036854775807")
            try await chain.addAnother()
            #expect(try await chain.verify().defect != nil)
        }
    }
}
