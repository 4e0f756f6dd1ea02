package import Workspaces

/// Everything that is kept about one person of a workspace.
package struct MemberDetail: Hashable, Sendable {
    /// The person as in the list.
    package let entry: MemberEntry
    /// The mapped groups that the identity provider named last.
    package let groups: [String]
    /// The spaces that are open to the person.
    package let spaces: [String]
    /// The projects that are open to the person, each with the role there.
    package let projects: [ProjectAssignment]
}
