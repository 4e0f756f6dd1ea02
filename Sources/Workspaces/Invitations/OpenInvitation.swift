/// An invitation whose link somebody opened, before anybody knows who that is.
package struct OpenInvitation: Hashable, Sendable {
    /// The workspace that it is to.
    package let workspaceID: WorkspaceID
    /// Whom it is for.
    package let userID: UserID

    /// Takes an invitation that is kept.
    package init(workspaceID: WorkspaceID, userID: UserID) {
        self.workspaceID = workspaceID
        self.userID = userID
    }
}
