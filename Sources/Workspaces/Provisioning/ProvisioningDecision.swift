package import FoundationEssentials
internal import SAML

/// Decides what a checked assertion does in the workspace that is being signed in to: steps 12 to 15 of behavior V.
///
///     assertion ── AssertedIdentity (11) ──┐
///     rows of this workspace ── facts ─────┤
///                                          ▼
///       domain or guest (12) → roles (13) → entitlement (13, 14) → membership (14) → seat (15) → outcome
///                 │               │               │                     │             │
///                 └───────────────┴── refused, with the latch and the revocation that rulings 2 allows
///
/// The decision sees one workspace only: facts about another have no way in, changes to another no way out (X1).
package struct ProvisioningDecision: Sendable {
    let identity: AssertedIdentity
    let facts: SignInFacts
    let intent: SignInIntent
    let catalogue: RoleCatalogue
    let now: Date

    var workspace: Workspace { self.facts.configured.workspace }

    /// Decides a sign-in.
    ///
    /// - Parameters:
    ///   - identity: The person that the assertion names.
    ///   - facts: The workspace and what it knows of that person; a membership must be of the same address.
    ///   - intent: What the person asked for, from the stored request.
    ///   - catalogue: The roles of the installation.
    ///   - now: The present, which becomes the time of events and of the latch.
    /// - Returns: The outcome, to be applied in the transaction that the facts were read in.
    package static func decide(
        identity: AssertedIdentity,
        facts: SignInFacts,
        intent: SignInIntent,
        catalogue: RoleCatalogue,
        now: Date
    ) -> ProvisioningOutcome {
        precondition(facts.membership.map { $0.email == identity.email } ?? true, "facts about somebody else")
        let decision = ProvisioningDecision(
            identity: identity,
            facts: facts,
            intent: intent,
            catalogue: catalogue,
            now: now
        )
        do throws(SignInRefusal) {
            try DomainRule.check(identity.email, membership: facts.membership, configured: facts.configured)
            return try decision.afterDomain()
        } catch {
            return decision.refused(error, reading: nil)
        }
    }

    private func afterDomain() throws(SignInRefusal) -> ProvisioningOutcome {
        let reading = RolesAttribute.read(of: self.identity, in: self.workspace, catalogue: self.catalogue)
        do throws(SignInRefusal) {
            try self.checkGroups()
            let entitlement = try self.entitlement(reading)
            try InvitationRule.check(self.facts)
            let transition = try MembershipTransition.transition(for: entitlement, of: self)
            try SeatRule.check(from: self.facts.membership, to: transition.membership, facts: self.facts)
            return self.accepted(transition, entitlement: entitlement, reading: reading)
        } catch {
            return self.refused(error, reading: reading)
        }
    }

    /// The `roles` attribute comes first; where it is not processed, the groups are asked (behavior G3, Q16).
    private func entitlement(_ reading: RolesAttribute.Reading?) throws(SignInRefusal) -> Entitlement {
        let asserted = try EntitlementRule.entitlement(
            reading,
            membership: self.facts.membership,
            workspace: self.workspace
        )
        guard asserted == .notProcessed else { return asserted }
        return GroupRoleRule.entitlement(
            self.groups,
            facts: self.facts.groups,
            workspace: self.workspace,
            catalogue: self.catalogue
        )
    }

    /// Groups that are too many are refused rather than cut: what is left out would take a role or a project away.
    private func checkGroups() throws(SignInRefusal) {
        let assignments = GroupSynchronization.assignments(self.groups, facts: self.facts.groups)
        guard !self.identity.hasTooManyGroups, assignments.length <= MemberAssignments.maximumLength else {
            throw SignInRefusal(.rolesTooLarge)
        }
    }

    /// The groups that the assertion names (behavior G2).
    var groups: Set<GroupName> { self.identity.groups }

    /// Whether a newer assertion was applied to the membership before (behavior R8).
    var isStale: Bool {
        let issuedAt = self.identity.assertion.issueInstant
        return self.facts.membership?.lastAssertionIssuedAt.map { issuedAt < $0 } ?? false
    }
}
