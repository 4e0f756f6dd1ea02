/// What claiming a domain writes, all in one transaction.
package struct DomainClaimOutcome: Hashable, Sendable {
    /// The claim.
    package let claim: ClaimedDomain
    /// What the audit log says.
    package let events: [AuditEvent]
}
