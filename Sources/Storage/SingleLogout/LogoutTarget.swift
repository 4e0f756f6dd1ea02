package import SAML
package import Workspaces

/// A workspace for which a logout request passed every rule.
package struct LogoutTarget: Hashable, Sendable {
    /// The workspace.
    package let scope: WorkspaceScope
    /// The name by which the identity provider knows it.
    package let serviceProvider: EntityID

    /// Names the workspace whose certificates verified the request.
    package init(_ workspace: Workspace) {
        self.scope = WorkspaceScope(workspace.id)
        self.serviceProvider = workspace.spIssuer
    }
}
