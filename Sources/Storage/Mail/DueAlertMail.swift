package import FoundationEssentials
package import Workspaces

/// A mail about an event that a node has taken, to send it or to find out whom it concerns.
package struct DueAlertMail: Hashable, Sendable {
    /// The workspace that the event belongs to.
    package let scope: WorkspaceScope
    /// The identifier of the mail, the same for every attempt.
    package let mailID: UUID
    /// Whom it is for; `nil` while nobody has looked whom the event concerns.
    package let userID: UserID?
}
