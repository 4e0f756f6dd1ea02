import Foundation
import Storage
import Testing
import Workspaces

@Suite("The groups that a sign-in names")
struct SeenGroupsTests {
    @Test func areKeptMappedOrNotForTheirWorkspaceAlone() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            let store = GroupMappingStore(pool: storage.service)
            let email = try sample.email("ann")
            #expect(try await store.seenGroups(sample.scope, of: email) == nil)
            let later = SampleWorkspace.now.addingTimeInterval(60)
            for (time, groups) in [(SampleWorkspace.now, ["Staff"]), (later, ["Staff", "Choir"])] {
                let result = try await sample.signIn("ann", roles: ["company-a_LABELER"], groups: groups, now: time)
                #expect(result.session != nil)
            }
            let seen = try #require(try await store.seenGroups(sample.scope, of: email))
            #expect(seen.seenAt == later)
            #expect(Set(seen.groups.map(\.value)) == ["Staff", "Choir"])
            #expect(try await store.seenGroups(other.scope, of: email) == nil)
        }
    }

    @Test func aChangeOfMappingsThatBeganFromOthersIsRefused() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let store = GroupMappingStore(pool: storage.service)
            let version = GroupMappingsVersion(of: GroupMappings()).description
            for group in ["First", "Second"] {
                let change = GroupMappingsChange(roles: [.init(group: group, role: "LABELER")])
                let write = {
                    try await store.change(
                        sample.scope,
                        change,
                        over: version,
                        catalogue: .standard,
                        actor: .operator,
                        now: SampleWorkspace.now
                    )
                }
                if group == "First" {
                    #expect(try await write().isEmpty == false)
                } else {
                    await #expect(throws: MappingsChangedMeanwhile.self) { try await write() }
                }
            }
            #expect(try await store.mappings(sample.scope).groups.map(\.value) == ["First"])
        }
    }
}
