import GatewayHTTP
import Hummingbird
import Storage
import Workspaces

/// The guides: what to do at an identity provider, with the values of the workspace filled in.
///
/// They show what the page of single sign-on shows, the draft where there is one, and change nothing.
struct GuidesEndpoint: Sendable {
    let service: Console

    /// What the path of each guide begins with.
    static func path(_ site: PublicSite) -> String { ConsolePath.singleSignOn.path(at: site) + "/guides/" }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        for provider in GuideProvider.allCases {
            let path = Self.path(self.service.pages.site) + provider.rawValue
            router.get(RouterPath(path)) { request, _ in
                try await self.service.gate.show(request) { visit in try await self.page(visit, provider) }
            }
        }
    }

    private func page(_ visit: SettingsVisit, _ provider: GuideProvider) async throws -> Response {
        let edited = try await self.service.edited(visit)
        let values = GuideValues(
            edited.visit.configured,
            usesGroups: try await !self.service.mappings.mappings(visit.scope).groups.isEmpty,
            site: self.service.pages.site,
            catalogue: self.service.catalogue
        )
        let page = GuidePage(edited, provider: provider, values: values, renderer: self.service.renderer)
        return self.service.renderer.response(page, with: .guide)
    }
}
