import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// Who is invited and has not come in yet: inviting, a new link, withdrawing.
///
/// Where there is a mail server, the link is mailed. Elsewhere, and where somebody asks for it, it is shown in the answer to the
/// form that made it, and nowhere else: what is kept is its hash.
struct InvitationsEndpoint: Sendable {
    let service: Console

    /// How many invitations one page shows.
    private static let limit = 100

    private var path: String { ConsolePath.invitations.path(at: self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.showPeople(request) { visit in
                let query = FormDecoder.decodeQuery(of: request)
                let kept = try await self.service.gate.keptForm(of: visit, at: self.path)
                return try await self.page(
                    visit,
                    beginning: try query.optionalValue("email") ?? "",
                    values: try kept.map { form in try InvitationValues(form) } ?? InvitationValues(),
                    notice: Self.notice(query),
                    isKept: kept != nil
                )
            }
        }
        self.add("", to: router) { visit, form in try await self.invite(visit, form) }
        self.add("/mail", to: router) { visit, form in try await self.mailAgain(visit, form) }
        self.add("/renew", to: router) { visit, form in try await self.renew(visit, form) }
        self.add("/withdraw", to: router) { visit, form in try await self.withdraw(visit, form) }
    }

    private func add(
        _ path: String,
        to router: Router<GatewayRequestContext>,
        change: @escaping @Sendable (SettingsVisit, Form) async throws -> Response
    ) {
        router.post(RouterPath(self.path + path)) { request, _ in
            try await self.service.gate.changePeople(request) { visit, form in try await change(visit, form) }
        }
    }

    // MARK: - Forms

    private func invite(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let values = try InvitationValues(form)
        guard let email = Email(values.email) else {
            let words = "Enter an e-mail address such as ann@company.example."
            return try await self.formAgain(visit, values, field: "email", words)
        }
        let token = SecretToken<InvitationLink>.random()
        let delivery = self.service.invitationDelivery
        let request = self.service.request(.invitation(role: values.role), of: email, visit)
        let decide = {
            @Sendable (
                administration: MemberAdministration,
                user: UserRegistration
            )
                -> MemberAdministrationOutcome in
            let outcome =
                switch delivery {
                case .link: try administration.invite(email, roleName: values.role, user: user, by: token)
                case .mail: try administration.inviteByMail(email, roleName: values.role, user: user)
                }
            try administration.checkInvitation(as: values.role, shown: values.seenRole(of: email))
            return outcome
        }
        do {
            if values.role == self.service.catalogue.admin.name {
                try await self.service.members.consider(request, decide: decide)
                if let onward = try await self.service.gate.confirmation(of: visit, keeping: form, at: self.path) {
                    return onward
                }
            }
            let outcome = try await self.service.members.administer(request, decide: decide)
            try await self.service.gate.forgetKeptForm(of: visit, at: self.path)
            return try await self.shown(outcome, by: token, visit)
        } catch let refusal as AdministrationRefusal {
            let field =
                switch refusal {
                case .unknownRole, .managedByIdentityProvider: "role"
                case _: "email"
                }
            return try await self.formAgain(visit, values, field: field, refusal.description)
        } catch let otherwise as InvitedOtherwise {
            return try await self.askAgain(visit, values, otherwise.invitation)
        }
    }

    /// Says who is invited already as what, and asks whether that is to change.
    private func askAgain(
        _ visit: SettingsVisit,
        _ values: InvitationValues,
        _ invitation: Membership
    ) async throws -> Response {
        var values = values
        values.seenEmail = invitation.email.value
        values.seenRole = invitation.role?.name ?? ""
        return try await self.page(
            visit,
            values: values,
            notice: .invitedOtherwise(invitation),
            status: .unprocessableContent
        )
    }

    private func renew(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        let token = SecretToken<InvitationLink>.random()
        return try await self.changeOne(visit, form, as: .invitationLink) { request in
            let outcome = try await self.service.members.administer(request) { administration, _ in
                try administration.renewInvitation(by: token)
            }
            return try await self.shown(outcome, by: token, visit)
        }
    }

    private func mailAgain(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        guard self.service.invitationDelivery == .mail else { throw GatewayError(.notFound) }
        return try await self.changeOne(visit, form, as: .invitationMail) { request in
            _ = try await self.service.members.administer(request) { administration, _ in
                try administration.mailInvitationAgain()
            }
            return self.mailed()
        }
    }

    private func withdraw(_ visit: SettingsVisit, _ form: Form) async throws -> Response {
        try await self.changeOne(visit, form, as: .removal) { request in
            _ = try await self.service.members.administer(request) { administration, _ in
                try administration.withdrawInvitation()
            }
            return Response(status: .seeOther, headers: [.location: self.path + "?withdrawn"])
        }
    }

    /// Changes one of the listed invitations; what is refused is told above the list, which shows what is there now.
    private func changeOne(
        _ visit: SettingsVisit,
        _ form: Form,
        as attempt: MemberChangeAttempt,
        change: (MemberChangeRequest) async throws -> Response
    ) async throws -> Response {
        guard let email = Email(try form.value("email")) else { throw RequestRefusal.formInvalid }
        do {
            return try await change(self.service.request(attempt, of: email, visit))
        } catch let refusal as AdministrationRefusal {
            return try await self.page(
                visit,
                notice: .refused("\(email.value): \(refusal.description)"),
                status: .unprocessableContent
            )
        }
    }

    // MARK: - Answers

    /// Shows the link that was made, or says that it is mailed.
    private func shown(
        _ outcome: MemberAdministrationOutcome,
        by token: SecretToken<InvitationLink>,
        _ visit: SettingsVisit
    ) async throws -> Response {
        guard let link = outcome.invitation else { return self.mailed() }
        let shown = InvitationsPage.Link(
            email: link.email.value,
            url: self.service.pages.site.invitationURL(token),
            expiresAt: ReadableDate.time(link.expiresAt)
        )
        return try await self.page(visit, notice: .link(shown))
    }

    private func mailed() -> Response {
        Response(status: .seeOther, headers: [.location: self.path + "?mailed"])
    }

    private func formAgain(
        _ visit: SettingsVisit,
        _ values: InvitationValues,
        field: String,
        _ words: String
    ) async throws -> Response {
        try await self.page(
            visit,
            values: values,
            problems: FormProblems([ConfigurationMistakes.Mistake(field: field, message: words)]),
            status: .unprocessableContent
        )
    }

    /// What the page says of a change that led here.
    private static func notice(_ query: Form) -> InvitationsPage.Notice? {
        if query.contains("withdrawn") { return .withdrawn }
        return query.contains("mailed") ? .mailed : nil
    }

    private func page(
        _ visit: SettingsVisit,
        beginning: String = "",
        values: InvitationValues = InvitationValues(),
        problems: FormProblems = FormProblems(),
        notice: InvitationsPage.Notice? = nil,
        isKept: Bool = false,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let beginning = beginning.filter { !$0.isWhitespace }.lowercased()
        // One more than is shown, to know whether there are more.
        let pending = try await self.service.invitations.pending(
            visit.scope,
            beginning: beginning,
            limit: Self.limit + 1
        )
        let page = InvitationsPage(
            visit,
            service: self.service,
            values: values,
            problems: problems,
            notice: notice,
            isKept: isKept,
            beginning: beginning,
            pending: Array(pending.prefix(Self.limit)),
            hasMore: pending.count > Self.limit
        )
        return self.service.renderer.response(page, with: .invitations, status: status)
    }
}
