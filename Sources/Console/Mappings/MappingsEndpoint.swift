import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// What groups of the identity provider give in the workspace, and what the groups of a past sign-in would give.
///
/// The decisions are those of `portico workspace apply`. Whatever is wrong stands at its field, and all that was typed stays.
struct MappingsEndpoint: Sendable {
    let service: Console

    private var path: String { ConsolePath.mappings.path(at: self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.show(request) { visit in
                try await self.page(visit, request)
            }
        }
        router.post(RouterPath(self.path)) { request, _ in
            try await self.service.gate.change(request, decoder: .mappings) { visit, form in
                try await self.save(visit, form)
            }
        }
        router.post(RouterPath(self.path + "/preview")) { request, _ in
            try await self.service.gate.changePeople(request, decoder: .mappings) { visit, form in
                try await self.preview(visit, form)
            }
        }
    }

    /// The page with what is saved, or with what was typed before the person confirmed who they are.
    private func page(_ visit: SettingsVisit, _ request: Request) async throws -> Response {
        let saved = try await self.service.mappings.mappings(visit.scope)
        let kept = try await self.service.gate.keptForm(of: visit, at: self.path)
        let isSaved = FormDecoder.decodeQuery(of: request).contains("saved")
        return self.response(
            MappingsPage(
                visit,
                service: self.service,
                saved: saved,
                lines: try kept.map { form in try MappingLines(form) },
                version: try kept?.optionalValue("version"),
                notice: kept != nil ? .kept : isSaved ? .saved : nil
            )
        )
    }

    private func response(_ page: MappingsPage, status: HTTPResponse.Status = .ok) -> Response {
        self.service.renderer.response(page, with: .mappings, status: status)
    }

    // MARK: - Saving

    private func save(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let lines = try MappingLines(form)
        let version = try form.value("version")
        do {
            if try await self.makesAdministrators(lines, visit),
                let onward = try await self.service.gate.confirmation(of: visit, keeping: form, at: self.path)
            {
                return onward
            }
            try await self.service.mappings.change(
                visit.scope,
                lines.change,
                over: version,
                catalogue: self.service.catalogue,
                actor: visit.visitor.actor,
                now: self.service.now()
            )
        } catch let mistakes as ConfigurationMistakes {
            let saved = try await self.service.mappings.mappings(visit.scope)
            let page = MappingsPage(
                visit,
                service: self.service,
                saved: saved,
                lines: lines,
                version: version,
                problems: FormProblems(mistakes.mistakes)
            )
            return self.response(page, status: .unprocessableContent)
        } catch let changed as MappingsChangedMeanwhile {
            return self.conflict(visit, lines, with: changed.current)
        }
        try await self.service.gate.forgetKeptForm(of: visit, at: self.path)
        return Response(status: .seeOther, headers: [.location: self.path + "?saved"])
    }

    /// Whether a group would give the administrator's role that does not give it yet, which wants a fresh sign-in.
    ///
    /// - Throws: `ConfigurationMistakes`, which are told before anybody is asked to confirm who they are; the failures of the
    ///   database.
    private func makesAdministrators(_ lines: MappingLines, _ visit: SettingsVisit) async throws -> Bool {
        let saved = try await self.service.mappings.mappings(visit.scope)
        let wanted = try lines.change.applied(to: saved, catalogue: self.service.catalogue)
        let admin = self.service.catalogue.admin
        return wanted.roles.contains { group, role in role == admin && saved.roles[group] != admin }
    }

    /// Shows what somebody else saved beside what this person typed; saving again means one's own.
    private func conflict(_ visit: SettingsVisit, _ lines: MappingLines, with current: GroupMappings) -> Response {
        var differences: [SettingDifference] = []
        var problems: [ConfigurationMistakes.Mistake] = []
        do throws(ConfigurationMistakes) {
            let wanted = try lines.change.applied(to: current, catalogue: self.service.catalogue)
            differences = current.differences(to: wanted)
        } catch {
            problems = error.mistakes
        }
        let page = MappingsPage(
            visit,
            service: self.service,
            saved: current,
            lines: lines,
            problems: FormProblems(problems),
            notice: .conflict,
            differences: differences
        )
        return self.response(page, status: .unprocessableContent)
    }

    // MARK: - Looking ahead

    /// Shows what the lines, saved or not, would give somebody whose groups are known; nothing is written.
    private func preview(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let lines = try MappingLines(form)
        let typed = try form.value("preview_email")
        let saved = try await self.service.mappings.mappings(visit.scope)
        var mistakes: [ConfigurationMistakes.Mistake] = []
        var wanted = saved
        do throws(ConfigurationMistakes) {
            wanted = try lines.change.applied(to: saved, catalogue: self.service.catalogue)
        } catch {
            mistakes = error.mistakes
        }
        var past: PastSignIn?
        if let email = Email(typed) {
            past = try await self.service.mappings.pastSignIn(
                visit.scope,
                of: email,
                catalogue: self.service.catalogue,
                management: self.service.management
            )
        }
        if past == nil {
            let words =
                "Nobody with this address has signed in since groups are kept. Give the address of somebody who has."
            mistakes.append(.init(field: "preview_email", message: words))
        }
        let preview = past.flatMap { past -> ShownPreview? in
            guard mistakes.isEmpty else { return nil }
            return GroupPreview(
                past.seen,
                facts: past.facts,
                mappings: wanted,
                catalogue: self.service.catalogue,
                now: self.service.now()
            )
            .map { ShownPreview($0, of: past.seen, in: past.facts.configured.workspace) }
        }
        let page = MappingsPage(
            visit,
            service: self.service,
            saved: saved,
            lines: lines,
            version: try form.value("version"),
            problems: FormProblems(mistakes),
            previewEmail: typed,
            preview: preview
        )
        return self.response(page, status: mistakes.isEmpty ? .ok : .unprocessableContent)
    }
}
