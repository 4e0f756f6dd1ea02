/// What membership in groups gives in a workspace (behavior G1).
package struct GroupMappings: Hashable, Sendable {
    /// The role of the workspace that a group gives: one at most for each group.
    package var roles: [GroupName: Role]
    /// The spaces that a group opens.
    package var spaces: [GroupName: Set<SpaceID>]
    /// The projects that a group opens, and as what.
    package var projects: [GroupName: [ProjectID: ProjectRole]]
    /// The names of spaces for human eyes, of those that have one.
    package var spaceTitles: [SpaceID: String]
    /// The names of projects for human eyes, of those that have one.
    package var projectTitles: [ProjectID: String]

    /// Puts mappings together.
    package init(
        roles: [GroupName: Role] = [:],
        spaces: [GroupName: Set<SpaceID>] = [:],
        projects: [GroupName: [ProjectID: ProjectRole]] = [:],
        spaceTitles: [SpaceID: String] = [:],
        projectTitles: [ProjectID: String] = [:]
    ) {
        self.roles = roles
        self.spaces = spaces
        self.projects = projects
        self.spaceTitles = spaceTitles
        self.projectTitles = projectTitles
    }

    /// The groups that are mapped to anything.
    package var groups: Set<GroupName> {
        Set(self.roles.keys).union(self.spaces.keys).union(self.projects.keys)
    }

    /// The highest role that one of the groups gives; a role that the installation no longer has gives nothing.
    func role(of groups: Set<GroupName>, in catalogue: RoleCatalogue) -> Role? {
        catalogue.highest(of: groups.compactMap { self.roles[$0] })
    }

    /// The spaces that the groups open.
    func spaces(of groups: Set<GroupName>) -> Set<SpaceID> {
        groups.reduce(into: []) { $0.formUnion(self.spaces[$1] ?? []) }
    }

    /// The projects that the groups open, each with the highest role.
    func projects(of groups: Set<GroupName>) -> [ProjectID: ProjectRole] {
        var projects: [ProjectID: ProjectRole] = [:]
        for group in groups {
            for (project, role) in self.projects[group] ?? [:] {
                projects[project] = ProjectRole.highest(of: [role] + (projects[project].map { [$0] } ?? []))
            }
        }
        return projects
    }
}
