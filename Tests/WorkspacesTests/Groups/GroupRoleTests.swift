import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("Roles from groups")
struct GroupRoleTests {
    private let later = SampleSignIn.now.addingTimeInterval(60)

    /// A sign-in at a workspace that maps `Staff` to LABELER and `Leads` to SUPERVISOR.
    private func signIn(
        _ groups: [String]?,
        managedBy manager: MembershipManagement.Manager = .identityProvider
    ) throws -> SampleSignIn {
        var signIn = try SampleSignIn()
        if let groups { signIn.assertGroups(groups) }
        signIn.groups.mappings = try GroupMappingsChange(
            roles: [.init(group: "Staff", role: "LABELER"), .init(group: "Leads", role: "SUPERVISOR")]
        )
        .applied(to: GroupMappings(), catalogue: .standard)
        signIn.groups.mapsRoles = true
        signIn.groups.management.roles = manager
        return signIn
    }

    @Test("G3 the highest mapped role counts, for new people on either intent", arguments: SignInIntent.allCases)
    func highestRole(_ intent: SignInIntent) throws {
        var signIn = try self.signIn(["Staff", "Leads", "Others"])
        signIn.intent = intent
        let membership = try #require(try signIn.decide().acceptedChange?.membership)
        #expect(membership.role?.name == "SUPERVISOR")
        #expect(membership.roleSource == .samlGroups)
        #expect(membership.state == .active)
    }

    @Test("G3 groups set the role of a member, also where administrators manage roles (R9)")
    func memberRole() throws {
        for manager in MembershipManagement.Manager.allCases {
            var signIn = try self.signIn(["Staff"], managedBy: manager)
            try signIn.join(.active, role: "ADMIN", source: .manual)
            let outcome = try signIn.decide()
            #expect(outcome.acceptedChange?.membership.role?.name == "LABELER")
            #expect(outcome.event(.roleChanged)?.detail["role_source"] == "saml_groups")
        }
    }

    @Test("Q16 a role of the roles attribute comes before those of groups")
    func rolesAttributeFirst() throws {
        var signIn = try self.signIn(["Leads"])
        signIn.assertRoles(["company-a_REVIEWER"])
        let membership = try #require(try signIn.decide().acceptedChange?.membership)
        #expect(membership.role?.name == "REVIEWER")
        #expect(membership.roleSource == .samlRoles)
        signIn.attributes.removeLast()
        signIn.assertRoles(["company-b_ADMIN"])
        #expect(try signIn.decide().refusal == .rolesNoMatch)
    }

    @Test("G2 case counts: a group of another spelling gives nothing")
    func otherSpelling() throws {
        let signIn = try self.signIn(["staff", "STAFF"])
        #expect(try signIn.decide().refusal == .notRegistered)
    }

    @Test("G3 none mapped: somebody new goes the way of sign-up, with the default role")
    func newPerson() throws {
        var signIn = try self.signIn(["Others"])
        #expect(try signIn.decide().refusal == .notRegistered)
        signIn.intent = .signUp
        let membership = try #require(try signIn.decide().acceptedChange?.membership)
        #expect(membership.role?.name == "LABELER")
        #expect(membership.roleSource == .defaultRole)
    }

