import PostgreSQL
import Storage
import Testing
import Workspaces

/// Several changes of a workspace in one transaction.
@Suite("Changes of a workspace that belong together")
struct WorkspaceEditingTests {
    private struct Interruption: Error {}

    @Test("All of them are written, or none; what is taken back was decided all the same")
    func allOrNone() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let store = WorkspaceStore(pool: storage.operators)
            let place = try #require(Place(.space, "north"))
            let before = try await storage.count("audit_events")
            let rename = { (editing: WorkspaceEditing) async throws -> [String?] in
                try await editing.administer { try $0.change(WorkspaceChange(name: "Another"), catalogue: .standard) }
                try await editing.administer(place, title: "N", management: MembershipManagement()) {
                    try $0.create(title: "N")
                }
                let title = try await editing.places()[place]?.title
                return [try await editing.configured().workspace.name, title]
            }
            await #expect(throws: Interruption.self) {
                try await store.edit(sample.scope, actor: .operator, now: SampleWorkspace.now, ending: .commit) {
                    _ = try await rename($0)
                    throw Interruption()
                }
            }
            let tried = try await store.edit(
                sample.scope,
                actor: .operator,
                now: SampleWorkspace.now,
                ending: .rollBack
            ) { try await rename($0) }
            #expect(tried == ["Another", "N"])
            #expect(try await storage.count("audit_events") == before)
            #expect(try await storage.count("spaces") == 0)
            let done = try await store.edit(
                sample.scope,
                actor: .operator,
                now: SampleWorkspace.now,
                ending: .commit
            ) { try await rename($0) }
            #expect(done == ["Another", "N"])
            #expect(try await storage.count("audit_events") == before + 2)
            #expect(try await storage.count("spaces", where: "title = 'N'") == 1)
        }
    }
}
