/// What a decision about a member's place writes, all in one transaction.
package struct AssignmentOutcome: Hashable, Sendable {
    /// What happens to the assignment.
    package enum Write: Hashable, Sendable {
        /// It is made by hand, in a project with this role.
        case assign(ProjectRole)
        /// It is taken away.
        case withdraw
        /// It stays as it is.
        case nothing
    }

    /// Whose it is.
    package let member: Membership
    /// What happens to the assignment.
    package let write: Write
    /// What happens to the member's open sessions.
    package let sessionEffects: [SessionEffect]
    /// What the audit log says; empty when nothing changed.
    package let events: [AuditEvent]

    /// Puts the parts together.
    init(member: Membership, write: Write, sessionEffects: [SessionEffect] = [], events: [AuditEvent] = []) {
        self.member = member
        self.write = write
        self.sessionEffects = sessionEffects
        self.events = events
    }
}
