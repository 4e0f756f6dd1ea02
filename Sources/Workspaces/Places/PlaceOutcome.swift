/// What a decision about a space or a project writes, all in one transaction.
package struct PlaceOutcome: Hashable, Sendable {
    /// What happens to its row.
    package enum Write: Hashable, Sendable {
        /// It is made.
        case insert(title: String?)
        /// It gets a name, or loses it.
        case retitle(String?)
        /// It is deleted.
        case delete
        /// It stays as it is.
        case nothing
    }

    /// What happens to its row.
    package let write: Write
    /// What the audit log says; empty when nothing changed.
    package let events: [AuditEvent]
}
