package import FoundationEssentials
package import Workspaces

/// The groups of a member's newest sign-in, and what the member has.
package struct SeenGroups: Hashable, Sendable {
    /// When the member signed in.
    package let seenAt: Date
    /// Every group that the identity provider named.
    package let groups: Set<GroupName>
    /// What the member has been assigned.
    package let assignments: MemberAssignments
}
