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

    /// Reads a row of the listing.
    init(
        workspace: Workspace, samlEnabled: Bool?, firstCertificateEnd: Date?, domains: Int, activeMembers: Int,
        createdAt: Date
    ) {
        self.workspace = workspace
        self.samlEnabled = samlEnabled
        self.firstCertificateEnd = firstCertificateEnd
        self.domains = domains
        self.activeMembers = activeMembers
        self.createdAt = createdAt
    }
}
