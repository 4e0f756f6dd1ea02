/// What an administrative decision about a person writes, all in one transaction.
package struct MemberAdministrationOutcome: Hashable, Sendable {
    /// What happens to the membership.
    package enum Write: Hashable, Sendable {
        /// The row is written, if it changed.
        case save(MembershipChange)
        /// The row is deleted; the audit log stays.
        case remove(Membership)
    }

    /// What happens to the membership.
    package let write: Write
    /// What happens to the person's open sessions.
    package let sessionEffects: [SessionEffect]
    /// What the audit log says; empty when nothing changed.
    package let events: [AuditEvent]
    /// The link that an invitation got; `nil` where nobody is invited.
    package var invitation: InvitationLink?
    /// The mail that has to be sent to whoever is invited; `nil` where none is.
    package var invitationMail: InvitationMail?

    /// The membership as it is afterwards; `nil` once removed.
    package var membership: Membership? {
        switch self.write {
        case .save(let change): change.membership
        case .remove: nil
        }
    }
}
