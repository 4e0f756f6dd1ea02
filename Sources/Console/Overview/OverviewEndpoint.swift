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
                    administratorNotice: try await self.administratorNotice(visit),
                    now: now
                )
                return self.service.renderer.response(page, with: .overview)
            }
        }
    }

    /// What is said while people may sign in and nobody administers the workspace, or owns it and would.
    private func administratorNotice(_ visit: SettingsVisit) async throws -> String? {
        guard visit.configured.identityProvider?.enabled == true,
            try await self.service.members.administrators(visit.scope, catalogue: self.service.catalogue).isEmpty
        else { return nil }
        let catalogue = self.service.catalogue
        let hint = AdministratorHint(visit.configured, catalogue: catalogue).map { " \($0.words)" } ?? ""
        let companyID = visit.configured.workspace.companyID
        let invitation = "“portico member invite \(companyID) EMAIL --role \(catalogue.admin)”"
        let words = "A setup link alone opens these settings."
        return "\(words)\(hint) Or whoever runs Portico invites one, with \(invitation)."
    }

    /// Only who sees people is told of them.
    private func localSignIns(_ visit: SettingsVisit, since: Date) async throws -> LocalSignInSummary? {
        guard visit.visitor.seesPeople else { return nil }
        return try await self.service.overviews.localSignIns(visit.scope, since: since)
    }
}
