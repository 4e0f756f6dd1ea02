import GatewayHTTP
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Workspaces

/// How the person at the settings gets in without the identity provider, and who owns the workspace (behavior A5,
/// rulings 27).
///
/// Every step of this page wants a fresh sign-in.
struct AccessEndpoint: Sendable {
    let service: Console

    private var path: String { ConsolePath.access.path(at: self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.show(request) { visit in
                try await self.page(visit, done: AccessNotice(FormDecoder.decodeQuery(of: request)))
            }
        }
        self.add("/passphrase", to: router, self.setPassphrase)
        self.add("/passphrase/remove", to: router, self.removePassphrase)
        self.add("/authenticator", to: router, self.setAuthenticator)
        self.add("/authenticator/remove", to: router, self.removeAuthenticator)
        self.add("/owner", to: router, self.transferOwnership)
        self.add("/enforce", to: router, self.enforce)
    }

    /// A form of the page: sent by a member, lately confirmed.
    private func add(
        _ step: String,
        to router: Router<GatewayRequestContext>,
        _ handler: @escaping @Sendable (AccessStep) async throws -> Response
    ) {
        router.post(RouterPath(self.path + step)) { request, context in
            try await self.service.gate.changeConfirmed(request, page: .access) { visit, form in
                guard case .member(let session, let membership) = visit.visitor else { throw GatewayError(.notFound) }
                let step = AccessStep(
                    visit: visit,
                    session: session,
                    membership: membership,
                    form: form,
                    clientAddress: context.client.description
                )
                let response = try await handler(step)
                context.logger.notice("a way in was changed", metadata: ["workspace.id": "\(session.workspaceID)"])
                return response
            }
        }
    }

    private func page(
        _ visit: SettingsVisit,
        problems: FormProblems = FormProblems(),
        secret: OneTimeCodeSecret? = nil,
        done: AccessNotice? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard case .member(_, let membership) = visit.visitor else { throw GatewayError(.notFound) }
        let page = AccessPage(
            visit,
            membership: membership,
            credential: try await self.service.credentials.credential(visit.scope, of: membership.userID),
            people: try await self.service.members.administrators(visit.scope, catalogue: self.service.catalogue),
            confirmation: visit.confirmation(for: .access, site: self.service.pages.site, now: self.service.now()),
            secret: secret ?? .random(),
            problems: problems,
            done: done,
            renderer: self.service.renderer
        )
        return self.service.renderer.response(page, with: .access, status: status)
    }

    private func onward(_ done: AccessNotice) -> Response {
        Response(status: .seeOther, headers: [.location: self.path + "?done=" + done.rawValue])
    }

    // MARK: - The passphrase

    private func setPassphrase(_ step: AccessStep) async throws -> Response {
        let workspace = step.visit.configured.workspace
        guard workspace.localSignIn.admits(step.membership) else { throw GatewayError(.notFound) }
        let passphrase: Passphrase
        do throws(PassphraseRule.Refusal) {
            passphrase = try PassphraseRule.check(
                (try? step.form.optionalValue("passphrase")) ?? "",
                repetition: (try? step.form.optionalValue("repetition")) ?? "",
                email: step.membership.email,
                workspace: workspace
            )
        } catch {
            let problems = PassphraseFields.problems(error)
            return try await self.page(step.visit, problems: problems, status: .unprocessableContent)
        }
        try await self.service.credentials.setPassphrase(
            step.visit.scope,
            of: step.membership,
            to: try await self.service.passphrases.hash(passphrase, by: .settings),
            keeping: step.session.id,
            clientAddress: step.clientAddress,
            now: self.service.now()
        )
        return self.onward(.passphraseSet)
    }

    private func removePassphrase(_ step: AccessStep) async throws -> Response {
        do {
            try await self.service.credentials.removeOwn(
                step.visit.scope,
                of: step.membership,
                catalogue: self.service.catalogue,
                now: self.service.now()
            )
        } catch let refusal as AdministrationRefusal {
            let problems = FormProblems([.init(field: AccessPage.removal, message: refusal.description)])
            return try await self.page(step.visit, problems: problems, status: .unprocessableContent)
        }
        return self.onward(.passphraseRemoved)
    }

    // MARK: - The authenticator app

    private func setAuthenticator(_ step: AccessStep) async throws -> Response {
        guard let secret = OneTimeCodeSecret(base32: try step.form.value("secret")) else {
            throw GatewayError(.formInvalid)
        }
        // The code shows that the app has the secret; it is used by that.
        guard let codeStep = secret.step(of: try step.form.value("code"), now: self.service.now()) else {
            let words = "This is not the code that the app shows now; check the key and the clock of the device."
            return try await self.page(
                step.visit,
                problems: FormProblems([.init(field: "code", message: words)]),
                secret: secret,
                status: .unprocessableContent
            )
        }
        let owner = CodeSecretOwner.bytes(step.visit.scope, step.membership.userID)
        try await self.service.credentials.setCodes(
            step.visit.scope,
            of: step.membership,
            to: StoredLocalCredential.CodeSetup(
                sealedSecret: try self.service.secrets.seal(secret.bytes, for: owner),
                lastStep: codeStep
            ),
            now: self.service.now()
        )
        return self.onward(.authenticatorSet)
    }

    private func removeAuthenticator(_ step: AccessStep) async throws -> Response {
        try await self.service.credentials.setCodes(
            step.visit.scope,
            of: step.membership,
            to: nil,
            now: self.service.now()
        )
        return self.onward(.authenticatorRemoved)
    }

    // MARK: - Single sign-on alone

    /// Takes the members' passphrases away, which wants a test sign-in that succeeded; the owner's stays.
    private func enforce(_ step: AccessStep) async throws -> Response {
        // What the operator switched off altogether is not given back here.
        guard step.visit.configured.workspace.localSignIn == .members else { return self.onward(.enforced) }
        let catalogue = self.service.catalogue
        do {
            try await self.service.workspaces.administer(
                step.visit.scope,
                actor: step.visit.visitor.actor,
                now: self.service.now()
            ) { administration in
                let change = WorkspaceChange(
                    localSignIn: administration.configured.workspace.localSignIn == .members ? .owner : nil
                )
                return try administration.change(change, catalogue: catalogue)
            }
        } catch let mistakes as ConfigurationMistakes {
            let problems = FormProblems(mistakes.mistakes)
            return try await self.page(step.visit, problems: problems, status: .unprocessableContent)
        }
        return self.onward(.enforced)
    }

    // MARK: - The owner

    private func transferOwnership(_ step: AccessStep) async throws -> Response {
        guard let email = Email(try step.form.value("email")) else { throw GatewayError(.formInvalid) }
        do {
            try await self.service.members.transferOwnership(
                step.visit.scope,
                to: email,
                catalogue: self.service.catalogue,
                actor: step.visit.visitor.actor,
                method: step.session.method,
                now: self.service.now()
            )
        } catch let refusal as AdministrationRefusal {
            let problems = FormProblems([.init(field: "email", message: refusal.description)])
            return try await self.page(step.visit, problems: problems, status: .unprocessableContent)
        }
        return self.onward(.transferred)
    }
}
