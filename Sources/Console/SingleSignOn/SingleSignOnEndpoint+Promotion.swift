import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// What becomes of what was edited: it is put in force, single sign-on is switched on with it, or it is given up.
extension SingleSignOnEndpoint {
    /// Puts what is edited in force.
    func promote(_ visit: SettingsVisit, _ form: Form, _ step: SingleSignOnPromotion.Step) async throws -> Response {
        let name = try form.value("change")
        let isConfirmed = form.contains("untested")
        do {
            try await self.service.versions.promote(
                visit.scope,
                actor: visit.visitor.actor,
                session: visit.visitor.session,
                now: self.service.now()
            ) { promotion, person in
                try promotion.decide(step, name: name, by: person, isConfirmed: isConfirmed)
            }
        } catch let refusal as AdministrationRefusal {
            return try await self.refused(visit, refusal.description)
        } catch SingleSignOnPromotion.Refusal.changedMeanwhile {
            return try await self.overtaken(visit) { Overtaken(change: name, edited: $0, versions: $1) }
        } catch let refusal as SingleSignOnPromotion.Refusal {
            return try await self.refused(visit, refusal.description, asksToSignIn: refusal == .signInTooOld)
        }
        let notice = step == .switchOn ? "?enabled" : "?in-force"
        return Response(status: .seeOther, headers: [.location: self.path + notice])
    }

    /// Gives the draft up that the page showed.
    func discard(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let version = try form.value("version")
        do {
            try await self.service.versions.discardDraft(
                visit.scope,
                named: version,
                actor: visit.visitor.actor,
                now: self.service.now()
            )
        } catch is SingleSignOnVersion.ChangedMeanwhile {
            return try await self.overtaken(visit) { Overtaken(version: version, edited: $0, versions: $1) }
        }
        return Response(status: .seeOther, headers: [.location: self.path + "?discarded"])
    }

    /// Shows what there is by now, and what of it is not what the person had looked at; nothing was done.
    private func overtaken(
        _ visit: SettingsVisit,
        comparing: (EditedSettings, [SavedSingleSignOn]) -> Overtaken
    ) async throws -> Response {
        let edited = try await self.service.editedNow(visit)
        let versions = try await self.service.versions.versions(visit.scope)
        let page = SingleSignOnPage(edited, service: self.service, overtaken: comparing(edited, versions))
        return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
    }

    private func refused(_ visit: SettingsVisit, _ words: String, asksToSignIn: Bool = false) async throws -> Response {
        let problem = ConfigurationMistakes.Mistake(field: SingleSignOnPage.step, message: words)
        let page = SingleSignOnPage(
            try await self.service.editedNow(visit),
            service: self.service,
            problems: FormProblems([problem]),
            notice: asksToSignIn ? .signInTooOld : nil
        )
        return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
    }
}
