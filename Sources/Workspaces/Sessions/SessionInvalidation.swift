/// What other nodes must stop trusting: the payload of a notification on the channel `portico_sessions`.
///
/// A cached session that is named is dropped and loaded again at its next request; one that was revoked is not found
/// then (behavior S2, S3).
package enum SessionInvalidation: Hashable, Sendable {
    /// One session.
    case session(SessionID)
    /// Every session of a person in a workspace.
    case member(WorkspaceID, UserID)
    /// Every session of a workspace.
    case workspace(WorkspaceID)

    /// The channel that the notifications are sent on.
    package static let channel = "portico_sessions"

    /// The text of the notification, such as `session 6f…` or `member 6f… 0c…`.
    package var payload: String {
        switch self {
        case .session(let id): "session \(id)"
        case .member(let workspaceID, let userID): "member \(workspaceID) \(userID)"
        case .workspace(let id): "workspace \(id)"
        }
    }

    /// Reads the text of a notification.
    ///
    /// - Returns: `nil` for a text that ``payload`` never makes; whoever gets one drops every cached session.
    package init?(payload: String) {
        let words = payload.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        switch (words.first, words.count) {
        case ("session", 2):
            guard let id = SessionID(words[1]) else { return nil }
            self = .session(id)
        case ("member", 3):
            guard let workspaceID = WorkspaceID(words[1]), let userID = UserID(words[2]) else { return nil }
            self = .member(workspaceID, userID)
        case ("workspace", 2):
            guard let id = WorkspaceID(words[1]) else { return nil }
            self = .workspace(id)
        case _:
            return nil
        }
    }
}
