package import Workspaces

/// The one workspace that a store may touch.
///
/// Every store method takes it first. It becomes the transaction's `portico.workspace_id`, on which the row-level
/// security of every tenant table rests, so that a statement that forgets its WHERE finds nothing of other workspaces.
package struct WorkspaceScope: Hashable, Sendable {
    /// The workspace.
    package let workspaceID: WorkspaceID
    /// By whose right something is changed there.
    let authority: Authority

    /// A right to change something.
    package enum Authority: Hashable, Sendable {
        /// That of the caller, which nobody can lose: the operator's, or Portico's own.
        case caller
        /// An administrator's or the owner's, as long as this session lasts (behavior T6).
        case session(SessionID, administrator: Role)
        /// That of whoever opened a setup link, as long as the visit lasts.
        case visit(SecretTokenHash<SetupVisit>)
    }

    /// Makes a scope for a workspace that the caller has authority for: a stored request, a session or an operator
    /// chose it.
    ///
    /// - Parameters:
    ///   - workspaceID: The workspace.
    ///   - authority: What is asked for again, with the workspace locked, before anything is changed.
    package init(_ workspaceID: WorkspaceID, authority: Authority = .caller) {
        self.workspaceID = workspaceID
        self.authority = authority
    }
}
