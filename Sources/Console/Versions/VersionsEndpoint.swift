import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// The versions of the single sign-on settings: who saved what and when, and the way back to one, as a draft.
struct VersionsEndpoint: Sendable {
    let service: Console

    private var path: String { ConsolePath.singleSignOn.path(at: self.service.pages.site) + "/versions" }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.show(request) { visit in
                let edited = try await self.service.edited(visit)
                let versions = try await self.service.versions.versions(visit.scope)
                let page = VersionsPage(edited, versions: versions, renderer: self.service.renderer)
                return self.service.renderer.response(page, with: .versions)
            }
        }
        router.post(RouterPath(self.path)) { request, _ in
            try await self.service.gate.change(request) { visit, form in try await self.restore(visit, form) }
        }
    }

    private func restore(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let number = Int(try form.value("number"))
        let version = try form.value("version")
        let versions = try await self.service.versions.versions(visit.scope)
        guard let wanted = versions.first(where: { $0.number == number }) else { throw GatewayError(.notFound) }
        do {
            try await self.service.versions.saveDraft(
                visit.scope,
                actor: visit.visitor.actor,
                now: self.service.now()
            ) { administration in
                // It takes the place of the draft, which must be the one that the page was made of.
                try SingleSignOnVersion(of: administration.configured).check(named: version)
                return administration.restore(wanted.settings)
            }
        } catch is SingleSignOnVersion.ChangedMeanwhile {
            return try await self.overtaken(visit, version)
        }
        return Response(
            status: .seeOther,
            headers: [.location: ConsolePath.singleSignOn.path(at: self.service.pages.site) + "?drafted"]
        )
    }

    /// Shows what there is by now; nothing was done.
    private func overtaken(_ visit: SettingsVisit, _ version: String) async throws -> Response {
        let edited = try await self.service.editedNow(visit)
        let versions = try await self.service.versions.versions(visit.scope)
        let page = VersionsPage(
            edited,
            versions: versions,
            overtaken: Overtaken(version: version, edited: edited, versions: versions),
            renderer: self.service.renderer
        )
        return self.service.renderer.response(page, with: .versions, status: .unprocessableContent)
    }
}
