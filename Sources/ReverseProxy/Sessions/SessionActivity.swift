package import FoundationEssentials
package import Workspaces

/// When a session was last used, on its way to storage.
package struct SessionActivity: Sendable, Hashable {
    /// The session.
    package let sessionID: SessionID
    /// The workspace that the session belongs to.
    package let workspaceID: WorkspaceID
    /// The time of the last request.
    package let lastSeenAt: Date
}
