import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// The spaces and projects of the workspace: the lists, and making one by hand.
///
/// The decisions are those of `portico workspace apply`. Whatever is wrong stands at its field, and all that was typed stays.
struct PlacesEndpoint: Sendable {
    let service: Console

    /// How many places one list shows.
    private static let listLength = 100

    private var paths: PlacePath { PlacePath(self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.paths.list)) { request, _ in
            try await self.service.gate.showPeople(request) { visit in
                try await self.page(visit, FormDecoder.decodeQuery(of: request))
            }
        }
        router.post(RouterPath(self.paths.list)) { request, _ in
            try await self.service.gate.changePeople(request) { visit, form in try await self.create(visit, form) }
        }
    }

    private func page(
        _ visit: SettingsVisit,
        _ query: Form,
        typed: PlacesPage.Typed? = nil,
        problems: FormProblems = FormProblems()
    ) async throws -> Response {
        var lists: [PlacesPage.List] = []
        for kind in Place.Kind.allCases {
            let page = try await self.service.places.page(
                visit.scope,
                kind,
                after: try query.optionalValue(kind.rawValue + "s_after"),
                limit: Self.listLength
            )
            lists.append(
                PlacesPage.List(kind, page, service: self.service, typed: typed, problems: problems)
            )
        }
        let page = PlacesPage(
            visit,
            service: self.service,
            lists: lists,
            wasRemoved: query.contains("removed"),
            problems: problems
        )
        return self.service.renderer.response(
            page,
            with: .places,
            status: problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    private func create(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        guard let kind = Place.Kind(rawValue: try form.value("kind")) else { throw GatewayError(.formInvalid) }
        let typed = PlacesPage.Typed(kind: kind, id: try form.value("id"), title: try form.value("title"))
        guard let place = Place(kind, typed.id) else {
            let mistake = ConfigurationMistakes.Mistake(field: "id", message: OpaqueIdentifier.mistake(typed.id))
            return try await self.page(visit, Form(fields: []), typed: typed, problems: FormProblems([mistake]))
        }
        do {
            try await self.service.places.administer(
                visit.scope,
                place,
                title: PlaceTitle.normalized(typed.title),
                management: self.service.management,
                actor: visit.visitor.actor,
                now: self.service.now()
            ) { try $0.create(title: typed.title) }
        } catch let mistakes as ConfigurationMistakes {
            let problems = FormProblems(mistakes.mistakes)
            return try await self.page(visit, Form(fields: []), typed: typed, problems: problems)
        } catch let refusal as AdministrationRefusal {
            guard let code = refusal.code else { throw GatewayError(.notFound) }
            throw GatewayError(code)
        }
        let next = self.paths.page(place, [(name: "done", value: PlaceContentPage.Done.created.rawValue)])
        return Response(status: .seeOther, headers: [.location: next])
    }
}
