import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Audit logs", .serialized)
struct AuditStoreTests {
    @Test func eventsComeBackInTheirOrder() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let actors: [AuditActor] = [.operator, .identityProvider, .system, .member(try sample.email("ann"))]
            let events = actors.enumerated()
                .map { number, actor in
                    AuditEvent(
                        time: SampleWorkspace.now.addingTimeInterval(Double(number + 1)),
                        workspaceID: sample.id,
                        actor: actor,
                        action: .signIn,
                        email: "odd \"address\"",
                        outcome: .refused(.emailInvalid),
                        detail: ["got": "nul\u{FFFD} 漢字 \\u0000", "empty": ""]
                    )
                }
            try await sample.audit.append(sample.scope, events)
            let since = SampleWorkspace.now.addingTimeInterval(1)
            #expect(try await sample.audit.events(sample.scope, since: since).events == events)
            #expect(try await sample.audit.events(sample.scope, since: since, limit: 2).events == events.suffix(2))
        }
    }

    @Test func theOperatorsLogIsForTheOperator() async throws {
        try await TestStorage.with { storage in
            let event = AuditEvent(
                time: SampleWorkspace.now,
                workspaceID: nil,
                actor: .system,
                action: .signIn,
                outcome: .refused(.companyNotFound),
                detail: ["company_id": "no-such"]
            )
            try await AuditStore(pool: storage.service).appendForOperator(event)
            #expect(try await storage.count("operator_audit_events") == 1)
            #expect(try await storage.count("audit_events") == 0)
        }
    }
}
