/// A project that a member may work on, by the upstream's opaque identifier (behavior G6).
package struct ProjectAssignment: Hashable, Sendable {
    /// The upstream's identifier.
    package let id: String
    /// The role within the project; `nil` where the workspace's role holds there too.
    package let role: Role?

    /// Makes an assignment.
    package init(id: String, role: Role?) {
        self.id = id
        self.role = role
    }
}
