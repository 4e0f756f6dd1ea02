package import FoundationEssentials

/// What the newest sign-in of a member would come to now, with other mappings: the decision of a sign-in, of which nothing is
/// written (behavior D, R, G, M).
package struct GroupPreview: Hashable, Sendable {
    /// Why a member keeps a role although the identity provider names another.
    package enum KeptRole: Hashable, Sendable {
        /// The owner's role is not the identity provider's to give or take (R7).
        case owner
        /// The last administrator is protected (A4).
        case lastAdmin
    }

    /// Why the person would be turned away; `nil` where they come in.
    package let refusal: RefusalCode?
    /// The membership as it is.
    package let before: Membership
    /// The membership as it would be.
    package let after: Membership
    /// Why the role would stay although another one is named.
    package let keptRole: KeptRole?
    /// The groups that are mapped to something.
    package let mapped: [GroupName]
    /// The groups that are mapped to nothing.
    package let unmapped: [GroupName]
    /// Everything that the person has.
    package let assignmentsBefore: MemberAssignments
    /// Everything that the person would have.
    package let assignmentsAfter: MemberAssignments

    /// Looks what would come of a sign-in; `nil` for somebody who is no member.
    ///
    /// - Parameters:
    ///   - seen: What is kept of the sign-in.
    ///   - facts: The workspace and what it knows of the person now.
    ///   - mappings: Every mapping of the workspace, as it is or as somebody would have it.
    ///   - catalogue: The roles of the installation.
    ///   - now: The present.
    package init?(
        _ seen: SeenSignIn,
        facts: SignInFacts,
        mappings: GroupMappings,
        catalogue: RoleCatalogue,
        now: Date
    ) {
        guard let membership = facts.membership else { return nil }
        var facts = facts
        facts.groups.mappings = mappings
        facts.groups.mapsRoles = !mappings.roles.isEmpty
        let rules = SignInRules(
            claims: SignInClaims(
                seen: seen,
                of: membership,
                in: facts.configured.workspace,
                catalogue: catalogue,
                now: now
            ),
            facts: facts,
            intent: .signIn,
            catalogue: catalogue
        )
        self.before = membership
        self.assignmentsBefore = facts.groups.assignments
        do throws(SignInRefusal) {
            try rules.checkDomain()
            let transition = try rules.transition().0
            self.refusal = nil
            self.after = transition.membership
            self.keptRole =
                switch transition.keptRole {
                case .owner: .owner
                case .lastAdmin: .lastAdmin
                case .olderAssertion, nil: nil
                }
            self.assignmentsAfter = rules.assignments
        } catch {
            self.refusal = error.code
            self.after =
                if case .deactivate(let change, _) = error.consequence { change.membership } else { membership }
            self.keptRole = nil
            self.assignmentsAfter = facts.groups.assignments
        }
        let known = mappings.groups
        let sorted = seen.groups.sorted { $0.value.utf8.lexicographicallyPrecedes($1.value.utf8) }
        self.mapped = sorted.filter { known.contains($0) }
        self.unmapped = sorted.filter { !known.contains($0) }
    }
}
