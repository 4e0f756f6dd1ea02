import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("member administration")
struct MemberAdministrationTests {
    private func administration(
        _ membership: Membership? = nil,
        otherActiveAdmins: Int = 1,
        management: MembershipManagement = MembershipManagement(),
        prepare: (inout Workspace) -> Void = { _ in }
    ) throws -> MemberAdministration {
        let sample = try SampleSignIn()
        var workspace = sample.workspace
        prepare(&workspace)
        return MemberAdministration(
            configured: ConfiguredWorkspace(
                workspace: workspace,
                identityProvider: nil,
                domains: sample.domains
            ),
            membership: membership,
            otherActiveAdmins: otherActiveAdmins,
            activeMembers: 5,
            openInvitations: 0,
            catalogue: .standard,
            management: management,
            actor: .operator,
            now: SampleSignIn.now
        )
    }

    private func member(
        _ state: MembershipState,
        _ role: String?,
        isOwner: Bool = false,
        invitedAt: Date? = nil
    ) throws -> Membership {
        var sample = try SampleSignIn()
        try sample.join(state, role: role, isOwner: isOwner, invitedAt: invitedAt)
        return try #require(sample.membership)
    }

    // MARK: - Invite

    @Test("M an invitation makes an INVITED membership with its role")
    func invite() throws {
        let email = try #require(Email("bob@company-a.example"))
        let outcome = try self.administration()
            .invite(email, roleName: "ADMIN", user: .unregistered(newID: .random()))
        let membership = try #require(outcome.membership)
        #expect(membership.state == .invited)
        #expect(membership.role?.name == "ADMIN")
        #expect(membership.roleSource == .invite)
        #expect(membership.invitedAt == SampleSignIn.now)
        #expect(outcome.events.map(\.action) == [.memberInvited])
        #expect(outcome.sessionEffects.isEmpty)
    }

