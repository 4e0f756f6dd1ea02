package import Workspaces

/// Whose passphrase a link sets, and where.
package struct PassphraseLinkHolder: Sendable {
    /// The workspace.
    package let scope: WorkspaceScope
    /// The person.
    package let membership: Membership
}
