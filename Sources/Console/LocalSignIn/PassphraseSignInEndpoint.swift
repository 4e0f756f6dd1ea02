import GatewayHTTP
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Workspaces

/// Signs people in with a passphrase, for when single sign-on does not work or is not there yet (behavior A5, rulings 26).
///
///     GET   the form
///     POST  limits -> one look-up -> one scrypt -> one transaction -> 303, or the form again
///
/// Whatever is wrong, the answer is the same page after the same work: whether there is such a workspace, such a person
/// or such a passphrase shows nowhere but in the audit log.
struct PassphraseSignInEndpoint: Sendable {
    let service: Console

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(self.site.passphraseSignInPath)
        router.get(path) { request, _ in try self.show(request) }
        router.post(path) { request, context in try await self.submit(request, context) }
    }

    private func show(_ request: Request) throws -> Response {
        let target = request.uri.path + (request.uri.query.map { "?" + $0 } ?? "")
        if let url = self.site.publicURL(of: target, askedFor: request.head.authority) {
            return Response(status: .found, headers: [.location: url])
        }
        let form = try PassphraseSignInForm(link: FormDecoder.decodeQuery(of: request))
        return self.response(PassphraseSignInPage(form, renderer: self.service.renderer))
    }

    private func submit(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try CrossSiteCheck(site: self.site).check(request.headers)
        let form = try PassphraseSignInForm(posted: try await FormDecoder.page.decodeBody(of: request))
        let problems = form.problems
        guard problems.isEmpty, let companyID = CompanyID(typed: form.companyID), let email = Email(form.email) else {
            let page = PassphraseSignInPage(form, problems: problems, renderer: self.service.renderer)
            return self.response(page, status: .unprocessableContent)
        }
        let now = self.service.now()
        if let retryAfter = self.service.passphraseLimiter.admit(context.client, name: companyID.folded, now: now) {
            throw GatewayError(.rateLimited, retryAfter: retryAfter)
        }
        guard let candidate = try await self.service.localSignIns.candidate(companyID: companyID, email: email) else {
            _ = try await self.service.passphrases.verify(Passphrase(typed: form.passphrase), against: nil)
            try await self.recordUnknown(companyID, context)
            return try self.refuse(form, request, context)
        }
        let (proof, codeStep) = try await self.prove(form, candidate)
        let replacing = self.site.cookies.session(in: request.headers).flatMap { SessionToken(cookieValue: $0) }
        let result = try await self.service.localSignIns.complete(
            candidate,
            email,
            proof: proof,
            codeStep: codeStep,
            terms: LocalSignInTerms(
                catalogue: self.service.catalogue,
                sessionLimits: self.service.sessionLimits,
                clientAddress: context.client.description,
                replacing: replacing?.hash,
                requestID: context.requestID,
                now: now
            )
        )
        switch result {
        case .refused:
            return try self.refuse(form, request, context)
        case .signedIn(let session, let token, let membership):
            context.logger.warning(
                "somebody signed in with a passphrase",
                metadata: [
                    "workspace.id": "\(session.workspaceID)", "session.id": "\(session.id)",
                    "member.is_owner": "\(membership.isOwner)",
                ]
            )
            return Response(
                status: .seeOther,
                headers: [
                    .location: self.destination(of: form, membership),
                    .setCookie: self.site.cookies.settingSession(token.cookieValue),
                ]
            )
        }
    }

    // MARK: - What the form proves

    private func prove(
        _ form: PassphraseSignInForm,
        _ candidate: LocalSignInCandidate
    ) async throws -> (LocalSignInProof, codeStep: Int?) {
        let credential = candidate.credential
        let isRight = try await self.service.passphrases.verify(
            Passphrase(typed: form.passphrase),
            against: credential?.hash
        )
        guard let credential else { return (.noPassphrase, nil) }
        guard isRight else { return (.passphraseWrong, nil) }
        guard let codes = credential.codes else { return (.complete, nil) }
        guard self.service.passphraseLimiter.admitCode(of: credential.userID, now: self.service.now()) else {
            return (.codeWrong, nil)
        }
        let owner = CodeSecretOwner.bytes(candidate.scope, credential.userID)
        guard let bytes = try? self.service.secrets.open(codes.sealedSecret, for: owner),
            let secret = OneTimeCodeSecret(bytes: bytes),
            let step = secret.step(of: form.code, now: self.service.now())
        else { return (.codeWrong, nil) }
        return (step > codes.lastStep ? .complete : .codeUsed, step)
    }

    // MARK: - Answers

    /// Where the person goes: the settings for whoever may see them and wanted nothing else.
    private func destination(of form: PassphraseSignInForm, _ membership: Membership) -> String {
        guard form.returnPath == .root, SettingsAccess.isGranted(to: membership, catalogue: self.service.catalogue)
        else {
            return form.returnPath.value
        }
        return self.site.settingsPath
    }

    private func refuse(
        _ form: PassphraseSignInForm,
        _ request: Request,
        _ context: GatewayRequestContext
    ) throws -> Response {
        self.service.passphraseLimiter.recordFailure(context.client, now: self.service.now())
        guard RequestKind(request.headers) == .navigation else { throw GatewayError(.passphraseRefused) }
        let page = PassphraseSignInPage(form, isRefused: true, renderer: self.service.renderer)
        return self.response(page, status: .forbidden)
    }

    /// A Company ID that no workspace has stands in the operator's log, as a refusal of a workspace does in its own.
    ///
    /// Anybody can cause it: what is more than that log can hold is not written.
    private func recordUnknown(_ companyID: CompanyID, _ context: GatewayRequestContext) async throws {
        guard self.service.refusalLimiter.admit(context.client, now: self.service.now()) == nil else { return }
        let event = AuditEvent(
            time: self.service.now(),
            workspaceID: nil,
            actor: .system,
            action: .localSignIn,
            outcome: .refused(.passphraseRefused),
            detail: ["company_id": companyID.value, "client_address": context.client.description]
        )
        try await self.service.audit.appendForOperator(event.naming(context.requestID))
    }

    private func response(_ page: PassphraseSignInPage, status: HTTPResponse.Status = .ok) -> Response {
        self.service.renderer.response(page, with: .passphraseSignIn, status: status)
    }
}
