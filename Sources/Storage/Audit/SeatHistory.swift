package import Workspaces

/// Who took seats of a workspace lately, and who found none.
package struct SeatHistory: Hashable, Sendable {
    /// The newest ways into ACTIVE, newest first.
    package let taken: [AuditEvent]
    /// The newest sign-ins that were refused for want of a seat, newest first.
    package let refused: [AuditEvent]
}
