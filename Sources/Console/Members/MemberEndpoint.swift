import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// One person of the workspace, and what an administrator may do to them.
///
/// The decisions are those of `portico member`. What is refused is said on the person's page, with the status of its code.
/// A person of another workspace is not there (behavior T6), nor is one who was removed meanwhile: the list says so.
struct MemberEndpoint: Sendable {
    let service: Console

    /// What is done to a person.
    enum Action: String, CaseIterable, Sendable {
        case role
        case deactivate
        case reactivate
        case remove

        /// Whether it wants a fresh sign-in: what makes somebody an administrator or takes that from them, and what puts
        /// somebody out.
        ///
        /// - Parameters:
        ///   - membership: Whom it is done to.
        ///   - role: The role that is given.
        ///   - admin: The administrator's.
        /// - Returns: Whether the person has to confirm who they are.
        func isDangerous(to membership: Membership, role: String, admin: Role) -> Bool {
            switch self {
            case .role: (role == admin.name) != (membership.role == admin)
            case .reactivate: membership.role == admin
            case .deactivate, .remove: true
            }
        }

        /// What the audit log calls it where it is refused.
        func attempt(role: String) -> MemberChangeAttempt {
            switch self {
            case .role: .role(role)
            case .deactivate: .deactivation
            case .reactivate: .reactivation
            case .remove: .removal
            }
        }

        /// Decides it.
        ///
        /// - Parameters:
        ///   - administration: What is known of the person.
        ///   - role: The role that is given, and the one that was shown.
        /// - Returns: What is written.
        /// - Throws: `AdministrationRefusal`; `RoleChangedMeanwhile`.
        func decide(
            _ administration: MemberAdministration,
            role: TypedRole
        ) throws -> MemberAdministrationOutcome {
            switch self {
            case .role: try administration.setRole(role.name, shown: role.shown)
            case .deactivate: try administration.deactivate()
            case .reactivate: try administration.reactivate()
            case .remove: try administration.remove()
            }
        }
    }

    /// The field of a kept form that says what was to be done.
    static let keptAction = "action"

    private var paths: MembersPath { MembersPath(self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = self.paths.list + "/:user"
        router.get(RouterPath(path)) { request, context in
            try await self.service.gate.showPeople(request) { visit in
                guard let member = try await self.member(visit, context) else { return try await self.gone(visit) }
                let path = self.paths.person(member.entry.membership.userID)
                let kept = try await self.service.gate.keptForm(of: visit, at: path)
                let page = MemberPersonPage(
                    visit,
                    service: self.service,
                    member: member,
                    notice: MemberPersonPage.Notice(FormDecoder.decodeQuery(of: request)),
                    kept: try kept?.optionalValue(Self.keptAction).flatMap { Action(rawValue: $0) },
                    role: try kept.map { try TypedRole($0) }
                )
                return self.service.renderer.response(page, with: .member)
            }
        }
        router.post(RouterPath(path + "/sign-out")) { request, context in
            try await self.service.gate.changePeople(request) { visit, _ in
                guard let member = try await self.member(visit, context) else { return try await self.gone(visit) }
                return try await self.signOut(member, visit)
            }
        }
        for action in Action.allCases {
            router.post(RouterPath(path + "/" + action.rawValue)) { request, context in
                try await self.service.gate.changePeople(request) { visit, form in
                    guard let member = try await self.member(visit, context) else {
                        return try await self.gone(visit)
                    }
                    return try await self.apply(action, to: member, visit, form)
                }
            }
        }
    }

    /// Ends every session of the person, as `portico session revoke` does.
    private func signOut(_ member: MemberDetail, _ visit: SettingsVisit) async throws -> Response {
        let membership = member.entry.membership
        let count = try await self.service.sessions.revoke(
            visit.scope,
            of: membership.email,
            by: visit.visitor.actor,
            now: self.service.now()
        )
        return Response(
            status: .seeOther,
            headers: [.location: self.paths.person(membership.userID) + "?ended=\(count)"]
        )
    }

    /// The person whom the path names.
    private func member(_ visit: SettingsVisit, _ context: GatewayRequestContext) async throws -> MemberDetail? {
        guard let userID = context.parameters.get("user").flatMap({ UserID($0) }) else { return nil }
        return try await self.service.members.detail(visit.scope, of: userID)
    }

    /// The list, which says that there is nobody of this path (any more).
    private func gone(_ visit: SettingsVisit) async throws -> Response {
        try await MembersEndpoint(service: self.service)
            .page(visit, Form(fields: []), notice: .gone, status: .notFound)
    }

    private func apply(
        _ action: Action,
        to member: MemberDetail,
        _ visit: SettingsVisit,
        _ form: Form
    ) async throws -> Response {
        let membership = member.entry.membership
        let path = self.paths.person(membership.userID)
        let role = try TypedRole(form)
        let decide = {
            @Sendable (
                administration: MemberAdministration,
                _: UserRegistration
            )
                -> MemberAdministrationOutcome in
            try action.decide(administration, role: role)
        }
        let request = self.service.request(action.attempt(role: role.name), of: membership.email, visit)
        let outcome: MemberAdministrationOutcome
        do {
            if action.isDangerous(to: membership, role: role.name, admin: self.service.catalogue.admin) {
                try await self.service.members.consider(request, decide: decide)
                let kept = Form(fields: form.fields + [Form.Field(name: Self.keptAction, value: action.rawValue)])
                if let onward = try await self.service.gate.confirmation(of: visit, keeping: kept, at: path) {
                    return onward
                }
            }
            outcome = try await self.service.members.administer(request, decide: decide)
        } catch AdministrationRefusal.notAMember {
            return try await self.gone(visit)
        } catch let refusal as AdministrationRefusal {
            return self.refused(refusal, role: role, member, visit)
        } catch is RoleChangedMeanwhile {
            return try await self.conflict(role, membership.userID, visit)
        }
        try await self.service.gate.forgetKeptForm(of: visit, at: path)
        if let closed = ClosedSettingsPage(membership.userID, now: outcome.membership, visit, service: self.service) {
            return self.service.renderer.response(closed, with: .closedSettings)
        }
        let next = action == .remove ? self.paths.list + "?removed" : path + "?done=" + action.rawValue
        return Response(status: .seeOther, headers: [.location: next])
    }

    private func refused(
        _ refusal: AdministrationRefusal,
        role: TypedRole,
        _ member: MemberDetail,
        _ visit: SettingsVisit
    ) -> Response {
        let page = MemberPersonPage(visit, service: self.service, member: member, refusal: refusal, role: role)
        return self.service.renderer.response(
            page,
            with: .member,
            status: refusal.code.map { HTTPResponse.Status(code: $0.httpStatus) } ?? .unprocessableContent
        )
    }

    /// Shows which role somebody else gave meanwhile; saving again means one's own.
    private func conflict(_ role: TypedRole, _ userID: UserID, _ visit: SettingsVisit) async throws -> Response {
        guard let member = try await self.service.members.detail(visit.scope, of: userID) else {
            return try await self.gone(visit)
        }
        let page = MemberPersonPage(visit, service: self.service, member: member, role: role, isConflict: true)
        return self.service.renderer.response(page, with: .member, status: .unprocessableContent)
    }
}
