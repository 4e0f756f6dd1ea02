import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// The living sessions of the workspace: who is signed in, how to sign them out, and how long sessions live.
///
/// What is ended here has ended on every node within a second, as by `portico session revoke`.
struct SessionsEndpoint: Sendable {
    let service: Console

    /// How many sessions one page shows.
    static let pageLength = 50

    private var path: String { ConsolePath.sessions.path(at: self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.show(request) { visit in
                let kept = try await self.service.gate.keptForm(of: visit, at: self.path)
                return try await self.page(visit, FormDecoder.decodeQuery(of: request), kept: kept)
            }
        }
        router.post(RouterPath(self.path)) { request, _ in
            try await self.service.gate.change(request) { visit, form in try await self.saveLimits(visit, form) }
        }
        router.post(RouterPath(self.path + "/end-all")) { request, _ in
            try await self.service.gate.change(request) { visit, form in try await self.endAll(visit, form) }
        }
        router.post(RouterPath(self.path + "/:session/end")) { request, context in
            try await self.service.gate.change(request) { visit, _ in try await self.end(visit, context) }
        }
    }

    /// The visitor's own session; whoever came by a setup link has none and sees no people.
    private func session(of visit: SettingsVisit) throws(GatewayError) -> Session {
        switch visit.visitor {
        case .member(let session, _): return session
        case .setup: throw GatewayError(.notFound)
        }
    }

    private func page(
        _ visit: SettingsVisit,
        _ query: Form,
        limits: TypedLimits? = nil,
        isConflict: Bool = false,
        isGone: Bool = false,
        problems: FormProblems = FormProblems(),
        kept: Form? = nil
    ) async throws -> Response {
        let own = try self.session(of: visit)
        let text = try (query.optionalValue("q") ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let sessions = try await self.service.sessions.page(
            visit.scope,
            text: text.isEmpty ? nil : text,
            after: SessionPage.Position(try query.optionalValue("after") ?? ""),
            limit: Self.pageLength,
            now: self.service.now()
        )
        let page = SessionsPage(
            visit,
            service: self.service,
            own: own.id,
            text: text,
            sessions: sessions,
            isLaterPart: query.contains("after"),
            limits: limits,
            isConflict: isConflict,
            problems: problems,
            notice: SessionsPage.Notice(query),
            isGone: isGone,
            kept: kept
        )
        let isRefused = !problems.isEmpty || isConflict
        return self.service.renderer.response(
            page,
            with: .sessions,
            status: isGone ? .notFound : isRefused ? .unprocessableContent : .ok
        )
    }

    // MARK: - Changes

    private func saveLimits(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        _ = try self.session(of: visit)
        let limits = try TypedLimits(form)
        let installation = self.service.sessionLimits
        do {
            try await self.service.workspaces.administer(
                visit.scope,
                actor: visit.visitor.actor,
                now: self.service.now()
            ) { administration in
                guard limits.mayReplace(SessionLimitsChange(administration.configured.workspace)) else {
                    throw SavedMeanwhile(current: administration.configured)
                }
                return try administration.limitSessions(limits.wanted, within: installation)
            }
        } catch let mistakes as ConfigurationMistakes {
            let problems = FormProblems(mistakes.mistakes)
            return try await self.page(visit, Form(fields: []), limits: limits, problems: problems)
        } catch let saved as SavedMeanwhile {
            return try await self.page(visit.seeing(saved.current), Form(fields: []), limits: limits, isConflict: true)
        }
        return self.onward("saved")
    }

    private func endAll(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let own = try self.session(of: visit)
        if let onward = try await self.service.gate.confirmation(
            of: visit,
            keeping: form,
            at: self.path
        ) {
            return onward
        }
        // Before, since afterwards there may be no session left that it belongs to.
        try await self.service.gate.forgetKeptForm(of: visit, at: self.path)
        let actor = visit.visitor.actor
        let now = self.service.now()
        let count =
            form.contains("own")
            ? try await self.service.sessions.revoke(visit.scope, by: actor, now: now)
            : try await self.service.sessions.revokeAll(visit.scope, but: own.id, by: actor, now: now)
        return self.onward("ended=\(count)")
    }

    /// Ends one session; where it is over already, or never was one of the workspace, the list says that there was nothing to end.
    private func end(_ visit: SettingsVisit, _ context: GatewayRequestContext) async throws -> Response {
        _ = try self.session(of: visit)
        guard let id = context.parameters.get("session").flatMap({ SessionID($0) }),
            try await self.service.sessions.revoke(
                visit.scope,
                session: id,
                by: visit.visitor.actor,
                now: self.service.now()
            )
        else { return try await self.page(visit, Form(fields: []), isGone: true) }
        return self.onward("ended=1")
    }

    private func onward(_ query: String) -> Response {
        Response(status: .seeOther, headers: [.location: self.path + "?" + query])
    }
}

extension SessionPage.Position {
    /// The place in the list as it stands in a link.
    var text: String { "\(self.microseconds).\(self.session)" }

    /// Reads the place of a link; nil for a text that no link has.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let microseconds = Int(parts[0]), (0...Int(1e17)).contains(microseconds),
            let session = SessionID(String(parts[1]))
        else { return nil }
        self.init(microseconds: microseconds, session: session)
    }
}
