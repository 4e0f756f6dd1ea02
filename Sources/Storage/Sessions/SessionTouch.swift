package import FoundationEssentials
package import Workspaces

/// That a session was used: many of them are written together.
package struct SessionTouch: Hashable, Sendable {
    /// The workspace of the session.
    package let workspaceID: WorkspaceID
    /// The session.
    package let sessionID: SessionID
    /// The time of its newest request.
    package let lastSeenAt: Date

    /// Makes a note.
    package init(workspaceID: WorkspaceID, sessionID: SessionID, lastSeenAt: Date) {
        self.workspaceID = workspaceID
        self.sessionID = sessionID
        self.lastSeenAt = lastSeenAt
    }
}
