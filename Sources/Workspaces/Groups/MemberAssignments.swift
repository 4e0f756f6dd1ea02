/// The groups, spaces and projects of a member.
package struct MemberAssignments: Hashable, Sendable {
    /// A project of a member.
    package struct Project: Hashable, Sendable {
        /// What the member is in it.
        package let role: ProjectRole
        /// What put the member there.
        package let source: AssignmentSource

        /// Makes an assignment.
        package init(role: ProjectRole, source: AssignmentSource) {
            self.role = role
            self.source = source
        }
    }

    /// The groups that the identity provider named last and that are mapped to something.
    package var groups: Set<GroupName>
    /// The spaces, and what put the member there.
    package var spaces: [SpaceID: AssignmentSource]
    /// The projects.
    package var projects: [ProjectID: Project]

    /// Puts assignments together.
    package init(
        groups: Set<GroupName> = [],
        spaces: [SpaceID: AssignmentSource] = [:],
        projects: [ProjectID: Project] = [:]
    ) {
        self.groups = groups
        self.spaces = spaces
        self.projects = projects
    }

    /// The groups as a session has them, in a fixed order.
    package var groupNames: [String] { Self.ordered(self.groups.map(\.value)) }

    /// The spaces as a session has them, in a fixed order.
    package var spaceNames: [String] { Self.ordered(self.spaces.keys.map(\.value)) }

    /// The projects as a session has them, in a fixed order.
    package var projectAssignments: [ProjectAssignment] {
        self.projects.map { ProjectAssignment(id: $0.key.value, role: $0.value.role.role) }
            .sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    private static func ordered(_ names: [String]) -> [String] {
        names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
