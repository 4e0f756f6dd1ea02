/// What a checked assertion comes to: a member to sign in, or a refusal.
///
/// Whoever applies it writes the change, the effects and the events in the transaction that the facts were read in.
package enum ProvisioningOutcome: Hashable, Sendable {
    /// The person is an active member with a role afterwards and gets a session.
    case accepted(MembershipChange, effects: [SignInEffect], events: [AuditEvent])
    /// Nobody is signed in.
    case refused(RefusalCode, effects: [SignInEffect], events: [AuditEvent])
}
