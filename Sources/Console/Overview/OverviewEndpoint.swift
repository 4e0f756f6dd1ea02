import FoundationEssentials
import GatewayHTTP
import Hummingbird
import Storage
import Workspaces

/// The first page: whether sign-in is healthy, and what to do next.
struct OverviewEndpoint: Sendable {
    let service: Console

    /// How many days the chart goes back.
    private static let days = 14
    /// For how long a sign-in with a passphrase is told of.
    private static let noticeLength: TimeInterval = 7 * 86_400

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.service.pages.site.settingsPath)) { request, _ in
            try await self.service.gate.show(request) { visit in
                let now = self.service.now()
                let page = OverviewPage(
                    visit,
                    renderer: self.service.renderer,
                    activeMembers: try await self.service.overviews.activeMembers(visit.scope),
                    signIns: try await self.service.overviews.signIns(visit.scope, days: Self.days, now: now),
                    localSignIns: try await self.localSignIns(visit, since: now.addingTimeInterval(-Self.noticeLength)),
                    trustChange: TrustChange(
                        among: try await self.service.versions.versionsInForce(visit.scope),
                        visitor: visit.visitor,
                        now: now,
                        renderer: self.service.renderer
                    ),
                    metadataNews: MetadataNews(
                        try await self.service.metadataState(visit),
                        of: visit.configured.identityProvider,
                        visitor: visit.visitor,
                        site: self.service.pages.site,
                        now: now
                    ),
                    run: try await self.service.attempts.run(visit.scope),
                    now: now
                )
                return self.service.renderer.response(page, with: .overview)
            }
        }
    }

    /// Only who sees people is told of them.
    private func localSignIns(_ visit: SettingsVisit, since: Date) async throws -> LocalSignInSummary? {
        guard visit.visitor.seesPeople else { return nil }
        return try await self.service.overviews.localSignIns(visit.scope, since: since)
    }
}
