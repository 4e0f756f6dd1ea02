import GatewayHTTP
import Workspaces

/// What the form below the list of people sets.
struct RoleRules: Hashable {
    let manager: RoleManagerChoice
    let lastAdmin: LastAdminPolicy

    /// What a workspace has.
    init(_ workspace: Workspace) {
        self.manager = RoleManagerChoice(workspace.roleManager)
        self.lastAdmin = workspace.lastAdminPolicy
    }

    /// Reads what was chosen, or with `seen.` before each name what the form was made of.
    init(_ form: Form, _ prefix: String = "") throws {
        guard let manager = RoleManagerChoice(rawValue: try form.value(prefix + "role_manager")),
            let lastAdmin = LastAdminPolicy(rawValue: try form.value(prefix + "last_admin"))
        else { throw GatewayError(.formInvalid) }
        self.manager = manager
        self.lastAdmin = lastAdmin
    }
}
