/// What somebody wants groups to give; a list that is `nil` stays as it is, and one that is given takes the place of the
/// old one (behavior T8, G1).
package struct GroupMappingsChange: Hashable, Sendable {
    /// A group that gives a role of the workspace.
    package struct RoleEntry: Hashable, Sendable {
        /// The group's name.
        package let group: String
        /// The role's name.
        package let role: String

        /// Makes an entry.
        package init(group: String, role: String) {
            self.group = group
            self.role = role
        }
    }

    /// A group that opens a space.
    package struct SpaceEntry: Hashable, Sendable {
        /// The group's name.
        package let group: String
        /// The identifier of the space, which is made if it is not there.
        package let space: String
        /// The name of the space for human eyes.
        package let title: String?

        /// Makes an entry.
        package init(group: String, space: String, title: String? = nil) {
            self.group = group
            self.space = space
            self.title = title
        }
    }

    /// A group that opens a project.
    package struct ProjectEntry: Hashable, Sendable {
        /// The group's name.
        package let group: String
        /// The upstream's identifier of the project.
        package let project: String
        /// `LABELER`, `REVIEWER` or `Inherit`.
        package let role: String
        /// The name of the project for human eyes.
        package let title: String?

        /// Makes an entry.
        package init(
            group: String,
            project: String,
            role: String = ProjectRole.inherit.rawValue,
            title: String? = nil
        ) {
            self.group = group
            self.project = project
            self.role = role
            self.title = title
        }
    }

    /// The roles.
    package var roles: [RoleEntry]?
    /// The spaces.
    package var spaces: [SpaceEntry]?
    /// The projects.
    package var projects: [ProjectEntry]?

    /// Makes a change; what is not given stays as it is.
    package init(roles: [RoleEntry]? = nil, spaces: [SpaceEntry]? = nil, projects: [ProjectEntry]? = nil) {
        self.roles = roles
        self.spaces = spaces
        self.projects = projects
    }
}
