import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// The form of single sign-on, in the order in which an administrator goes through it with the identity provider's
/// console beside it, and the switch.
///
/// The decisions are those of `portico saml configure`. Whatever is wrong stands at its field, and all that was typed
/// stays.
struct SingleSignOnEndpoint: Sendable {
    let service: Console

    private var path: String { self.service.pages.site.settingsPath + ConsolePath.singleSignOn.rawValue }

    /// Somebody else saved another version meanwhile; this one is there now.
    private struct Conflict: Error {
        let current: ConfiguredWorkspace
    }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.show(request) { visit in self.page(visit, request: request) }
        }
        router.post(RouterPath(self.path)) { request, _ in
            try await self.service.gate.change(request) { visit, form in try await self.save(visit, form) }
        }
        router.post(RouterPath(self.path + "/enable")) { request, _ in
            try await self.service.gate.change(request) { visit, _ in try await self.enable(visit) }
        }
    }

    private func page(_ visit: SettingsVisit, request: Request) -> Response {
        let query = FormDecoder.decodeQuery(of: request)
        let page = SingleSignOnPage(
            visit,
            service: self.service,
            notice: query.contains("saved") ? .saved : query.contains("enabled") ? .enabled : nil
        )
        return self.service.renderer.response(page, with: .singleSignOn)
    }

    // MARK: - Saving

    private func save(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let pinned = visit.configured.identityProvider?.certificates ?? []
        let values = try SingleSignOnValues(form, pinned: pinned)
        let version = try form.value("version")
        do {
            try await self.write(values, version: version, visit)
        } catch let mistakes as ConfigurationMistakes {
            return self.formAgain(visit, values.withoutPrivateKey, version: version, problems: mistakes.mistakes)
        } catch let conflict as Conflict {
            return self.conflict(visit, values.withoutPrivateKey, with: conflict.current)
        }
        return Response(status: .seeOther, headers: [.location: self.path + "?saved"])
    }

    private func write(_ values: SingleSignOnValues, version: String, _ visit: SettingsVisit) async throws {
        let catalogue = self.service.catalogue
        let loopbackHTTP = self.service.loopbackHTTP
        try await self.service.workspaces.administer(
            visit.scope,
            actor: visit.visitor.actor,
            now: self.service.now()
        ) { administration in
            guard SingleSignOnVersion(of: administration.configured).isNamed(by: version) else {
                throw Conflict(current: administration.configured)
            }
            return try values.decide(administration, catalogue: catalogue, loopbackHTTP: loopbackHTTP)
        }
    }

    private func formAgain(
        _ visit: SettingsVisit,
        _ values: SingleSignOnValues,
        version: String,
        problems: [ConfigurationMistakes.Mistake]
    ) -> Response {
        let page = SingleSignOnPage(
            visit,
            service: self.service,
            values: values,
            version: version,
            problems: FormProblems(problems)
        )
        return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
    }

    /// Shows what somebody else saved beside what this person typed; saving again means one's own.
    private func conflict(
        _ visit: SettingsVisit,
        _ values: SingleSignOnValues,
        with current: ConfiguredWorkspace
    ) -> Response {
        let visit = SettingsVisit(visitor: visit.visitor, configured: current, csrf: visit.csrf)
        let administration = WorkspaceAdministration(
            configured: current,
            actor: visit.visitor.actor,
            now: self.service.now()
        )
        var differences: [SettingDifference] = []
        var problems: [ConfigurationMistakes.Mistake] = []
        do throws(ConfigurationMistakes) {
            let outcome = try values.decide(
                administration,
                catalogue: self.service.catalogue,
                loopbackHTTP: self.service.loopbackHTTP
            )
            differences = outcome.differences
        } catch {
            problems = error.mistakes
        }
        let page = SingleSignOnPage(
            visit,
            service: self.service,
            values: values,
            problems: FormProblems(problems),
            notice: .conflict,
            differences: differences
        )
        return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
    }

    // MARK: - The switch

    private func enable(_ visit: SettingsVisit) async throws -> Response {
        do {
            try await self.service.workspaces.administer(
                visit.scope,
                actor: visit.visitor.actor,
                now: self.service.now()
            ) { try $0.enableSAML() }
        } catch let refusal as AdministrationRefusal {
            let problem = ConfigurationMistakes.Mistake(field: "enabled", message: refusal.description)
            let page = SingleSignOnPage(visit, service: self.service, problems: FormProblems([problem]))
            return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
        }
        return Response(status: .seeOther, headers: [.location: self.path + "?enabled"])
    }
}

extension SingleSignOnValues {
    /// What saving the values comes to.
    ///
    /// - Throws: Every mistake once, each at its field.
    func decide(
        _ administration: WorkspaceAdministration,
        catalogue: RoleCatalogue,
        loopbackHTTP: SignInURLRule.LoopbackHTTP
    ) throws(ConfigurationMistakes) -> WorkspaceOutcome {
        let (change, unread) = self.samlChange(over: administration.configured.identityProvider)
        var outcome: WorkspaceOutcome?
        var mistakes: [ConfigurationMistakes.Mistake] = []
        do throws(ConfigurationMistakes) {
            outcome = try administration.configureSingleSignOn(
                self.workspaceChange,
                change,
                catalogue: catalogue,
                loopbackHTTP: loopbackHTTP
            )
        } catch {
            mistakes = error.mistakes.filter { mistake in !unread.contains { $0.field == mistake.field } }
        }
        guard let outcome, unread.isEmpty else { throw ConfigurationMistakes(mistakes: mistakes + unread) }
        return outcome
    }
}
