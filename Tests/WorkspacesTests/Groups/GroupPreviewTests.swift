import Testing
import Workspaces

@Suite("What a sign-in's groups would give")
struct GroupPreviewTests {
    private func preview(
        _ groups: [String],
        management: MembershipManagement = MembershipManagement()
    ) throws -> GroupPreview {
        let leads = try #require(GroupName("Leads"))
        let space = try #require(SpaceID("north"))
        let project = try #require(ProjectID("p-1"))
        let role = try #require(RoleCatalogue.standard.role(named: "SUPERVISOR"))
        return GroupPreview(
            groups: Set(groups.compactMap { GroupName($0) }),
            mappings: GroupMappings(
                roles: [leads: role],
                spaces: [leads: [space]],
                projects: [leads: [project: .reviewer]]
            ),
            workspace: try SampleSignIn().workspace,
            catalogue: .standard,
            management: management
        )
    }

    @Test("G1 a mapped group gives its role, space and project, and another one nothing")
    func mapped() throws {
        let preview = try self.preview(["Leads", "Choir"])
        #expect(preview.role == .given(try #require(RoleCatalogue.standard.role(named: "SUPERVISOR"))))
        #expect(preview.mapped.map(\.value) == ["Leads"])
        #expect(preview.unmapped.map(\.value) == ["Choir"])
        #expect(preview.assignments.spaceNames == ["north"])
        #expect(preview.assignments.projectAssignments.map(\.id) == ["p-1"])
    }

    @Test("G3 without a mapped group the membership decides, or groups lock out")
    func unmapped() throws {
        #expect(try self.preview(["Choir"]).role == .unchanged)
        #expect(try self.preview([], management: MembershipManagement(roles: .identityProvider)).role == .lockedOut)
    }
}
