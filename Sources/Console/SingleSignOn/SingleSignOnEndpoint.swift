import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// The form of single sign-on, in the order in which an administrator goes through it with the identity provider's
/// console beside it.
///
/// While single sign-on is off, nobody signs in by what is saved, and saving changes it. Once it is on, saving keeps a
/// draft, which counts when somebody puts it in force (`+Promotion`).
///
/// The decisions are those of `portico saml configure`. Whatever is wrong stands at its field, and all that was typed
/// stays.
struct SingleSignOnEndpoint: Sendable {
    let service: Console

    var path: String { ConsolePath.singleSignOn.path(at: self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.show(request) { visit in try await self.page(visit, request: request) }
        }
        router.post(RouterPath(self.path)) { request, _ in
            try await self.service.gate.change(request, decoder: .metadata) { visit, form in
                // Whoever gives metadata and saves has not seen yet what it says.
                guard try !TypedMetadata(form).isGiven else {
                    return try await MetadataPreviewEndpoint(service: self.service).preview(visit, form)
                }
                return try await self.save(visit, form)
            }
        }
        router.post(RouterPath(self.path + "/preset")) { request, _ in
            try await self.service.gate.change(request, decoder: .metadata) { visit, form in
                try await self.fillInNames(visit, form)
            }
        }
        router.post(RouterPath(self.path + "/enable")) { request, _ in
            try await self.service.gate.change(request) { visit, form in
                try await self.promote(visit, form, .switchOn)
            }
        }
        router.post(RouterPath(self.path + "/in-force")) { request, _ in
            try await self.service.gate.change(request) { visit, form in
                try await self.promote(visit, form, .replace)
            }
        }
        router.post(RouterPath(self.path + "/discard")) { request, _ in
            try await self.service.gate.change(request) { visit, form in try await self.discard(visit, form) }
        }
    }

    private func page(_ visit: SettingsVisit, request: Request) async throws -> Response {
        let query = FormDecoder.decodeQuery(of: request)
        let notices: [(String, SingleSignOnPage.Notice)] = [
            ("saved", .saved), ("drafted", .drafted), ("enabled", .enabled), ("in-force", .inForce),
            ("discarded", .discarded),
            ("approved", .approved), ("rejected", .rejected),
        ]
        let edited = try await self.service.edited(visit)
        if let preset = try? query.optionalValue("preset").flatMap({ AttributePreset(rawValue: $0) }) {
            return self.filledIn(edited, SingleSignOnValues(edited.visit.configured), with: preset)
        }
        let page = SingleSignOnPage(
            edited,
            service: self.service,
            notice: notices.first { query.contains($0.0) }?.1
        )
        return self.service.renderer.response(page, with: .singleSignOn)
    }

    // MARK: - Saving

    private func save(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let edited = try await self.service.edited(visit)
        let pinned = edited.visit.configured.identityProvider?.certificates ?? []
        let values = try SingleSignOnValues(form, pinned: pinned)
        let version = try form.value("version")
        do {
            try await self.write(values, version: version, edited)
        } catch let mistakes as ConfigurationMistakes {
            return self.formAgain(edited, values.withoutPrivateKey, version: version, problems: mistakes.mistakes)
        } catch is SingleSignOnVersion.ChangedMeanwhile {
            return self.conflict(try await self.service.editedNow(visit), values.withoutPrivateKey)
        }
        let notice = edited.isInUse || edited.draft != nil ? "?drafted" : "?saved"
        return Response(status: .seeOther, headers: [.location: self.path + notice])
    }

    private func write(_ values: SingleSignOnValues, version: String, _ edited: EditedSettings) async throws {
        let catalogue = self.service.catalogue
        let loopbackHTTP = self.service.loopbackHTTP
        let visit = edited.visit
        let actor = visit.visitor.actor
        let now = self.service.now()
        let decide: @Sendable (WorkspaceAdministration) throws -> WorkspaceOutcome = { administration in
            try SingleSignOnVersion(of: administration.configured).check(named: version)
            return try values.decide(administration, catalogue: catalogue, loopbackHTTP: loopbackHTTP)
        }
        guard !edited.isInUse, edited.draft == nil else {
            return try await self.service.versions.saveDraft(visit.scope, actor: actor, now: now, decide: decide)
        }
        try await self.service.workspaces.administer(visit.scope, actor: actor, now: now) { administration in
            // What was switched on since is not changed at once any more.
            guard administration.configured.identityProvider?.enabled != true else {
                throw SingleSignOnVersion.ChangedMeanwhile()
            }
            return try decide(administration)
        }
    }

    private func formAgain(
        _ edited: EditedSettings,
        _ values: SingleSignOnValues,
        version: String,
        problems: [ConfigurationMistakes.Mistake]
    ) -> Response {
        let page = SingleSignOnPage(
            edited,
            service: self.service,
            values: values,
            version: version,
            problems: FormProblems(problems)
        )
        return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
    }

    /// Shows what somebody else saved beside what this person typed; saving again means one's own.
    private func conflict(_ edited: EditedSettings, _ values: SingleSignOnValues) -> Response {
        let administration = WorkspaceAdministration(
            configured: edited.visit.configured,
            actor: edited.visit.visitor.actor,
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
            edited,
            service: self.service,
            values: values,
            problems: FormProblems(problems),
            notice: .conflict,
            differences: differences
        )
        return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
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
