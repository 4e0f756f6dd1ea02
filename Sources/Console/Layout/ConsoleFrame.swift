import GatewayHTTP
import Workspaces

/// What surrounds every page of the settings: the names that the layout uses.
struct ConsoleFrame {
    /// An entry of the navigation.
    struct Item {
        let title: String
        let path: String
        let icon: String
        let isCurrent: Bool
    }

    let host: String
    let stylesheetPath: String
    let ownStylesheetPath: String
    let scriptPath: String
    let iconPath: String
    let workspaceName: String
    let companyID: String
    let items: [Item]
    let csrf: String
    let email: String?
    let visitEnd: String?
    let leavePath: String
    /// Where a form is sent that gives up what was kept.
    let forgetPath: String
    let signOutPath: String

    /// The frame of a page that a visitor sees.
    init(_ visit: SettingsVisit, page: ConsolePath, renderer: ConsoleRenderer) {
        let site = renderer.site
        self.host = site.host
        self.stylesheetPath = renderer.assets.stylesheetPath
        self.ownStylesheetPath = renderer.assets.ownStylesheetPath
        self.scriptPath = renderer.assets.scriptPath
        self.iconPath = renderer.assets.iconPath
        self.workspaceName = visit.configured.workspace.name
        self.companyID = visit.configured.workspace.companyID.value
        self.items = ConsolePath.allCases.filter { visit.visitor.seesPeople || !$0.isAboutPeople }
            .map { item in
                Item(
                    title: item.title,
                    path: item.path(at: site),
                    icon: item.icon,
                    isCurrent: item == page
                )
            }
        self.csrf = visit.csrf.text
        switch visit.visitor {
        case .member(let session, _):
            self.email = session.email.value
            self.visitEnd = nil
        case .setup(let setupVisit):
            self.email = nil
            self.visitEnd = ReadableDate.time(setupVisit.expiresAt)
        }
        self.leavePath = site.settingsPath + "/leave"
        self.forgetPath = site.settingsPath + "/forget"
        self.signOutPath = site.signOutPath
    }
}
