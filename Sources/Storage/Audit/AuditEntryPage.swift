/// A part of an audit log as it is stored, newest first.
package struct AuditEntryPage: Hashable, Sendable {
    /// The events with their links.
    package let entries: [AuditEntry]
    /// Where older ones go on; `nil` where there are none.
    package let next: Int?
}
