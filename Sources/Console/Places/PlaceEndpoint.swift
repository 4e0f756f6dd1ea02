import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// One space or project: its name, who is in it, putting people in and taking them out (behavior A1, G4, G5).
///
/// The decisions are those of `portico workspace apply`. A place of another workspace is not there (behavior T6).
struct PlaceEndpoint: Sendable {
    let service: Console

    /// How many people and groups the page shows.
    private static let listLength = 50

    private var paths: PlacePath { PlacePath(self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        for kind in Place.Kind.allCases {
            router.get(RouterPath(self.paths.page(kind))) { request, _ in
                try await self.service.gate.showPeople(request) { visit in
                    let query = FormDecoder.decodeQuery(of: request)
                    return try await self.page(visit, try Self.place(kind, query), query)
                }
            }
            self.add("title", kind, to: router, self.retitle)
            self.add("remove", kind, to: router, self.remove)
            self.add("assign", kind, to: router, self.assign)
            self.add("withdraw", kind, to: router, self.withdraw)
        }
    }

    private func add(
        _ step: String,
        _ kind: Place.Kind,
        to router: Router<GatewayRequestContext>,
        _ handler: @escaping @Sendable (SettingsVisit, Place, Form) async throws -> Response
    ) {
        router.post(RouterPath(self.paths.page(kind) + "/" + step)) { request, _ in
            try await self.service.gate.changePeople(request) { visit, form in
                try await handler(visit, try Self.place(kind, form), form)
            }
        }
    }

    /// The place that a link or a form names.
    private static func place(_ kind: Place.Kind, _ form: Form) throws -> Place {
        guard let place = Place(kind, try form.value("id")) else { throw GatewayError(.notFound) }
        return place
    }

    private func page(
        _ visit: SettingsVisit,
        _ place: Place,
        _ query: Form = Form(fields: []),
        typed: PlaceContentPage.Typed = PlaceContentPage.Typed(),
        problems: FormProblems = FormProblems(),
        refusal: AdministrationRefusal? = nil
    ) async throws -> Response {
        let detail = try await self.service.places.detail(
            visit.scope,
            of: place,
            after: try query.optionalValue("after").flatMap { Email($0) },
            limit: Self.listLength
        )
        guard let detail else { throw GatewayError(.notFound) }
        let page = PlaceContentPage(
            visit,
            service: self.service,
            detail: detail,
            isLaterPart: query.contains("after"),
            done: try query.optionalValue("done").flatMap { PlaceContentPage.Done(rawValue: $0) },
            typed: typed,
            problems: problems,
            refusal: refusal
        )
        let isRefused = refusal != nil || !problems.isEmpty
        let code = refusal?.code.map { HTTPResponse.Status(code: $0.httpStatus) }
        return self.service.renderer.response(
            page,
            with: .place,
            status: isRefused ? code ?? .unprocessableContent : .ok
        )
    }

    private func done(_ done: PlaceContentPage.Done, _ place: Place) -> Response {
        let path = self.paths.page(place, [(name: "done", value: done.rawValue)])
        return Response(status: .seeOther, headers: [.location: path])
    }

    // MARK: - The place itself

    private func retitle(_ visit: SettingsVisit, _ place: Place, _ form: Form) async throws -> Response {
        let title = try form.value("title")
        let shown = try form.value("shown")
        do {
            try await self.administer(visit, place, title: title) { try $0.retitle(title, shown: shown) }
        } catch AdministrationRefusal.unknownPlace {
            throw GatewayError(.notFound)
        } catch let mistakes as ConfigurationMistakes {
            let typed = PlaceContentPage.Typed(title: title, shown: shown)
            return try await self.page(visit, place, typed: typed, problems: FormProblems(mistakes.mistakes))
        } catch let meanwhile as PlaceTitledMeanwhile {
            let now = meanwhile.title.map { "called it “\($0)”" } ?? "took its title away"
            let words = "Somebody else \(now) while you were typing. Save again to have it your way."
            let mistake = ConfigurationMistakes.Mistake(field: "title", message: words)
            let typed = PlaceContentPage.Typed(title: title)
            return try await self.page(visit, place, typed: typed, problems: FormProblems([mistake]))
        }
        return self.done(.titled, place)
    }

    private func remove(_ visit: SettingsVisit, _ place: Place, _ form: Form) async throws -> Response {
        do {
            try await self.administer(visit, place) { try $0.remove() }
        } catch AdministrationRefusal.unknownPlace {
            throw GatewayError(.notFound)
        } catch let refusal as AdministrationRefusal {
            return try await self.page(visit, place, refusal: refusal)
        }
        return Response(status: .seeOther, headers: [.location: self.paths.list + "?removed"])
    }

    private func administer(
        _ visit: SettingsVisit,
        _ place: Place,
        title: String = "",
        decide: @Sendable (PlaceAdministration) throws -> PlaceOutcome
    ) async throws {
        try await self.service.places.administer(
            visit.scope,
            place,
            title: PlaceTitle.normalized(title),
            management: self.service.management,
            actor: visit.visitor.actor,
            now: self.service.now(),
            decide: decide
        )
    }

    // MARK: - Its people

    private func assign(_ visit: SettingsVisit, _ place: Place, _ form: Form) async throws -> Response {
        let role = try form.optionalValue("role") ?? ProjectRole.inherit.rawValue
        return try await self.change(visit, place, form, role: role, as: .assignment, .assigned) {
            try $0.assign(as: role)
        }
    }

    private func withdraw(_ visit: SettingsVisit, _ place: Place, _ form: Form) async throws -> Response {
        try await self.change(visit, place, form, as: .withdrawal, .withdrawn) { try $0.withdraw() }
    }

    private func change(
        _ visit: SettingsVisit,
        _ place: Place,
        _ form: Form,
        role: String = ProjectRole.inherit.rawValue,
        as attempt: MemberChangeAttempt,
        _ done: PlaceContentPage.Done,
        decide: @Sendable (AssignmentAdministration) throws -> AssignmentOutcome
    ) async throws -> Response {
        let typed = PlaceContentPage.Typed(email: try form.value("email"), role: role)
        guard let email = Email(typed.email) else {
            let words = "Enter an e-mail address such as ann@company.example."
            let mistake = ConfigurationMistakes.Mistake(field: "email", message: words)
            return try await self.page(visit, place, typed: typed, problems: FormProblems([mistake]))
        }
        do {
            try await self.service.members.assign(
                visit.scope,
                email,
                to: place,
                as: attempt,
                management: self.service.management,
                actor: visit.visitor.actor,
                now: self.service.now(),
                decide: decide
            )
        } catch AdministrationRefusal.unknownPlace {
            throw GatewayError(.notFound)
        } catch AdministrationRefusal.placesManagedElsewhere(let kind) {
            return try await self.page(visit, place, typed: typed, refusal: .placesManagedElsewhere(kind))
        } catch let refusal as AdministrationRefusal {
            let field = if case .unknownProjectRole = refusal { "role" } else { "email" }
            let mistake = ConfigurationMistakes.Mistake(field: field, message: refusal.description)
            return try await self.page(visit, place, typed: typed, problems: FormProblems([mistake]))
        }
        return self.done(done, place)
    }
}
