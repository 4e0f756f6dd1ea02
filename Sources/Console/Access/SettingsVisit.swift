import GatewayHTTP
import Storage
import Workspaces

/// One request to the settings that was let in: by whom, to which workspace.
struct SettingsVisit: Sendable {
    /// Who asks.
    let visitor: SettingsVisitor
    /// The workspace as it is now.
    let configured: ConfiguredWorkspace
    /// What forms must carry.
    let csrf: CSRFToken

    /// The one workspace that the visitor may see.
    var scope: WorkspaceScope { WorkspaceScope(self.configured.workspace.id) }
}
