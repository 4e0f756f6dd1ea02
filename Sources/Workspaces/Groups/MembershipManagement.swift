/// Who says which role, spaces and projects members have (behavior A1).
package struct MembershipManagement: Hashable, Sendable {
    /// The one whose word counts last.
    package enum Manager: String, Hashable, Sendable, CaseIterable {
        /// Administrators too; the identity provider adds what it says.
        case administrators
        /// The identity provider alone.
        case identityProvider = "idp"
    }

    /// Who manages roles, where the workspace does not say.
    package var roles: Manager
    /// Who manages spaces.
    package var spaces: Manager
    /// Who manages the members of projects.
    package var projectMembers: Manager

    /// Makes the settings; what is not given is for administrators, as the installation has it unless told otherwise.
    package init(
        roles: Manager = .administrators,
        spaces: Manager = .administrators,
        projectMembers: Manager = .administrators
    ) {
        self.roles = roles
        self.spaces = spaces
        self.projectMembers = projectMembers
    }

    /// Who manages the roles of a workspace, which may say it itself.
    package func roleManager(of workspace: Workspace) -> Manager {
        workspace.roleManager ?? self.roles
    }
}
