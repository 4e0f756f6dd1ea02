package import FoundationEssentials

/// Decides what somebody with the right to do so does to one person of a workspace: invite, set a role, deactivate,
/// reactivate, remove (behavior A1 to A3, M, C2, D3, D4).
///
/// The facts are read under locks in the transaction that writes the outcome. Setting what is set already is no
/// refusal and writes nothing.
package struct MemberAdministration: Hashable, Sendable {
    /// The workspace.
    package let configured: ConfiguredWorkspace
    /// The person's membership, if there is one.
    package let membership: Membership?
    /// The number of active members with the administrator's role, this person not counted; one may stand for many.
    package let otherActiveAdmins: Int
    /// The number of active members, this person counted if active; it counts only where seats are limited.
    package let activeMembers: Int
    /// The number of people who are invited and have not come in; ``maximumInvitations`` may stand for more.
    package let openInvitations: Int
    /// The roles of the installation.
    package let catalogue: RoleCatalogue
    /// Who manages roles, where the workspace does not say.
    package let management: MembershipManagement
    /// On whose word.
    package let actor: AuditActor
    /// The present.
    package let now: Date

    /// How many invitations of a workspace may be open at once: whoever may invite must not fill the database.
    package static let maximumInvitations = 10_000

    /// Puts the facts together.
    package init(
        configured: ConfiguredWorkspace,
        membership: Membership?,
        otherActiveAdmins: Int,
        activeMembers: Int,
        openInvitations: Int,
        catalogue: RoleCatalogue,
        management: MembershipManagement,
        actor: AuditActor,
        now: Date
    ) {
        self.configured = configured
        self.membership = membership
        self.otherActiveAdmins = otherActiveAdmins
        self.activeMembers = activeMembers
        self.openInvitations = openInvitations
        self.catalogue = catalogue
        self.management = management
        self.actor = actor
        self.now = now
    }

    /// Invites an address with a role; inviting again changes the role of the invitation.
    ///
    /// Where the identity provider alone manages roles nobody names one: the invitation has the role that whoever registers
    /// gets, and the identity provider's word counts at the sign-in.
    ///
    /// Whether another workspace has claimed the address's domain is neither asked nor told: outside the own domains
    /// only a guest can be invited, and whoever could not sign in is not invited (rulings 25).
    package func invite(
        _ email: Email,
        roleName: String?,
        user: UserRegistration
    ) throws(AdministrationRefusal) -> MemberAdministrationOutcome {
        let role = try self.invitedRole(roleName)
        guard self.configured.domains.contains(email.domain) || self.configured.workspace.allowGuests else {
            throw .emailDomainRefused(email.domain)
        }
        guard let old = self.membership else {
            guard self.openInvitations < Self.maximumInvitations else {
                throw .tooManyInvitations(Self.maximumInvitations)
            }
            let new = Membership(
                userID: user.userID,
                email: email,
                displayName: email.value,
                state: .invited,
                role: role,
                roleSource: .invite,
                invitedAt: self.now
            )
            let event = self.event(.memberInvited, email, role.map { ["role": $0.name] } ?? [:])
            return MemberAdministrationOutcome(write: .save(.inserted(new)), sessionEffects: [], events: [event])
        }
        guard old.state == .invited else { throw .alreadyAMember(old.state) }
        guard !old.isOwner || role == old.role else { throw .owner }
        var new = old
        if role != old.role {
            new.role = role
            new.roleSource = .invite
            new.invitedAt = self.now
        }
        return self.saved(old, new, action: .memberInvited)
    }

    /// Gives a member a role, unless somebody else gave them another one since somebody looked.
    ///
    /// - Parameters:
    ///   - roleName: The role's name.
    ///   - shown: The name of the role that the person had when somebody looked, empty for none; `nil` where nobody did.
    /// - Returns: What is written.
    /// - Throws: `AdministrationRefusal`; ``RoleChangedMeanwhile``.
    package func setRole(_ roleName: String, shown: String?) throws -> MemberAdministrationOutcome {
        let outcome = try self.setRole(roleName)
        let present = self.membership?.role?.name ?? ""
        if let shown, shown != present, roleName != present { throw RoleChangedMeanwhile() }
        return outcome
    }

    /// Gives a member a role; a person who waits for one becomes active by it.
    package func setRole(_ roleName: String) throws(AdministrationRefusal) -> MemberAdministrationOutcome {
        let role = try self.role(named: roleName)
        let old = try self.member()
        if role != old.role || old.state == .notActivated { try self.checkRolesAreManagedHere() }
        if role != self.catalogue.admin { try self.checkMayLoseAdmin(old) }
        var new = old
        if role != old.role {
            new.role = role
            new.roleSource = .manual
        }
        if old.state == .notActivated { new.state = .active }
        try self.checkSeat(from: old, to: new)
        return self.saved(old, new, action: old.state == new.state ? .roleChanged : .memberActivated)
    }

    /// Locks a member out until somebody reactivates; the identity provider cannot (behavior Q12).
    package func deactivate() throws(AdministrationRefusal) -> MemberAdministrationOutcome {
        let old = try self.member()
        try self.checkMayLoseAdmin(old)
        var new = old
        new.state = .deactivated(.admin)
        if old.state.deactivationOrigin == nil { new.wasActive = old.state == .active }
        return self.saved(
            old,
            new,
            action: .memberDeactivated,
            sessionEffects: [.revoke(.member(self.configured.workspace.id, old.userID))]
        )
    }

    /// Lets a member who was locked out in again, in the state that the person had reached: whoever had come in, by the
    /// identity provider or with a passphrase, is active again (behavior M).
    ///
    /// Whom the identity provider locked out, because no group of theirs gives a role, it must let in again itself where
    /// it alone manages roles.
    package func reactivate() throws(AdministrationRefusal) -> MemberAdministrationOutcome {
        let old = try self.member()
        guard case .deactivated(let origin) = old.state else { return self.saved(old, old, action: .memberActivated) }
        if origin == .idpSync { try self.checkRolesAreManagedHere() }
        var new = old
        if old.role == nil {
            new.state = .notActivated
        } else if old.invitedAt != nil, old.lastAssertionIssuedAt == nil, !old.wasActive {
            new.state = .invited
        } else {
            new.state = .active
        }
        new.wasActive = false
        try self.checkSeat(from: old, to: new)
        return self.saved(old, new, action: .memberActivated)
    }

    /// Deletes the membership, which is no ban: whoever the identity provider still names is added again (Q13).
    package func remove() throws(AdministrationRefusal) -> MemberAdministrationOutcome {
        let old = try self.member()
        try self.checkMayLoseAdmin(old)
        var detail = ["old_state": old.state.name]
        detail["old_role"] = old.role?.name
        return MemberAdministrationOutcome(
            write: .remove(old),
            sessionEffects: [.revoke(.member(self.configured.workspace.id, old.userID))],
            events: [self.event(.memberRemoved, old.email, detail)]
        )
    }

    // MARK: - Checks

    /// The person's membership.
    func member() throws(AdministrationRefusal) -> Membership {
        guard let membership = self.membership else { throw .notAMember }
        return membership
    }

    private func role(named name: String) throws(AdministrationRefusal) -> Role {
        guard let role = self.catalogue.role(named: name) else {
            throw .unknownRole(name, known: self.catalogue.roles)
        }
        return role
    }

    /// The role that an invitation has; A1: the one of whoever registers, where nobody may name one.
    private func invitedRole(_ name: String?) throws(AdministrationRefusal) -> Role? {
        switch self.management.roleManager(of: self.configured.workspace) {
        case .administrators:
            return try self.role(named: name ?? "")
        case .identityProvider:
            if let invited = self.membership, invited.state == .invited, name == nil || name == invited.role?.name {
                return invited.role
            }
            guard name == nil else { throw .managedByIdentityProvider }
            return self.configured.workspace.defaultRole.grantedRole(in: self.catalogue)
        }
    }

    /// A1: where the identity provider manages roles, nobody else gives or takes them.
    private func checkRolesAreManagedHere() throws(AdministrationRefusal) {
        switch self.management.roleManager(of: self.configured.workspace) {
        case .administrators: return
        case .identityProvider: throw .managedByIdentityProvider
        }
    }

    /// A3: neither the owner nor the last active administrator is demoted, deactivated or removed by hand.
    private func checkMayLoseAdmin(_ member: Membership) throws(AdministrationRefusal) {
        guard !member.isOwner else { throw .owner }
        guard member.state == .active, member.role == self.catalogue.admin else { return }
        guard self.otherActiveAdmins > 0 else { throw .lastAdmin }
    }

    private func checkSeat(from old: Membership, to new: Membership) throws(AdministrationRefusal) {
        guard new.state == .active, old.state != .active else { return }
        guard let seats = self.configured.workspace.seats, self.activeMembers >= seats else { return }
        throw .seatLimit(seats)
    }

    // MARK: - Outcomes

    private func saved(
        _ old: Membership,
        _ changed: Membership,
        action: AuditAction,
        sessionEffects: [SessionEffect]? = nil
    ) -> MemberAdministrationOutcome {
        guard old != changed else {
            return MemberAdministrationOutcome(write: .save(.unchanged(old)), sessionEffects: [], events: [])
        }
        var new = changed
        new.authzVersion += 1
        var detail: [String: String] = [:]
        if new.role != old.role {
            detail["old_role"] = old.role?.name
            detail["role"] = new.role?.name
        }
        if new.state != old.state {
            detail["old_state"] = old.state.name
            detail["state"] = new.state.name
        }
        return MemberAdministrationOutcome(
            write: .save(.updated(from: old, to: new)),
            sessionEffects: sessionEffects ?? [.refresh(.member(self.configured.workspace.id, old.userID))],
            events: [self.event(action, old.email, detail)]
        )
    }

    private func event(_ action: AuditAction, _ email: Email, _ detail: [String: String]) -> AuditEvent {
        AuditEvent(
            time: self.now,
            workspaceID: self.configured.workspace.id,
            actor: self.actor,
            action: action,
            email: email.value,
            detail: detail
        )
    }
}
