import Foundation
import Storage
import Testing
import Workspaces

@Suite("Changes of people that were refused")
struct RefusedChangeTests {
    private func refusals(_ sample: SampleWorkspace) async throws -> [AuditEvent] {
        try await AuditStore(pool: sample.storage.service).events(sample.scope).events
            .filter { $0.action == .memberRemoved && $0.outcome.name == "refused" }
    }

    /// Tries to remove the only administrator at a time.
    private func tryToRemove(in sample: SampleWorkspace, after seconds: TimeInterval) async throws {
        await #expect(throws: AdministrationRefusal.lastAdmin) {
            let request = sample.request(.removal, of: try sample.email("ann"), after: seconds)
            _ = try await sample.members.administer(request) { administration, _ in try administration.remove() }
        }
    }

    @Test func standInTheLogOfTheirWorkspaceAlone() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            _ = try await sample.session(of: "ann", role: "ADMIN")
            try await self.tryToRemove(in: sample, after: 0)
            let event = try #require(try await self.refusals(sample).first)
            #expect(event.outcome == .refused(.lastAdmin) && event.actor == .operator)
            #expect(event.email == (try sample.email("ann").value))
            #expect(try await self.refusals(other).isEmpty)
        }
    }

    @Test func doNotFloodTheLog() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            for workspace in [sample, other] { _ = try await workspace.session(of: "ann", role: "ADMIN") }
            for second in 0..<65 { try await self.tryToRemove(in: sample, after: TimeInterval(second)) }
            #expect(try await self.refusals(sample).count == 60)
            try await self.tryToRemove(in: other, after: 65)
            #expect(try await self.refusals(other).count == 1)
            try await self.tryToRemove(in: sample, after: 3_601)
            #expect(try await self.refusals(sample).count == 61)
        }
    }
}
