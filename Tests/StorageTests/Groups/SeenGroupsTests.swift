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
            let find = { (scope: WorkspaceScope) in
                try await store.pastSignIn(scope, of: email, catalogue: .standard, management: MembershipManagement())
            }
            #expect(try await find(sample.scope) == nil)
            let later = SampleWorkspace.now.addingTimeInterval(60)
            for (time, groups) in [(SampleWorkspace.now, ["Staff"]), (later, ["Staff", "Choir"])] {
                let result = try await sample.signIn("ann", roles: ["company-a_LABELER"], groups: groups, now: time)
                #expect(result.session != nil)
            }
            let past = try #require(try await find(sample.scope))
            #expect(past.seen.seenAt == later)
            #expect(Set(past.seen.groups.map(\.value)) == ["Staff", "Choir"])
            #expect(past.seen.roles == ["LABELER"])
            #expect(past.facts.membership?.email == email)
            #expect(try await find(other.scope) == nil)
        }
    }

    @Test(
        "R3 of the roles attribute the names of this workspace's roles are kept, none where it is not sent or not read"
    )
    func keepsRoles() async throws {
        for (mode, roles, kept) in [
            (.auto, ["company-a_REVIEWER", "company-b_ADMIN"], ["REVIEWER"]), (.off, ["company-a_REVIEWER"], nil),
            (.auto, nil, []),
        ] as [(RolesMode, [String]?, [String]?)] {
            try await TestStorage.with { storage in
                let sample = try await SampleWorkspace.make(
                    in: storage,
                    settings: WorkspaceChange(rolesMode: mode, defaultRole: "LABELER")
                )
                let result = try await sample.signIn("ann", roles: roles, intent: .signUp)
                #expect(result.session != nil)
                let past = try await GroupMappingStore(pool: storage.service)
                    .pastSignIn(
                        sample.scope,
                        of: try sample.email("ann"),
                        catalogue: .standard,
                        management: MembershipManagement()
                    )
                #expect(try #require(past).seen.roles == kept)
            }
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
