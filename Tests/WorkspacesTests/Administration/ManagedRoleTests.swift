import Testing
import Workspaces

@Suite("A1 roles that the identity provider manages alone")
struct ManagedRoleTests {
    private static let identityProvider = MembershipManagement(roles: .identityProvider)

    private func administration(
        _ state: MembershipState?,
        _ role: String?,
        management: MembershipManagement = Self.identityProvider,
        roleManager: MembershipManagement.Manager? = nil
    ) throws -> MemberAdministration {
        var sample = try SampleSignIn()
        if let state { try sample.join(state, role: role) }
        var workspace = sample.workspace
        workspace.roleManager = roleManager
        return MemberAdministration(
            configured: ConfiguredWorkspace(workspace: workspace, identityProvider: nil, domains: sample.domains),
            membership: sample.membership,
            otherActiveAdmins: 1,
            activeMembers: 5,
            openInvitations: 0,
            catalogue: .standard,
            management: management,
            actor: .operator,
            now: SampleSignIn.now
        )
    }

    @Test("A1 nobody gives or changes a role by hand", arguments: [MembershipState.active, .notActivated])
    func roleIsRefused(_ state: MembershipState) throws {
        let administration = try self.administration(state, state == .active ? "LABELER" : nil)
        #expect(throws: AdministrationRefusal.managedByIdentityProvider) { try administration.setRole("REVIEWER") }
        #expect(AdministrationRefusal.managedByIdentityProvider.code == .managedByIdP)
        #expect(RefusalCode.managedByIdP.httpStatus == 403)
    }

    @Test("A1 the role that is there already is no change")
    func sameRole() throws {
        #expect(try self.administration(.active, "LABELER").setRole("LABELER").events.isEmpty)
    }

    @Test("A1 whom the identity provider locked out, it lets in again itself")
    func reactivationIsRefused() throws {
        let administration = try self.administration(.deactivated(.idpSync), "LABELER")
        #expect(throws: AdministrationRefusal.managedByIdentityProvider) { try administration.reactivate() }
    }

    @Test("A1 locking out, letting in again whom an administrator locked out, and removing stay with administrators")
    func accessStays() throws {
        #expect(try self.administration(.active, "LABELER").deactivate().membership?.state == .deactivated(.admin))
        #expect(try self.administration(.deactivated(.admin), "LABELER").reactivate().membership?.state == .active)
        #expect(try self.administration(.active, "LABELER").remove().membership == nil)
    }

    @Test("A1 the workspace's own word goes before the installation's")
    func workspaceDecides() throws {
        let own = try self.administration(.active, "LABELER", roleManager: .administrators)
        #expect(try own.setRole("REVIEWER").membership?.role?.name == "REVIEWER")
        let handed = try self.administration(
            .active,
            "LABELER",
            management: MembershipManagement(),
            roleManager: .identityProvider
        )
        #expect(throws: AdministrationRefusal.managedByIdentityProvider) { try handed.setRole("REVIEWER") }
    }

    @Test("A1 an invitation names no role, and has the one of whoever registers")
    func invitation() throws {
        let email = try #require(Email("ann@company-a.example"))
        let user = UserRegistration.unregistered(newID: .random())
        let nobody = try self.administration(nil, nil)
        #expect(throws: AdministrationRefusal.managedByIdentityProvider) {
            try nobody.invite(email, roleName: "REVIEWER", user: user)
        }
        #expect(try nobody.invite(email, roleName: nil, user: user).membership?.role?.name == "LABELER")
        let invited = try self.administration(.invited, "SUPERVISOR")
        #expect(throws: AdministrationRefusal.managedByIdentityProvider) {
            try invited.invite(email, roleName: "REVIEWER", user: user)
        }
        for same in [nil, "SUPERVISOR"] {
            #expect(try invited.invite(email, roleName: same, user: user).membership?.role?.name == "SUPERVISOR")
        }
        let here = try self.administration(nil, nil, management: MembershipManagement())
        #expect(throws: AdministrationRefusal.unknownRole("", known: RoleCatalogue.standard.roles)) {
            try here.invite(email, roleName: nil, user: user)
        }
    }
}
