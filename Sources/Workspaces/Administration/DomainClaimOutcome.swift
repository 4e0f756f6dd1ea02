/// What claiming a domain writes, all in one transaction.
package struct DomainClaimOutcome: Hashable, Sendable {
    /// The claim.
    package let claim: ClaimedDomain
    /// What the audit log says.
    package let events: [AuditEvent]

    /// The claim as a difference of the workspace's settings.
    package var difference: SettingDifference? {
        SettingDifference("domains", from: nil, to: self.claim.domain.value)
    }
}
