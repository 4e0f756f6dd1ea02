import GatewayHTTP
import Hummingbird
import Storage
import Workspaces

/// The seats of the workspace: how many there are, who took the last ones, who found none, and what to do.
struct SeatsEndpoint: Sendable {
    let service: Console

    /// How many people each list shows.
    private static let listLength = 10

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(ConsolePath.seats.path(at: self.service.pages.site))
        router.get(path) { request, _ in
            try await self.service.gate.showPeople(request) { visit in try await self.page(visit) }
        }
    }

    private func page(_ visit: SettingsVisit) async throws -> Response {
        let page = SeatsPage(
            visit,
            service: self.service,
            used: try await self.service.overviews.activeMembers(visit.scope),
            history: try await self.service.audit.seatHistory(visit.scope, limit: Self.listLength)
        )
        return self.service.renderer.response(page, with: .seats)
    }
}
