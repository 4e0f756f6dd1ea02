package import FoundationEssentials
package import Workspaces

/// One line of the operator's list of workspaces.
package struct WorkspaceSummary: Hashable, Sendable {
    /// The workspace.
    package let workspace: Workspace
    /// Whether its people can sign in with SAML; `nil` when it has no identity provider yet.
    package let samlEnabled: Bool?
    /// When the first of its certificates ends.
    package let firstCertificateEnd: Date?
    /// How many domains it has claimed.
    package let domains: Int
    /// How many active members it has.
    package let activeMembers: Int
    /// When it was made.
    package let createdAt: Date
}
