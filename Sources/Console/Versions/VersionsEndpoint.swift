import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// The versions of the single sign-on settings: who saved what and when, and the way back to one, as a draft.
struct VersionsEndpoint: Sendable {
    let service: Console

    private var path: String { self.service.pages.site.singleSignOnSettingsPath + "/versions" }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.show(request) { visit in
                let versions = try await self.service.versions.versions(visit.scope)
                let page = VersionsPage(visit, versions: versions, renderer: self.service.renderer)
                return self.service.renderer.response(page, with: .versions)
            }
        }
        router.post(RouterPath(self.path)) { request, _ in
            try await self.service.gate.change(request) { visit, form in try await self.restore(visit, form) }
        }
    }

    private func restore(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let number = Int(try form.value("number"))
        let versions = try await self.service.versions.versions(visit.scope)
        guard let wanted = versions.first(where: { $0.number == number }) else { throw GatewayError(.notFound) }
        try await self.service.versions.saveDraft(
            visit.scope,
            actor: visit.visitor.actor,
            now: self.service.now()
        ) { administration in administration.restore(wanted.settings) }
        return Response(
            status: .seeOther,
            headers: [.location: self.service.pages.site.singleSignOnSettingsPath + "?drafted"]
        )
    }
}
