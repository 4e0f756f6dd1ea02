internal import FoundationEssentials

/// The rules of a sign-in in their order, from the domain to the seat: steps 12 to 15 of behavior V.
///
/// Nothing is written here.
struct SignInRules: Sendable {
    let claims: SignInClaims
    let facts: SignInFacts
    let intent: SignInIntent
    let catalogue: RoleCatalogue

    var workspace: Workspace { self.facts.configured.workspace }

    /// Whether a newer assertion was applied to the membership before (behavior R8).
    var isStale: Bool {
        self.facts.membership?.lastAssertionIssuedAt.map { self.claims.issuedAt < $0 } ?? false
    }

    /// What the person has afterwards of groups, spaces and projects (behavior G4, G5).
    var assignments: MemberAssignments {
        GroupSynchronization.assignments(self.claims.groups, facts: self.facts.groups)
    }

    /// Step 12.
    func checkDomain() throws(SignInRefusal) {
        try DomainRule.check(self.claims.email, membership: self.facts.membership, configured: self.facts.configured)
    }

    /// Steps 13 to 15.
    ///
    /// - Returns: What becomes of the membership, and the role that it was decided by.
    func transition() throws(SignInRefusal) -> (MembershipTransition, Entitlement) {
        try self.checkGroups()
        let entitlement = try self.entitlement()
        try InvitationRule.check(self.facts)
        let transition = try MembershipTransition.transition(for: entitlement, of: self)
        try SeatRule.check(from: self.facts.membership, to: transition.membership, facts: self.facts)
        return (transition, entitlement)
    }

    /// The `roles` attribute comes first; where it is not processed, the groups are asked (behavior G3, Q16).
    private func entitlement() throws(SignInRefusal) -> Entitlement {
        let asserted = try EntitlementRule.entitlement(
            self.claims.roles,
            membership: self.facts.membership,
            workspace: self.workspace
        )
        guard asserted == .notProcessed else { return asserted }
        return GroupRoleRule.entitlement(
            self.claims.groups,
            facts: self.facts.groups,
            workspace: self.workspace,
            catalogue: self.catalogue
        )
    }

    /// Groups that are too many are refused rather than cut: what is left out would take a role or a project away.
    private func checkGroups() throws(SignInRefusal) {
        guard !self.claims.hasTooManyGroups, self.assignments.length <= MemberAssignments.maximumLength else {
            throw SignInRefusal(.rolesTooLarge)
        }
    }
}
