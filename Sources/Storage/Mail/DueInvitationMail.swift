package import FoundationEssentials
package import Workspaces

/// A mail that a node has taken to send.
package struct DueInvitationMail: Hashable, Sendable {
    /// The workspace that the invitation is to.
    package let scope: WorkspaceScope
    /// Whom it is for.
    package let userID: UserID
    /// The identifier of the mail, the same for every attempt.
    package let mailID: UUID
}
