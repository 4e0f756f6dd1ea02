package import Workspaces

/// Somebody who is in a space or a project.
package struct PlaceMember: Hashable, Sendable {
    /// The person.
    package let membership: Membership
    /// What the person is in a project; `nil` in a space.
    package let role: ProjectRole?
    /// What put the person there.
    package let source: AssignmentSource
}
