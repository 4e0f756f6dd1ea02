import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// An administrator's word about what metadata proposes, by the decision and the store of `portico saml approve` and
/// `portico saml reject`.
///
/// A yes changes whom the gateway believes: it wants a sign-in of a moment ago, keeps a version of the settings, and the
/// other administrators are told on the overview.
struct MetadataReviewEndpoint: Sendable {
    let service: Console

    private enum Decision: String {
        case approve
        case reject
    }

    private var path: String { ConsolePath.singleSignOn.path(at: self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.post(RouterPath(self.path + "/metadata/review")) { request, _ in
            try await self.service.gate.change(request) { visit, form in try await self.review(visit, form) }
        }
    }

    private func review(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let fingerprint = try form.value("fingerprint")
        guard let decision = Decision(rawValue: try form.value("decision")),
            let kind = MetadataProposal.Kind(rawValue: try form.value("kind"))
        else { throw RequestRefusal.formInvalid }
        let person = try await self.service.versions.person(visit.scope, visit.visitor.session)
        let now = self.service.now()
        let actor = visit.visitor.actor
        let loopbackHTTP = self.service.loopbackHTTP
        do {
            try await self.service.refreshes.refresh(visit.scope, now: now) { configured, state in
                let review = MetadataReview(configured: configured, state: state, actor: actor, now: now)
                return switch decision {
                case .approve: try review.approve(fingerprint, as: kind, by: person, loopbackHTTP: loopbackHTTP)
                case .reject: try review.reject(fingerprint, as: kind, by: person)
                }
            }
        } catch let refusal as MetadataReviewRefusal {
            let asksToSignIn = refusal == .signInTooOld || refusal == .endsOwnSession
            return try await self.refused(visit, [refusal.description], asksToSignIn: asksToSignIn)
        } catch let mistakes as ConfigurationMistakes {
            return try await self.refused(visit, mistakes.mistakes.map(\.message))
        }
        let notice = decision == .approve ? "?approved" : "?rejected"
        return Response(status: .seeOther, headers: [.location: self.path + notice])
    }

    private func refused(
        _ visit: SettingsVisit,
        _ words: [String],
        asksToSignIn: Bool = false
    ) async throws -> Response {
        let page = SingleSignOnPage(
            try await self.service.editedNow(visit),
            service: self.service,
            problems: FormProblems(words.map { .init(field: "fingerprint", message: $0) }),
            notice: asksToSignIn ? .signInTooOld : nil
        )
        return self.service.renderer.response(page, with: .singleSignOn, status: .unprocessableContent)
    }
}
