import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Workspaces

/// A router with the middleware of the gateway and whatever routes a test adds.
struct TestGateway {
    let site: PublicSite
    let pages: PageRenderer
    let router = Router(context: GatewayRequestContext.self)

    init(site: PublicSite = PublicSite(origin: "https://apps.example.com"), trustedPeers: TrustedPeers = .none) throws {
        self.site = site
        self.pages = try PageRenderer(site: site)
        GatewayMiddleware(pages: self.pages, trustedPeers: trustedPeers).add(to: self.router)
        StaticAssets(site: site).addRoutes(to: self.router)
    }

    var application: Application<RouterResponder<GatewayRequestContext>> {
        Application(responder: self.router.buildResponder())
    }

    /// The headers of a browser that goes to a page.
    static let navigation: HTTPFields = [.secFetchMode: "navigate", .secFetchSite: "none"]

    /// The headers of a form that a browser sends from a page of the gateway.
    static let formPost: HTTPFields = [
        .secFetchMode: "navigate", .secFetchSite: "same-origin", .contentType: "application/x-www-form-urlencoded",
    ]
}
