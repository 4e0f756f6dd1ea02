/// What looking for a domain's record comes to, all to be written in one transaction.
package struct DomainCheckOutcome: Hashable, Sendable {
    /// What happens to the domain of the workspace.
    package enum Effect: Hashable, Sendable {
        /// Nothing.
        case nothing
        /// It is claimed from now on, or again.
        case claim
        /// Nobody new comes in from it any more; members stay (behavior D5).
        case lapse
    }

    /// The claim afterwards.
    package let claim: DomainClaim
    /// What happens to the domain of the workspace.
    package let effect: Effect
    /// What the audit log says.
    package let events: [AuditEvent]
}
