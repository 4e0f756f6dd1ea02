import FoundationEssentials
import Testing
import Workspaces

@Suite("What a past sign-in would come to")
struct GroupPreviewTests {
    private func preview(
        _ groups: [String],
        roles: [String]? = [],
        role: String? = "LABELER",
        management: MembershipManagement = MembershipManagement(),
        change: (inout SampleSignIn) -> Void = { _ in }
    ) throws -> GroupPreview {
        let leads = try #require(GroupName("Leads"))
        let space = try #require(SpaceID("north"))
        let project = try #require(ProjectID("p-1"))
        let supervisor = try #require(RoleCatalogue.standard.role(named: "SUPERVISOR"))
        var sample = try SampleSignIn()
        try sample.join(.active, role: role, lastAssertionIssuedAt: SampleSignIn.now.addingTimeInterval(60))
        sample.groups.management = management
        change(&sample)
        let preview = GroupPreview(
            SeenSignIn(seenAt: SampleSignIn.now, groups: Set(groups.compactMap { GroupName($0) }), roles: roles),
            facts: sample.facts(),
            mappings: GroupMappings(
                roles: [leads: supervisor],
                spaces: [leads: [space]],
                projects: [leads: [project: .reviewer]]
            ),
            catalogue: .standard,
            now: SampleSignIn.now
        )
        return try #require(preview)
    }

    @Test("G1 a mapped group gives its role, space and project, and another one nothing")
    func mapped() throws {
        let preview = try self.preview(["Leads", "Choir"])
        #expect(preview.refusal == nil)
        #expect(preview.before.role?.name == "LABELER" && preview.after.role?.name == "SUPERVISOR")
        #expect(preview.after.roleSource == .samlGroups)
        #expect(preview.mapped.map(\.value) == ["Leads"])
        #expect(preview.unmapped.map(\.value) == ["Choir"])
        #expect(preview.assignmentsBefore.spaceNames == [] && preview.assignmentsAfter.spaceNames == ["north"])
        #expect(preview.assignmentsAfter.projectAssignments.map(\.id) == ["p-1"])
    }

    @Test("G3 without a mapped group the membership decides, or groups lock out")
    func unmapped() throws {
        #expect(try self.preview(["Choir"]).after.role?.name == "LABELER")
        let byGroups = MembershipManagement(roles: .identityProvider)
        let out = try self.preview([], management: byGroups)
        #expect(out.refusal == .noGroupMatch && out.after.state == .deactivated(.idpSync))
        #expect(out.assignmentsAfter == out.assignmentsBefore)
    }

    @Test("R7 the owner, and A4 a protected last administrator, stay what they are")
    func kept() throws {
        let owner = try self.preview(["Leads"], role: "ADMIN") { $0.membership?.isOwner = true }
        #expect(owner.after.role?.name == "ADMIN" && owner.keptRole == .owner)
        let last = try self.preview(["Leads"], role: "ADMIN") {
            $0.otherActiveAdmins = 0
            $0.workspace.lastAdminPolicy = .keep
        }
        #expect(last.after.role?.name == "ADMIN" && last.keptRole == .lastAdmin)
    }

    @Test("Q16 the roles attribute of that sign-in goes before its groups, unless it is not read")
    func rolesAttribute() throws {
        let asserted = try self.preview(["Leads"], roles: ["REVIEWER"])
        #expect(asserted.after.role?.name == "REVIEWER" && asserted.after.roleSource == .samlRoles)
        let off = try self.preview(["Leads"], roles: ["REVIEWER"]) { $0.workspace.rolesMode = .off }
        #expect(off.after.role?.name == "SUPERVISOR")
        #expect(try self.preview(["Leads"], roles: ["KING"]).refusal == .rolesNoMatch)
    }

    @Test("R5 where the attribute is wanted, a sign-in without it is refused, and one of which it is not known had it")
    func latched() throws {
        let latch = { (sample: inout SampleSignIn) in sample.workspace.rolesFirstSeenAt = SampleSignIn.now }
        #expect(try self.preview(["Leads"], change: latch).refusal == .rolesMissing)
        #expect(try self.preview(["Leads"], roles: nil, change: latch).after.role?.name == "LABELER")
        #expect(try self.preview(["Leads"], roles: nil).after.role?.name == "SUPERVISOR")
    }

    @Test("M4 whom an administrator locked out, nothing lets in")
    func deactivated() throws {
        let out = try self.preview(["Leads"]) { $0.membership?.state = .deactivated(.admin) }
        #expect(out.refusal == .membershipDeactivated)
    }
}
