import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// The people of the workspace: a list that is searched and read part by part, and who manages their roles.
struct MembersEndpoint: Sendable {
    let service: Console

    /// How many people one page shows.
    static let pageLength = 50

    private var path: String { MembersPath(self.service.pages.site).list }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.showPeople(request) { visit in
                let query = FormDecoder.decodeQuery(of: request)
                let kept = try await self.service.gate.keptForm(of: visit, at: self.path)
                return try await self.page(visit, query, notice: try Self.notice(query, kept: kept))
            }
        }
        router.post(RouterPath(self.path)) { request, _ in
            try await self.service.gate.changePeople(request) { visit, form in try await self.saveManager(visit, form) }
        }
    }

    /// What was done goes before what was kept.
    private static func notice(_ query: Form, kept: Form?) throws -> MembersPage.Notice? {
        if query.contains("removed") { return .removed }
        if query.contains("saved") { return .saved }
        return try kept.map { .kept(seen: try RoleRules($0, "seen."), typed: try RoleRules($0)) }
    }

    /// The list.
    func page(
        _ visit: SettingsVisit,
        _ query: Form,
        notice: MembersPage.Notice?,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let filter = try MemberFilter(query)
        let members = try await self.service.members.page(
            visit.scope,
            filter: filter,
            after: try query.optionalValue("after").flatMap { Email($0) },
            limit: Self.pageLength
        )
        let page = MembersPage(
            visit,
            service: self.service,
            filter: filter,
            members: members,
            isLaterPart: query.contains("after"),
            notice: notice
        )
        return self.service.renderer.response(page, with: .members, status: status)
    }

    private func saveManager(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let (choice, seen) = (try RoleRules(form), try RoleRules(form, "seen."))
        let change = WorkspaceChange(lastAdminPolicy: choice.lastAdmin, roleManager: choice.manager)
        let catalogue = self.service.catalogue
        let saved = RoleRules(visit.configured.workspace)
        if saved == seen, choice != saved,
            let onward = try await self.service.gate.confirmation(of: visit, keeping: form, at: self.path)
        {
            return onward
        }
        do {
            try await self.service.workspaces.administer(
                visit.scope,
                actor: visit.visitor.actor,
                now: self.service.now()
            ) { administration in
                let saved = RoleRules(administration.configured.workspace)
                guard saved == seen || saved == choice else {
                    throw SavedMeanwhile(current: administration.configured)
                }
                return try administration.change(change, catalogue: catalogue)
            }
        } catch let saved as SavedMeanwhile {
            return try await self.page(
                visit.seeing(saved.current),
                Form(fields: []),
                notice: .conflict(seen: seen, typed: choice),
                status: .unprocessableContent
            )
        }
        try await self.service.gate.forgetKeptForm(of: visit, at: self.path)
        return Response(status: .seeOther, headers: [.location: self.path + "?saved"])
    }
}

extension MemberFilter {
    /// Reads the filter of a link; a state or role that there is none of filters nothing.
    init(_ query: Form) throws(RequestRefusal) {
        let text = try (query.optionalValue("q") ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.init(
            text: text.isEmpty ? nil : text,
            standing: try query.optionalValue("state").flatMap { Standing(rawValue: $0) },
            role: try query.optionalValue("role").flatMap { Role($0) }
        )
    }
}
