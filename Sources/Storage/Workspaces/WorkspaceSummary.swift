package import FoundationEssentials
package import Workspaces

/// One line of the operator's list of workspaces.
package struct WorkspaceSummary: Hashable, Sendable {
    /// The workspace.
    package let workspace: Workspace
    /// Whether its people can sign in with SAML; `nil` when it has no identity provider yet.
    package let samlEnabled: Bool?
    /// Whether it has a logout URL that is not used, because another workspace of its SP issuer trusts other keys.
    package let logoutIsLocal: Bool
    /// When its certificates end, the first first.
    package let certificateEnds: [Date]
    /// Why the last refresh of its metadata failed; `nil` when it did not, or where there is none.
    package let metadataProblem: String?
    /// The instant from which the metadata that was fetched last must not be used any more.
    package let metadataValidUntil: Date?
    /// How many certificates of its metadata wait for an administrator.
    package let waitingProposals: Int
    /// How many domains it has claimed.
    package let domains: Int
    /// How many active members it has.
    package let activeMembers: Int
    /// When it was made.
    package let createdAt: Date
}
