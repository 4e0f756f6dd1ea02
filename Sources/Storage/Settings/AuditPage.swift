package import Workspaces

/// A part of an audit log, newest event first.
package struct AuditPage: Hashable, Sendable {
    /// The events that this version can read.
    package let events: [AuditEvent]
    /// The numbers of the others: somebody other than Portico wrote them, or a newer version.
    package let unreadable: [Int]
    /// Where older events go on; `nil` when there are none.
    package let next: Int?
}