    @Test("D4 outside the own domains only guests are invited (D3)")
    func inviteOutside() throws {
        let email = try #require(Email("bob@elsewhere.example"))
        let user = UserRegistration.unregistered(newID: .random())
        #expect(throws: AdministrationRefusal.emailDomainRefused(email.domain)) {
            try self.administration().invite(email, roleName: "LABELER", user: user)
        }
        let outcome = try self.administration { $0.allowGuests = true }
            .invite(email, roleName: "LABELER", user: user)
        #expect(outcome.membership?.state == .invited)
    }

    @Test("M inviting again changes the role of the invitation")
    func inviteAgain() throws {
        let invited = try self.member(.invited, "LABELER", invitedAt: SampleSignIn.now.addingTimeInterval(-9))
        let user = UserRegistration.registered(invited.userID)
        let same = try self.administration(invited).invite(invited.email, roleName: "LABELER", user: user)
        #expect(same.write == .save(.unchanged(invited)))
        #expect(same.events.isEmpty)
        let other = try self.administration(invited).invite(invited.email, roleName: "REVIEWER", user: user)
        #expect(other.membership?.role?.name == "REVIEWER")
        #expect(other.membership?.state == .invited)
    }

    @Test(
        "M members are not invited",
        arguments: [
            MembershipState.active, .notActivated, .deactivated(.admin), .deactivated(.idpSync),
        ]
    )
    func inviteMember(_ state: MembershipState) throws {
        let member = try self.member(state, "LABELER")
        #expect(throws: AdministrationRefusal.alreadyAMember(state)) {
            try self.administration(member)
                .invite(member.email, roleName: "LABELER", user: .registered(member.userID))
        }
    }

    // MARK: - Roles

    @Test("A2 a role set by hand is marked so, bumps the version and reaches open sessions")
    func setRole() throws {
        let member = try self.member(.active, "LABELER")
        let administration = try self.administration(member)
        let outcome = try administration.setRole("SUPERVISOR")
        let membership = try #require(outcome.membership)
        #expect(membership.role?.name == "SUPERVISOR")
        #expect(membership.roleSource == .manual)
        #expect(membership.authzVersion == member.authzVersion + 1)
        #expect(
            outcome.sessionEffects == [.refresh(.member(administration.configured.workspace.id, member.userID))]
        )
        #expect(outcome.events.first?.detail == ["old_role": "LABELER", "role": "SUPERVISOR"])
    }

    @Test("A2 the same role again writes nothing")
    func setSameRole() throws {
        for member in [try self.member(.active, "LABELER"), try self.member(.active, "ADMIN", isOwner: true)] {
            let role = try #require(member.role)
            let outcome = try self.administration(member, otherActiveAdmins: 0).setRole(role.name)
            #expect(outcome.write == .save(.unchanged(member)))
            #expect(outcome.events.isEmpty)
            #expect(outcome.sessionEffects.isEmpty)
        }
    }

    @Test("M a role activates a person who waits for one, if a seat is free (C2)")
    func setRoleActivates() throws {
        let waiting = try self.member(.notActivated, nil)
        #expect(try self.administration(waiting).setRole("LABELER").membership?.state == .active)
        #expect(throws: AdministrationRefusal.seatLimit(5)) {
            try self.administration(waiting) { $0.seats = 5 }.setRole("LABELER")
        }
    }

    @Test(
        "M a role given to an invited or deactivated person leaves the state",
        arguments: [
            MembershipState.invited, .deactivated(.admin),
        ]
    )
    func setRoleKeepsState(_ state: MembershipState) throws {
        let outcome = try self.administration(try self.member(state, "LABELER")).setRole("ADMIN")
        #expect(outcome.membership?.state == state)
        #expect(outcome.membership?.role?.name == "ADMIN")
    }

    @Test("rulings 20 a role that the installation does not have is refused")
    func unknownRole() throws {
        let member = try self.member(.active, "LABELER")
        #expect(throws: AdministrationRefusal.unknownRole("admin", known: RoleCatalogue.standard.roles)) {
            try self.administration(member).setRole("admin")
        }
    }

    // MARK: - Last administrator and owner (A3)

    /// What can take an administrator away.
    enum Removal: CaseIterable, Sendable {
        case demotion
        case deactivation
        case removal

        func apply(_ administration: MemberAdministration) throws -> MemberAdministrationOutcome {
            switch self {
            case .demotion: try administration.setRole("LABELER")
            case .deactivation: try administration.deactivate()
            case .removal: try administration.remove()
            }
        }
    }

    @Test("A3 the last active administrator stays", arguments: Removal.allCases)
    func lastAdmin(_ removal: Removal) throws {
        let admin = try self.member(.active, "ADMIN")
        let administration = try self.administration(admin, otherActiveAdmins: 0)
        #expect(throws: AdministrationRefusal.lastAdmin) { try removal.apply(administration) }
        #expect(AdministrationRefusal.lastAdmin.code?.httpStatus == 409)
    }

    @Test("A3 the owner stays, even beside other administrators", arguments: Removal.allCases)
    func owner(_ removal: Removal) throws {
        let owner = try self.member(.active, "ADMIN", isOwner: true)
        let administration = try self.administration(owner, otherActiveAdmins: 3)
        #expect(throws: AdministrationRefusal.owner) { try removal.apply(administration) }
        #expect(AdministrationRefusal.owner.code == .lastAdmin)
    }

    @Test("A3 one of two administrators may go", arguments: Removal.allCases)
    func oneOfTwo(_ removal: Removal) throws {
        let administration = try self.administration(try self.member(.active, "ADMIN"), otherActiveAdmins: 1)
        #expect(throws: Never.self) { try removal.apply(administration) }
    }

    @Test("A3 an administrator who never signed in is not the last", arguments: Removal.allCases)
    func invitedAdmin(_ removal: Removal) throws {
        let administration = try self.administration(try self.member(.invited, "ADMIN"), otherActiveAdmins: 0)
        #expect(throws: Never.self) { try removal.apply(administration) }
    }

    // MARK: - Deactivate, reactivate, remove

    @Test("S3 deactivation and removal end the person's sessions")
    func sessionsEnd() throws {
        let member = try self.member(.active, "LABELER")
        let administration = try self.administration(member)
        let everySession = SessionEffect.revoke(
            .member(administration.configured.workspace.id, member.userID)
        )
        let deactivated = try administration.deactivate()
        #expect(deactivated.membership?.state == .deactivated(.admin))
        #expect(deactivated.sessionEffects == [everySession])
        let removed = try administration.remove()
        #expect(removed.write == .remove(member))
        #expect(removed.membership == nil)
        #expect(removed.sessionEffects == [everySession])
        #expect(removed.events.map(\.action) == [.memberRemoved])
    }

    @Test("Q12 what the identity provider switched off, an administrator makes final")
    func deactivationTakesOver() throws {
        let outcome = try self.administration(try self.member(.deactivated(.idpSync), "LABELER")).deactivate()
        #expect(outcome.membership?.state == .deactivated(.admin))
    }

    @Test("M4 reactivation restores the state that the person had reached")
    func reactivate() throws {
        var signedIn = try self.member(.deactivated(.scim), "LABELER")
        #expect(try self.administration(signedIn).reactivate().membership?.state == .active)
        signedIn.role = nil
        #expect(try self.administration(signedIn).reactivate().membership?.state == .notActivated)
        let invited = try self.member(.deactivated(.admin), "LABELER", invitedAt: SampleSignIn.now)
        #expect(try self.administration(invited).reactivate().membership?.state == .invited)
        let active = try self.member(.active, "LABELER")
        #expect(try self.administration(active).reactivate().write == .save(.unchanged(active)))
    }

    @Test(
        "M ACTIVE <-> DEACTIVATED: whoever came in with a passphrase alone is active again, whoever never came in is invited",
        arguments: [(MembershipState.active, MembershipState.active), (.invited, .invited)]
    )
    func reactivateWithoutAssertion(_ reached: MembershipState, _ expected: MembershipState) throws {
        let member = try self.member(reached, "LABELER", invitedAt: SampleSignIn.now)
        let deactivated = try #require(try self.administration(member).deactivate().membership)
        // What somebody else does meanwhile forgets nothing.
        let again = try #require(try self.administration(deactivated).deactivate().membership)
        let back = try #require(try self.administration(again).reactivate().membership)
        #expect(back.state == expected)
        #expect(!back.wasActive)
    }

    @Test("C2 reactivation wants a free seat")
    func reactivateWithoutSeat() throws {
        let member = try self.member(.deactivated(.admin), "LABELER")
        #expect(throws: AdministrationRefusal.seatLimit(5)) {
            try self.administration(member) { $0.seats = 5 }.reactivate()
        }
        #expect(throws: Never.self) { try self.administration(member) { $0.seats = 6 }.reactivate() }
    }

    @Test("nobody is changed who is not a member")
    func notAMember() throws {
        let administration = try self.administration()
        #expect(throws: AdministrationRefusal.notAMember) { try administration.setRole("LABELER") }
        #expect(throws: AdministrationRefusal.notAMember) { try administration.deactivate() }
        #expect(throws: AdministrationRefusal.notAMember) { try administration.reactivate() }
        #expect(throws: AdministrationRefusal.notAMember) { try administration.remove() }
    }

    @Test("C2 the refusal says how many seats there are", arguments: [(1, "The one seat"), (5, "All 5 seats")])
    func seatWords(_ seats: Int, _ beginning: String) {
        #expect(AdministrationRefusal.seatLimit(seats).description.hasPrefix(beginning))
    }
}
