import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("Spaces and projects from groups")
struct GroupSynchronizationTests {
    /// A member's sign-in at a workspace that maps `A` and `B` to spaces and projects.
    private func signIn(_ groups: [String]) throws -> SampleSignIn {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "SUPERVISOR")
        signIn.assertGroups(groups)
        signIn.groups.mappings = try GroupMappingsChange(
            spaces: [.init(group: "A", space: "space-a"), .init(group: "B", space: "space-b")],
            projects: [
                .init(group: "A", project: "42", role: "LABELER"), .init(group: "B", project: "42", role: "REVIEWER"),
                .init(group: "A", project: "43", role: "Inherit"), .init(group: "B", project: "44", role: "Inherit"),
                .init(group: "A", project: "44", role: "LABELER"),
            ]
        )
        .applied(to: GroupMappings(), catalogue: .standard)
        return signIn
    }

    private func assigned(_ outcome: ProvisioningOutcome) -> MemberAssignments? {
        for case .assign(_, let assignments) in outcome.effects { return assignments }
        return nil
    }

    private func space(_ name: String) throws -> SpaceID { try #require(SpaceID(name)) }
    private func project(_ name: String) throws -> ProjectID { try #require(ProjectID(name)) }

    @Test("G4 mapped spaces are added, and the session has the mapped groups alone")
    func spaces() throws {
        let outcome = try self.signIn(["A", "B", "Others"]).decide()
        let assignments = try #require(self.assigned(outcome))
        #expect(assignments.spaceNames == ["space-a", "space-b"])
        #expect(assignments.groupNames == ["A", "B"])
        #expect(outcome.event(.groupsSynchronized)?.detail["spaces"] == "space-a,space-b")
    }

    @Test("G4 managed by administrators: only added; by the identity provider: exactly the mapped ones")
    func spaceManagement() throws {
        var signIn = try self.signIn(["A"])
        let manual = try self.space("by-hand")
        let old = try self.space("space-b")
        signIn.groups.assignments.spaces = [manual: .manual, old: .samlGroups]
        #expect(self.assigned(try signIn.decide())?.spaceNames == ["by-hand", "space-a", "space-b"])
        signIn.groups.management.spaces = .identityProvider
        #expect(self.assigned(try signIn.decide())?.spaceNames == ["space-a"])
    }

    @Test("Groups that are too many, or whose headers servers would refuse, refuse the sign-in and take nothing away")
    func tooMuch() throws {
        var many = try self.signIn((0...GroupsAttribute.maximumNames).map { "group-\($0)" })
        many.groups.mapsRoles = true
        many.groups.management.roles = .identityProvider
        let refused = try many.decide()
        #expect(refused.refusal == .rolesTooLarge)
        #expect(refused.effects.isEmpty)

        let long = (0..<70).map { "\($0)-" + String(repeating: "p", count: 114) }
        var signIn = try self.signIn(["A"])
        signIn.groups.mappings = try GroupMappingsChange(
            projects: long.map { .init(group: "A", project: $0, role: "Inherit") }
        )
        .applied(to: GroupMappings(), catalogue: .standard)
        #expect(try signIn.decide().refusal == .rolesTooLarge)
        signIn.groups.mappings = try GroupMappingsChange(
            projects: long.prefix(60).map { .init(group: "A", project: $0, role: "Inherit") }
        )
        .applied(to: GroupMappings(), catalogue: .standard)
        #expect(self.assigned(try signIn.decide())?.projects.count == 60)
    }

    @Test("G5 the highest role per project; one of the project's own comes before Inherit")
    func projectRoles() throws {
        let assignments = try #require(self.assigned(try self.signIn(["A", "B"]).decide()))
        let projects = assignments.projectAssignments
        #expect(projects.map(\.id) == ["42", "43", "44"])
        #expect(projects.map(\.role?.name) == ["REVIEWER", nil, "LABELER"])
    }

    @Test("G5 what administrators assigned stays where they have a say, and what groups gave takes the new role")
    func projectManagement() throws {
        var signIn = try self.signIn(["B"])
        signIn.groups.assignments.projects = [
            try self.project("42"): .init(role: .labeler, source: .samlGroups),
            try self.project("44"): .init(role: .reviewer, source: .manual),
            try self.project("99"): .init(role: .labeler, source: .samlGroups),
        ]
        let added = try #require(self.assigned(try signIn.decide())).projectAssignments
        #expect(added.map(\.id) == ["42", "44", "99"])
        #expect(added.map(\.role?.name) == ["REVIEWER", "REVIEWER", "LABELER"])
        signIn.groups.management.projectMembers = .identityProvider
        let exact = try #require(self.assigned(try signIn.decide())).projectAssignments
        #expect(exact.map(\.id) == ["42", "44"])
        #expect(exact.map(\.role?.name) == ["REVIEWER", nil])
    }

    @Test("G5 projects that SCIM assigned are left alone, spaces are not")
    func scim() throws {
        var signIn = try self.signIn(["A"])
        signIn.groups.management.projectMembers = .identityProvider
        signIn.groups.assignments.projects = [try self.project("99"): .init(role: .labeler, source: .scim)]
        let assignments = try #require(self.assigned(try signIn.decide()))
        #expect(assignments.projectAssignments.map(\.id) == ["99"])
        #expect(assignments.spaceNames == ["space-a"])
    }

    @Test("G5 somebody who has to wait for a role has the assignments from then on")
    func notActivated() throws {
        var signIn = try self.signIn(["A"])
        signIn.membership = nil
        signIn.user = .unregistered(newID: .random())
        signIn.intent = .signUp
        signIn.workspace.defaultRole = .notActivated
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .awaitingRole)
        #expect(self.assigned(outcome)?.spaceNames == ["space-a"])
    }

    @Test("Q14 a change tells open sessions; the same again writes nothing and disturbs none")
    func unchanged() throws {
        var signIn = try self.signIn(["A"])
        let outcome = try signIn.decide()
        let member = try #require(signIn.membership)
        #expect(outcome.effects.contains(.refreshSessions(.member(signIn.workspace.id, member.userID))))
        signIn.groups.assignments = try #require(self.assigned(outcome))
        let again = try signIn.decide()
        #expect(again.effects.isEmpty)
        #expect(again.event(.groupsSynchronized) == nil)
    }

    @Test("R8 an older assertion assigns nothing")
    func olderAssertion() throws {
        var signIn = try self.signIn(["A"])
        signIn.membership?.lastAssertionIssuedAt = SampleSignIn.now.addingTimeInterval(60)
        #expect(try signIn.decide().effects.isEmpty)
    }

    @Test("Q16 groups set spaces and projects also where the roles attribute sets the role")
    func besideRoles() throws {
        var signIn = try self.signIn(["A"])
        signIn.assertRoles(["company-a_REVIEWER"])
        let outcome = try signIn.decide()
        #expect(outcome.acceptedChange?.membership.roleSource == .samlRoles)
        #expect(self.assigned(outcome)?.spaceNames == ["space-a"])
    }
}
