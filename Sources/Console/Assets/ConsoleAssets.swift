import GatewayHTTP
import Hummingbird

/// The stylesheet and the script of the settings, beside what every page of Portico has.
struct ConsoleAssets: Sendable {
    /// The path of the stylesheet of every page.
    let stylesheetPath: String
    /// The path of the icon.
    let iconPath: String
    private let own: StaticAsset
    private let script: StaticAsset

    init(pages: PageRenderer) {
        self.stylesheetPath = pages.assets.stylesheetPath
        self.iconPath = pages.assets.iconPath
        self.own = StaticAsset(site: pages.site, name: "settings", kind: .stylesheet, text: ConsoleStylesheet.text)
        self.script = StaticAsset(site: pages.site, name: "settings", kind: .script, text: ConsoleScript.text)
    }

    /// The path of the settings' own stylesheet.
    var ownStylesheetPath: String { self.own.path }
    /// The path of the script.
    var scriptPath: String { self.script.path }

    /// Serves the files that are the settings' own.
    func addRoutes(to router: Router<GatewayRequestContext>) {
        for asset in [self.own, self.script] { asset.addRoute(to: router) }
    }
}
