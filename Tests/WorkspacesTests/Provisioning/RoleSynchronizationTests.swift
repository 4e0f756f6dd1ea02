import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("role synchronization")
struct RoleSynchronizationTests {
    private let earlier = SampleSignIn.now.addingTimeInterval(-60)
    private let later = SampleSignIn.now.addingTimeInterval(60)

    @Test("R6 a change of role bumps the version, tells open sessions and audits old and new")
    func roleChange() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "LABELER")
        signIn.assertRoles(["company-a_REVIEWER"])
        let outcome = try signIn.decide()
        let membership = try #require(outcome.acceptedChange?.membership)
        #expect(membership.authzVersion == 8)
        #expect(membership.roleSource == .samlRoles)
        #expect(outcome.effects.contains(.refreshSessions(.member(signIn.workspace.id, membership.userID))))
        let event = try #require(outcome.event(.roleChanged))
        #expect(event.detail["old_role"] == "LABELER")
        #expect(event.detail["role"] == "REVIEWER")
        #expect(event.email == "ann@company-a.example")
    }

    @Test("R6 the same role again changes no version and disturbs no session")
    func sameRole() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "LABELER", source: .samlRoles)
        signIn.workspace.rolesFirstSeenAt = self.earlier
        signIn.assertRoles(["company-a_LABELER"])
        let outcome = try signIn.decide()
        #expect(outcome.acceptedChange?.membership.authzVersion == 7)
        #expect(outcome.effects.isEmpty)
        #expect(outcome.event(.roleChanged) == nil)
    }

    @Test("R6 an invited person becomes active with the asserted role")
    func invitedBecomesActive() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.invited, role: "ADMIN", source: .invite, invitedAt: self.earlier)
        signIn.assertRoles(["company-a_LABELER"])
        let outcome = try signIn.decide()
        #expect(outcome.acceptedChange?.membership.role?.name == "LABELER")
        #expect(outcome.event(.memberActivated)?.detail["old_state"] == "INVITED")
        #expect(outcome.event(.workspaceWithoutAdmin) == nil)
    }

    @Test("R7 the owner stays the administrator, and the audit log says what was asserted")
    func ownerKeepsRole() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "ADMIN", source: .owner, isOwner: true)
        signIn.otherActiveAdmins = 0
        signIn.assertRoles(["company-a_LABELER"])
        let outcome = try signIn.decide()
        let membership = try #require(outcome.acceptedChange?.membership)
        #expect(membership.role?.name == "ADMIN")
        #expect(membership.isOwner)
        #expect(membership.roleSource == .owner)
        let event = try #require(outcome.event(.roleSyncSkipped))
        #expect(event.detail == ["reason": "owner", "asserted_role": "LABELER"])
        #expect(outcome.event(.workspaceWithoutAdmin) == nil)
    }

    @Test("R8 an older assertion signs in and changes neither role nor name")
    func olderAssertion() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "LABELER", source: .samlRoles, lastAssertionIssuedAt: self.later)
        signIn.assertRoles(["company-a_ADMIN"])
        signIn.attributes.append(Attribute(name: "displayName", texts: ["Somebody Else"]))
        let outcome = try signIn.decide()
        let old = try #require(signIn.membership)
        #expect(outcome.acceptedChange == .unchanged(old))
        #expect(outcome.event(.roleSyncSkipped)?.detail["reason"] == "older_assertion")
    }

    @Test("R8 an assertion of the same instant applies")
    func simultaneousAssertion() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "LABELER", lastAssertionIssuedAt: SampleSignIn.now)
        signIn.assertRoles(["company-a_ADMIN"])
        #expect(try signIn.decide().acceptedChange?.membership.role?.name == "ADMIN")
    }

    @Test(
        "R8 an older assertion activates nobody",
        arguments: [
            MembershipState.notActivated, .deactivated(.idpSync),
        ]
    )
    func olderAssertionActivatesNobody(_ state: MembershipState) throws {
        var signIn = try SampleSignIn()
        let role = state == .notActivated ? nil : "LABELER"
        try signIn.join(state, role: role, lastAssertionIssuedAt: self.later)
        signIn.assertRoles(["company-a_ADMIN"])
        #expect(try signIn.decide().refusal == (role == nil ? .awaitingRole : .membershipDeactivated))
    }

    @Test("R9 a role that was set by hand lasts until the next sign-in")
    func manualRoleIsOverwritten() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "ADMIN", source: .manual)
        signIn.assertRoles(["company-a_LABELER"])
        #expect(try signIn.decide().acceptedChange?.membership.role?.name == "LABELER")
    }

    @Test("A4 the last administrator is demoted and the operator told")
    func lastAdminIsDemoted() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "ADMIN")
        signIn.otherActiveAdmins = 0
        signIn.assertRoles(["company-a_LABELER"])
        let outcome = try signIn.decide()
        #expect(outcome.event(.workspaceWithoutAdmin) != nil)
        #expect(outcome.event(.roleChanged) != nil)
    }

    @Test("A4 protect_last_admin keeps the role and says so")
    func lastAdminIsProtected() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "ADMIN")
        signIn.otherActiveAdmins = 0
        signIn.workspace.lastAdminPolicy = .keep
        signIn.assertRoles(["company-a_LABELER"])
        let outcome = try signIn.decide()
        #expect(outcome.event(.workspaceWithoutAdmin) == nil)
        #expect(outcome.event(.roleSyncSkipped)?.detail["reason"] == "last_admin")
    }

    @Test("Q3 several roles leave a warning")
    func severalRolesWarn() throws {
        var signIn = try SampleSignIn()
        signIn.assertRoles(["company-a_LABELER", "company-a_ADMIN", "junk"])
        let detail = try #require(try signIn.decide().event(.signIn)?.detail)
        #expect(detail["matched_roles"] == "ADMIN,LABELER")
        #expect(detail["warning"] == "several_roles")
        #expect(detail["ignored_values"] == "1")
    }
}
