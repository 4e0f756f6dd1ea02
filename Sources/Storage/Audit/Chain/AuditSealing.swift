package import Workspaces

/// What sealing a batch of events came to.
package struct AuditSealing: Hashable, Sendable {
    /// Both ends of the chain.
    package let head: AuditHead
    /// How many events were sealed.
    package let count: Int
    /// Whether more events may wait.
    package let goesOn: Bool
}
