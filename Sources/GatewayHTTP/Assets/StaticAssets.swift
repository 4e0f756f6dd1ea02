package import Hummingbird

/// The stylesheet and the icon of every page.
package struct StaticAssets: Sendable {
    private let stylesheet: StaticAsset
    private let icon: StaticAsset

    /// Makes the assets of an installation.
    package init(site: PublicSite) {
        self.stylesheet = StaticAsset(site: site, name: "portico", kind: .stylesheet, text: Stylesheet.text)
        self.icon = StaticAsset(site: site, name: "mark", kind: .drawing, text: Mark.icon)
    }

    /// The path of the stylesheet.
    package var stylesheetPath: String { self.stylesheet.path }
    /// The path of the icon.
    package var iconPath: String { self.icon.path }

    /// Serves the assets.
    package func addRoutes(to router: Router<GatewayRequestContext>) {
        for asset in [self.stylesheet, self.icon] { asset.addRoute(to: router) }
    }
}
