package import Workspaces

/// A part of an audit log, newest event first.
package struct AuditPage: Hashable, Sendable {
    /// The events.
    package let events: [AuditEvent]
    /// Where older events go on; `nil` when there are none.
    package let next: Int?
}