    @Test(
        "G3 none mapped: a member is locked out until a group is mapped again (M4)",
        arguments: [["Others"], [], nil]
    )
    func lockedOut(_ groups: [String]?) throws {
        var signIn = try self.signIn(groups)
        try signIn.join(.active, role: "LABELER", source: .samlGroups)
        let old = try #require(signIn.membership)
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .noGroupMatch)
        let deactivated = try #require(
            outcome.effects
                .compactMap { effect -> Membership? in
                    guard case .deactivate(let change) = effect else { return nil }
                    return change.membership
                }
                .first
        )
        #expect(deactivated.state == .deactivated(.idpSync))
        #expect(deactivated.authzVersion == old.authzVersion + 1)
        #expect(outcome.effects.contains(.revokeSessions(.member(signIn.workspace.id, old.userID))))
        #expect(outcome.event(.memberDeactivated)?.detail["reason"] == "no_group_match")
        #expect(outcome.event(.workspaceWithoutAdmin) == nil)
        var again = try self.signIn(["Staff"])
        again.membership = deactivated
        again.user = .registered(deactivated.userID)
        #expect(try again.decide().acceptedChange?.membership.state == .active)
    }

    @Test("G3, A1 none mapped, administrators manage roles: everything stays; the workspace's word is the last")
    func administratorsManage() throws {
        var signIn = try self.signIn(["Others"], managedBy: .administrators)
        try signIn.join(.active, role: "REVIEWER")
        let old = try #require(signIn.membership)
        #expect(try signIn.decide().acceptedChange?.membership.role == old.role)
        // A1: the workspace's own word is the last.
        signIn.workspace.roleManager = .identityProvider
        #expect(try signIn.decide().refusal == .noGroupMatch)
        signIn.groups.management.roles = .identityProvider
        signIn.workspace.roleManager = .administrators
        #expect(try signIn.decide().refusal == nil)
    }

    @Test("rulings 25: where no group is mapped to a role, none locks anybody out")
    func noRoleMappings() throws {
        var signIn = try self.signIn(["Others"])
        signIn.groups.mappings.roles = [:]
        signIn.groups.mapsRoles = false
        try signIn.join(.active, role: "REVIEWER")
        #expect(try signIn.decide().acceptedChange?.membership.role?.name == "REVIEWER")
    }

    struct Kept: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let state: MembershipState
        var role: String? = "LABELER"
        var isOwner = false
        let refusal: RefusalCode
        let revokesSessions: Bool

        static let all: [Kept] = [
            Kept(
                testDescription: "M2 an invited person stays invited",
                state: .invited,
                refusal: .noGroupMatch,
                revokesSessions: true
            ),
            Kept(
                testDescription: "R7 the owner is refused and stays the owner",
                state: .active,
                role: "ADMIN",
                isOwner: true,
                refusal: .noGroupMatch,
                revokesSessions: true
            ),
            Kept(
                testDescription: "who waits for a role waits on",
                state: .notActivated,
                role: nil,
                refusal: .awaitingRole,
                revokesSessions: false
            ),
            Kept(
                testDescription: "M4 who was deactivated by hand stays so",
                state: .deactivated(.admin),
                refusal: .membershipDeactivated,
                revokesSessions: false
            ),
            Kept(
                testDescription: "who is locked out already is not locked out again",
                state: .deactivated(.idpSync),
                refusal: .noGroupMatch,
                revokesSessions: false
            ),
        ]
    }

    @Test("G3 none mapped, no active member: nothing of the membership changes", arguments: Kept.all)
    func kept(_ row: Kept) throws {
        var signIn = try self.signIn(["Others"])
        try signIn.join(row.state, role: row.role, isOwner: row.isOwner, invitedAt: SampleSignIn.now)
        let outcome = try signIn.decide()
        #expect(outcome.refusal == row.refusal)
        for case .deactivate(let change) in outcome.effects { Issue.record("\(change)") }
        let revokes = outcome.effects.contains { if case .revokeSessions = $0 { true } else { false } }
        #expect(revokes == row.revokesSessions)
    }

    @Test("R8 an older assertion without a mapped group takes nothing away")
    func olderAssertion() throws {
        var signIn = try self.signIn(["Others"])
        try signIn.join(.active, role: "LABELER", lastAssertionIssuedAt: self.later)
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .noGroupMatch)
        #expect(outcome.effects.isEmpty)
    }

    @Test("A4 the last administrator without a mapped group is locked out and the operator told, unless protected")
    func lastAdmin() throws {
        var signIn = try self.signIn(["Others"])
        try signIn.join(.active, role: "ADMIN")
        signIn.otherActiveAdmins = 0
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .noGroupMatch)
        #expect(outcome.event(.workspaceWithoutAdmin) != nil)
        signIn.workspace.lastAdminPolicy = .keep
        let kept = try signIn.decide()
        #expect(kept.acceptedChange?.membership.role?.name == "ADMIN")
        #expect(kept.event(.roleSyncSkipped)?.detail["reason"] == "last_admin")
        // R8: an older assertion brings no older groups back.
        #expect(signIn.membership?.lastAssertionIssuedAt == nil)
        let issued = try signIn.identity().assertion.issueInstant
        #expect(kept.acceptedChange?.membership.lastAssertionIssuedAt == issued)
    }

    @Test("G3 a role that the installation no longer has gives nothing")
    func goneRole() throws {
        var signIn = try self.signIn(["Staff"])
        signIn.catalogue = try RoleCatalogue(names: ["ADMIN", "SUPERVISOR"])
        #expect(try signIn.decide().refusal == .notRegistered)
    }

    @Test("G3 the record of the attempt says what was wanted of the groups, and names none of the person's")
    func check() throws {
        var signIn = try self.signIn(["Others"])
        try signIn.join(.active, role: "LABELER")
        let checks = SignInCheck.provisioning(
            try signIn.decide(),
            identity: try signIn.identity(),
            facts: signIn.facts(),
            catalogue: signIn.catalogue
        )
        let last = try #require(checks.last)
        #expect(last.code == .noGroupMatch)
        #expect(last.wanted == "a group that is mapped to a role, in the attribute “groups”")
        #expect(last.got?.text == "“Others”")
        #expect(last.kept.got?.text == "1 others")
    }
}
