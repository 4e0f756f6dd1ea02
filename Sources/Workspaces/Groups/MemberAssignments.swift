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

    /// The greatest length of all three as header values, in bytes: what is left of the 16 KiB for a whole head that
    /// common servers take, beside a token that has the groups once more.
    package static let maximumLength = 8_192

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

    /// How long all three are as header values, where bytes outside of visible ASCII and separators take three.
    package var length: Int {
        let names = self.groups.map(\.value) + self.spaces.keys.map(\.value)
        let projects = self.projects.map { Self.length($0.key.value) + $0.value.role.rawValue.utf8.count + 2 }
        return names.reduce(0) { $0 + Self.length($1) + 1 } + projects.reduce(0, +)
    }

    private static func length(_ text: String) -> Int {
        text.utf8.reduce(0) { length, byte in
            let isPlain = byte > 0x20 && byte < 0x7F && !"%,:".utf8.contains(byte)
            return length + (isPlain ? 1 : 3)
        }
    }

    private static func ordered(_ names: [String]) -> [String] {
        names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
