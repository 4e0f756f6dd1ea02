internal import FoundationEssentials

/// What a sign-in makes of a membership (behavior M, R6 to R8), before the seats are looked at.
struct MembershipTransition: Hashable, Sendable {
    /// Why a member keeps a role although the identity provider names another.
    enum KeptRole: String, Hashable, Sendable {
        /// The owner's role is not the identity provider's to give or take (R7).
        case owner
        /// The assertion is older than one that was applied before (R8).
        case olderAssertion = "older_assertion"
        /// The last administrator is protected (A4).
        case lastAdmin = "last_admin"
    }

    /// The row to write.
    let change: MembershipChange
    /// Why the asserted role was not taken over, when it was not.
    let keptRole: KeptRole?
    /// Whether the workspace loses its last administrator.
    let leavesNoAdmin: Bool

    /// The membership afterwards.
    var membership: Membership { self.change.membership }

    /// Works out the transition.
    ///
    /// - Throws: The refusal of step 14 of behavior V.
    static func transition(
        for entitlement: Entitlement,
        of rules: SignInRules
    ) throws(SignInRefusal) -> MembershipTransition {
        guard let membership = rules.facts.membership else {
            return MembershipTransition(
                change: .inserted(try Self.newMembership(for: entitlement, of: rules)),
                keptRole: nil,
                leavesNoAdmin: false
            )
        }
        return try Self.changed(membership, by: entitlement, of: rules)
    }

    // MARK: - People who are not members

    private static func newMembership(
        for entitlement: Entitlement,
        of rules: SignInRules
    ) throws(SignInRefusal) -> Membership {
        switch entitlement {
        case .role(let role, let source):
            // R6: registered and added on either intent. M6 does not apply: the identity provider names the person.
            return Self.makeMembership(of: rules, state: .active, role: role, source: source)
        case .notProcessed, .withdrawn:
            guard rules.intent == .signUp else { throw SignInRefusal(.notRegistered) }
            guard rules.workspace.selfRegistration, rules.facts.signUpPolicy == .open else {
                throw SignInRefusal(.invitationRequired)
            }
            guard let role = rules.workspace.defaultRole.grantedRole(in: rules.catalogue) else {
                let waiting = Self.makeMembership(of: rules, state: .notActivated, role: nil, source: .defaultRole)
                throw SignInRefusal(.awaitingRole, consequence: .register(.inserted(waiting)))
            }
            return Self.makeMembership(of: rules, state: .active, role: role, source: .defaultRole)
        }
    }

    private static func makeMembership(
        of rules: SignInRules,
        state: MembershipState,
        role: Role?,
        source: RoleSource
    ) -> Membership {
        Membership(
            userID: rules.facts.user.userID,
            email: rules.claims.email,
            displayName: rules.claims.displayName ?? rules.claims.email.value,
            state: state,
            role: role,
            roleSource: source,
            lastAssertionIssuedAt: rules.claims.issuedAt
        )
    }

    // MARK: - Members

    private static func changed(
        _ old: Membership,
        by entitlement: Entitlement,
        of rules: SignInRules
    ) throws(SignInRefusal) -> MembershipTransition {
        if entitlement == .withdrawn { return try Self.withdrawn(old, of: rules) }
        let isStale = rules.isStale
        var new = old
        var keptRole: KeptRole?
        if case .role(let role, let source) = entitlement {
            keptRole = Self.reasonToKeep(old, against: role, isStale: isStale, rules: rules)
            if keptRole == nil, !old.isOwner, !isStale {
                new.role = role
                new.roleSource = source
            }
        }
        try Self.checkState(old, entitlement: entitlement, isStale: isStale)
        new.state = .active
        new.wasActive = false
        guard new.role != nil else { throw SignInRefusal(.awaitingRole) }
        if !isStale {
            new.displayName = rules.claims.displayName ?? old.displayName
            new.lastAssertionIssuedAt = rules.claims.issuedAt
        }
        if new.role != old.role || new.state != old.state { new.authzVersion += 1 }
        return MembershipTransition(
            change: .between(old, new),
            keptRole: keptRole,
            leavesNoAdmin: Self.isLastAdmin(old, rules: rules) && new.role != rules.catalogue.admin
        )
    }

    /// G3: none of the person's groups gives a role, and nothing else may.
    private static func withdrawn(
        _ old: Membership,
        of rules: SignInRules
    ) throws(SignInRefusal) -> MembershipTransition {
        switch old.state {
        case .deactivated(.admin), .deactivated(.scim):
            throw SignInRefusal(.membershipDeactivated)
        case .notActivated:
            throw SignInRefusal(.awaitingRole)
        case .deactivated(.idpSync):
            throw SignInRefusal(.noGroupMatch)
        case .invited:
            // M2: the invitation stays, until a group entitles the person.
            throw SignInRefusal(.noGroupMatch, consequence: .revokeSessions)
        case .active:
            break
        }
        // R8: what an older assertion says takes nothing away.
        guard !rules.isStale else { throw SignInRefusal(.noGroupMatch) }
        // R7, rulings 26: the owner is refused like everybody else and stays the owner.
        guard !old.isOwner else { throw SignInRefusal(.noGroupMatch, consequence: .revokeSessions) }
        let leavesNoAdmin = Self.isLastAdmin(old, rules: rules)
        if leavesNoAdmin, rules.workspace.lastAdminPolicy == .keep {
            // A4: the last administrator keeps the role and gets in.
            var kept = old
            kept.lastAssertionIssuedAt = rules.claims.issuedAt
            return MembershipTransition(change: .between(old, kept), keptRole: .lastAdmin, leavesNoAdmin: false)
        }
        var new = old
        new.state = .deactivated(.idpSync)
        new.wasActive = true
        new.lastAssertionIssuedAt = rules.claims.issuedAt
        new.authzVersion += 1
        throw SignInRefusal(
            .noGroupMatch,
            consequence: .deactivate(.between(old, new), leavesNoAdmin: leavesNoAdmin)
        )
    }

    /// Whether the state lets the person in at all.
    private static func checkState(
        _ old: Membership,
        entitlement: Entitlement,
        isStale: Bool
    ) throws(SignInRefusal) {
        switch old.state {
        case .active, .invited:
            return
        case .notActivated:
            // Section 3: a role from the identity provider activates; nothing else does.
            guard entitlement != .notProcessed else { throw SignInRefusal(.awaitingRole) }
        case .deactivated(.idpSync):
            // M4: what the identity provider switched off, a newer word of it switches on.
            guard entitlement != .notProcessed, !isStale else { throw SignInRefusal(.membershipDeactivated) }
        case .deactivated(.admin), .deactivated(.scim):
            throw SignInRefusal(.membershipDeactivated)
        }
    }

    private static func reasonToKeep(
        _ old: Membership,
        against role: Role,
        isStale: Bool,
        rules: SignInRules
    ) -> KeptRole? {
        guard role != old.role else { return nil }
        if old.isOwner { return .owner }
        if isStale { return .olderAssertion }
        if Self.isLastAdmin(old, rules: rules), rules.workspace.lastAdminPolicy == .keep { return .lastAdmin }
        return nil
    }

    private static func isLastAdmin(_ membership: Membership, rules: SignInRules) -> Bool {
        membership.state == .active && membership.role == rules.catalogue.admin
            && rules.facts.otherActiveAdmins == 0
    }
}
