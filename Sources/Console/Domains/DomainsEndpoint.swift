import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// The domains of the workspace: which are claimed, what to publish for those on the way, and looking for it now.
///
/// They say nothing about people, so a setup link opens them, too: sign-in cannot be switched on without one.
struct DomainsEndpoint: Sendable {
    let service: Console

    private var path: String { ConsolePath.domains.path(at: self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.show(request) { visit in
                try await self.page(visit, notice: DomainsPage.Notice(FormDecoder.decodeQuery(of: request)))
            }
        }
        router.post(RouterPath(self.path)) { request, _ in
            try await self.service.gate.change(request) { visit, form in try await self.add(visit, form) }
        }
        router.post(RouterPath(self.path + "/verify")) { request, _ in
            try await self.service.gate.change(request) { visit, form in try await self.verify(visit, form) }
        }
        router.post(RouterPath(self.path + "/remove")) { request, _ in
            try await self.service.gate.change(request) { visit, form in try await self.remove(visit, form) }
        }
    }

    private func page(
        _ visit: SettingsVisit,
        typed: String = "",
        problems: FormProblems = FormProblems(),
        refusal: AdministrationRefusal? = nil,
        notice: DomainsPage.Notice? = nil
    ) async throws -> Response {
        let page = DomainsPage(
            visit,
            service: self.service,
            claimed: try await self.service.workspaces.domains(visit.scope),
            claims: try await self.service.domains.claims(visit.scope),
            confirmation: self.confirmation(visit),
            typed: typed,
            problems: problems,
            refusal: refusal,
            notice: notice
        )
        return self.service.renderer.response(
            page,
            with: .domains,
            status: problems.isEmpty && refusal == nil ? .ok : .unprocessableContent
        )
    }

    // MARK: - Changes

    private func add(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let typed = try form.value("domain")
        do {
            let claim = try await self.service.domains.request(
                visit.scope,
                domain: typed,
                actor: visit.visitor.actor,
                now: self.service.now()
            )
            return self.onward("added", claim.domain)
        } catch let refusal as DomainClaimRule.Refusal {
            let mistake = ConfigurationMistakes.Mistake(field: "domain", message: refusal.description)
            return try await self.page(visit, typed: typed, problems: FormProblems([mistake]))
        }
    }

    /// Looks for the record now, as the gateway does by itself from time to time.
    private func verify(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let domain = EmailDomain(try form.value("domain"))
        guard let claim = try await self.service.domains.claims(visit.scope).first(where: { $0.domain == domain })
        else {
            throw GatewayError(.notFound)
        }
        // A claimant chooses the servers that are asked, and silent ones keep everybody's questions waiting.
        let workspaceID = visit.configured.workspace.id
        if let retryAfter = self.service.lookupLimiter.admit(workspaceID, now: self.service.now()) {
            throw GatewayError(.rateLimited, retryAfter: retryAfter)
        }
        _ = try await self.service.domains.note(
            visit.scope,
            claim,
            finding: await self.service.findRecord(claim),
            actor: visit.visitor.actor,
            now: self.service.now()
        )
        return self.onward("looked", claim.domain)
    }

    /// Gives a domain up; one that is claimed keeps people out from then on, and wants a fresh sign-in.
    private func remove(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        guard let domain = EmailDomain(try form.value("domain")) else { throw GatewayError(.notFound) }
        let (catalogue, actor, now) = (self.service.catalogue, visit.visitor.actor, self.service.now())
        let isClaimed = try await self.service.workspaces.domains(visit.scope).contains { $0.domain == domain }
        do {
            if isClaimed, let confirmation = self.confirmation(visit) {
                try await self.service.domains
                    .considerRemoval(visit.scope, domain: domain, sparing: catalogue, actor: actor, now: now)
                return Response(status: .seeOther, headers: [.location: confirmation.path])
            }
            let isRemoved = try await self.service.domains
                .remove(visit.scope, domain: domain, sparing: catalogue, actor: actor, now: now)
            guard isRemoved else { throw GatewayError(.notFound) }
        } catch let refusal as AdministrationRefusal {
            return try await self.page(visit, refusal: refusal)
        }
        return Response(status: .seeOther, headers: [.location: self.path + "?removed"])
    }

    private func confirmation(_ visit: SettingsVisit) -> FreshSignIn? {
        visit.confirmation(for: .domains, site: self.service.pages.site, now: self.service.now())
    }

    private func onward(_ what: String, _ domain: EmailDomain) -> Response {
        Response(
            status: .seeOther,
            headers: [.location: QueryText.link(self.path, [(name: what, value: domain.value)])]
        )
    }
}
