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
    /// The one workspace that the visitor may see, and change as long as they may.
    let scope: WorkspaceScope

    /// Takes a visitor who was let in.
    ///
    /// - Parameters:
    ///   - visitor: Who asks.
    ///   - configured: The workspace as it is now.
    ///   - csrf: What forms must carry.
    ///   - catalogue: The roles of the installation.
    init(visitor: SettingsVisitor, configured: ConfiguredWorkspace, csrf: CSRFToken, catalogue: RoleCatalogue) {
        self.visitor = visitor
        self.configured = configured
        self.csrf = csrf
        let authority: WorkspaceScope.Authority =
            switch visitor {
            case .member(let session, _): .session(session.id, administrator: catalogue.admin)
            case .setup(let visit): .visit(visit.tokenHash)
            }
        self.scope = WorkspaceScope(configured.workspace.id, authority: authority)
    }

    private init(_ other: SettingsVisit, configured: ConfiguredWorkspace) {
        self.visitor = other.visitor
        self.configured = configured
        self.csrf = other.csrf
        self.scope = other.scope
    }

    /// The same request, with the workspace as somebody else has saved it meanwhile.
    func seeing(_ current: ConfiguredWorkspace) -> SettingsVisit {
        SettingsVisit(self, configured: current)
    }
}
