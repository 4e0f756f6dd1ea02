package import Workspaces

/// The one workspace that a store may touch.
///
/// Every store method takes it first. It becomes the transaction's `portico.workspace_id`, on which the row-level
/// security of every tenant table rests, so that a statement that forgets its WHERE finds nothing of other workspaces.
package struct WorkspaceScope: Hashable, Sendable {
    /// The workspace.
    package let workspaceID: WorkspaceID

    /// Makes a scope for a workspace that the caller has authority for: a stored request, a session or an operator
    /// chose it.
    package init(_ workspaceID: WorkspaceID) {
        self.workspaceID = workspaceID
    }
}
