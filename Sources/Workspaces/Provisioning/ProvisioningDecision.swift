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
    let rules: SignInRules
    let now: Date

    var facts: SignInFacts { self.rules.facts }
    var workspace: Workspace { self.rules.workspace }

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
        let claims = SignInClaims(identity, in: facts.configured.workspace, catalogue: catalogue)
        let rules = SignInRules(claims: claims, facts: facts, intent: intent, catalogue: catalogue)
        let decision = ProvisioningDecision(identity: identity, rules: rules, now: now)
        do throws(SignInRefusal) {
            try rules.checkDomain()
        } catch {
            return decision.refused(error, reading: nil)
        }
        do throws(SignInRefusal) {
            let (transition, entitlement) = try rules.transition()
            return decision.accepted(transition, entitlement: entitlement, reading: claims.roles)
        } catch {
            return decision.refused(error, reading: claims.roles)
        }
    }
}
