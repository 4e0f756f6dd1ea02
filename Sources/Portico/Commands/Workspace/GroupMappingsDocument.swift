import Workspaces

/// What groups give, as `workspace show` writes it: the keys of `workspace apply`.
struct GroupMappingsDocument: Encodable {
    /// A group that gives a role.
    struct RoleMapping: Encodable {
        let group: String
        let role: String
    }

    /// A group that opens a space.
    struct SpaceMapping: Encodable {
        let group: String
        let space: String
        let title: String?
    }

    /// A group that opens a project.
    struct ProjectMapping: Encodable {
        let group: String
        let project: String
        let role: String
        let title: String?
    }

    let roles: [RoleMapping]
    let spaces: [SpaceMapping]
    let projects: [ProjectMapping]

    init(_ mappings: GroupMappings) {
        self.roles = mappings.roles.map { RoleMapping(group: $0.key.value, role: $0.value.name) }
            .sorted { $0.group < $1.group }
        self.spaces = mappings.spaces
            .flatMap { group, spaces in
                spaces.map {
                    SpaceMapping(group: group.value, space: $0.value, title: mappings.spaceTitles[$0])
                }
            }
            .sorted { ($0.group, $0.space) < ($1.group, $1.space) }
        self.projects = mappings.projects
            .flatMap { group, projects in
                projects.map { project, role in
                    ProjectMapping(
                        group: group.value,
                        project: project.value,
                        role: role.rawValue,
                        title: mappings.projectTitles[project]
                    )
                }
            }
            .sorted { ($0.group, $0.project) < ($1.group, $1.project) }
    }

    /// The mappings for people.
    var fields: [(name: String, value: String)] {
        self.roles.map { ("group \($0.group)", "gives \($0.role)") }
            + self.spaces.map { ("group \($0.group)", "opens the space \($0.title ?? $0.space)") }
            + self.projects.map { ("group \($0.group)", "opens the project \($0.title ?? $0.project) as \($0.role)") }
    }
}
