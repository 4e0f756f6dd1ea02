import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// Who may join the workspace: registration, what it gives, and guests (behavior M3, M6, D3).
///
/// The decision is that of `portico workspace apply`.
struct JoiningEndpoint: Sendable {
    let service: Console

    private var path: String { ConsolePath.joining.path(at: self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.showPeople(request) { visit in
                let isSaved = FormDecoder.decodeQuery(of: request).contains("saved")
                return self.response(JoiningPage(visit, service: self.service, isSaved: isSaved))
            }
        }
        router.post(RouterPath(self.path)) { request, _ in
            try await self.service.gate.changePeople(request) { visit, form in try await self.save(visit, form) }
        }
    }

    private func response(_ page: JoiningPage, status: HTTPResponse.Status = .ok) -> Response {
        self.service.renderer.response(page, with: .joining, status: status)
    }

    private func save(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let typed = TypedJoining(wanted: try JoiningRules(form), seen: try JoiningRules(form, "seen."))
        let (catalogue, management) = (self.service.catalogue, self.service.management)
        do {
            try await self.service.workspaces.administer(
                visit.scope,
                actor: visit.visitor.actor,
                now: self.service.now(),
                catalogue: catalogue
            ) { administration, administrators in
                guard typed.mayReplace(JoiningRules(administration.configured.workspace)) else {
                    throw SavedMeanwhile(current: administration.configured)
                }
                return try administration.changeJoining(
                    typed.wanted,
                    beside: administrators,
                    catalogue: catalogue,
                    management: management
                )
            }
        } catch let mistakes as ConfigurationMistakes {
            let problems = FormProblems(mistakes.mistakes)
            let page = JoiningPage(visit, service: self.service, typed: typed, problems: problems)
            return self.response(page, status: .unprocessableContent)
        } catch let saved as SavedMeanwhile {
            let page = JoiningPage(visit.seeing(saved.current), service: self.service, typed: typed, isConflict: true)
            return self.response(page, status: .unprocessableContent)
        }
        return Response(status: .seeOther, headers: [.location: self.path + "?saved"])
    }
}
