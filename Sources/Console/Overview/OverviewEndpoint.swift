import GatewayHTTP
import Hummingbird
import Storage

/// The first page: whether sign-in is healthy, and what to do next.
struct OverviewEndpoint: Sendable {
    let service: Console

    /// How many days the chart goes back.
    private static let days = 14

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.service.pages.site.settingsPath)) { request, _ in
            try await self.service.gate.show(request) { visit in
                let now = self.service.now()
                let page = OverviewPage(
                    visit,
                    renderer: self.service.renderer,
                    activeMembers: try await self.service.overviews.activeMembers(visit.scope),
                    signIns: try await self.service.overviews.signIns(visit.scope, days: Self.days, now: now),
                    now: now
                )
                return self.service.renderer.response(page, with: .overview)
            }
        }
    }
}
