import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The numbers of the overview")
struct OverviewStoreTests {
    @Test func countsSignInsOfOneWorkspaceByDayAndOutcome() async throws {
        try await TestStorage.with { storage in
            let one = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            let day: TimeInterval = 86_400
            let now = SampleWorkspace.now
            for (sample, age, outcome) in [
                (one, 0.0, AuditEvent.Outcome.done), (one, 0, .done), (one, 0, .refused(.rolesMissing)),
                (one, 2 * day, .done), (one, 20 * day, .done), (other, 0, .done),
            ] {
                let event = AuditEvent(
                    time: now.addingTimeInterval(-age),
                    workspaceID: sample.id,
                    actor: .identityProvider,
                    action: .signIn,
                    outcome: outcome
                )
                try await sample.audit.append(sample.scope, [event])
            }
            let overview = OverviewStore(pool: storage.service)
            let counts = try await overview.signIns(one.scope, days: 3, now: now)
            #expect(counts.map(\.done) == [1, 0, 2])
            #expect(counts.map(\.refused) == [0, 0, 1])
            let today = (now.timeIntervalSince1970 / day).rounded(.down) * day
            #expect(counts.last?.day == Date(timeIntervalSince1970: today))
        }
    }

    @Test func countsTheActiveMembersOfOneWorkspace() async throws {
        try await TestStorage.with { storage in
            let one = try await SampleWorkspace.make(in: storage, owner: "owner@company-a.example")
            let overview = OverviewStore(pool: storage.service)
            // The owner is invited until the first sign-in.
            #expect(try await overview.activeMembers(one.scope) == 0)
            try await storage.owner.query("UPDATE memberships SET state = 'ACTIVE'")
            #expect(try await overview.activeMembers(one.scope) == 1)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            #expect(try await overview.activeMembers(other.scope) == 0)
        }
    }
}
