import GatewayHTTP
import Workspaces

/// What the page of a setup link shows before it is redeemed.
struct SetupPage {
    let host: String
    let stylesheetPath: String
    let iconPath: String
    let workspaceName: String
    let companyID: String
    let action: String
    let hours: Int

    init(_ workspace: Workspace, token: SecretToken<SetupLink>, renderer: ConsoleRenderer) {
        self.host = renderer.site.host
        self.stylesheetPath = renderer.assets.stylesheetPath
        self.iconPath = renderer.assets.iconPath
        self.workspaceName = workspace.name
        self.companyID = workspace.companyID.value
        self.action = renderer.site.setupPath + "/" + token.text
        self.hours = Int(SetupVisit.length.components.seconds / 3600)
    }
}
