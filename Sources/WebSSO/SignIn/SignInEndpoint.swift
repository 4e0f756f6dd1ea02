import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAMLBindings
import Storage
import Workspaces

/// The pages where a sign-in begins (behavior F1, interface 3), once for each intent.
///
///     GET  without company_id     the form
///     GET  with company_id        302 to the identity provider: the deep link
///     POST                        303 to the identity provider
///
/// Where the workspace's requests travel by HTTP-POST, a page that posts the form stands in the place of a redirect.
/// A start that the person may not have asked for shows a page first that names the workspace (rulings 11).
struct SignInEndpoint: Sendable {
    let intent: SignInIntent
    let service: WebSSO

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(self.intent == .signIn ? self.site.signInPath : self.site.signUpPath)
        router.get(path) { request, context in try await self.show(request, context: context) }
        router.post(path) { request, context in try await self.submit(request, context: context) }
    }

    // MARK: - Handlers

    private func show(_ request: Request, context: GatewayRequestContext) async throws -> Response {
        let target = request.uri.path + (request.uri.query.map { "?" + $0 } ?? "")
        if let url = self.site.publicURL(of: target, askedFor: request.head.authority) {
            return Response(status: .found, headers: [.location: url])
        }
        let form = try SignInForm(link: FormDecoder.decodeQuery(of: request))
        guard form.companyID != nil else {
            let page = SignInPage(
                intent: self.intent,
                returnPath: form.returnPath,
                loginHint: form.loginHint,
                signUpPolicy: self.service.configuration.signUpPolicy
            )
            return self.service.pages.response(page: self.service.pages.signIn(page))
        }
        try self.service.admit(context)
        guard let configured = try await self.workspace(of: form) else {
            return try self.companyNotFound(form, request: request, context: context)
        }
        let isCrossSite = request.headers[.secFetchSite] == "cross-site"
        return try await self.start(
            configured,
            form: form,
            needsConsent: isCrossSite,
            request: request,
            context: context
        )
    }

    private func submit(_ request: Request, context: GatewayRequestContext) async throws -> Response {
        try CrossSiteCheck(site: self.site).check(request.headers)
        let form = try SignInForm(posted: try await FormDecoder.page.decodeBody(of: request))
        if let problem = self.problem(with: form) {
            return try self.formAgain(form, problem: problem, error: GatewayError(.formInvalid), request: request)
        }
        try self.service.admit(context)
        guard let configured = try await self.typedWorkspace(of: form) else {
            return try self.companyNotFound(form, request: request, context: context)
        }
        return try await self.start(configured, form: form, needsConsent: false, request: request, context: context)
    }

    // MARK: - The Company ID

    private func problem(with form: SignInForm) -> SignInPage.Problem? {
        guard let companyID = form.companyID, !companyID.allSatisfy(\.isWhitespace) else { return .companyIDMissing }
        if self.intent == .signIn, let address = form.typedAddress {
            return Email(address) == nil ? .emailMalformed : nil
        }
        return CompanyID(typed: companyID) == nil ? .companyIDMalformed : nil
    }

    /// The workspace that people can sign in to; a workspace without SAML is as good as none (behavior F1).
    private func workspace(of form: SignInForm) async throws -> SignInTarget? {
        guard let companyID = form.companyID.flatMap({ CompanyID(typed: $0) }) else { return nil }
        return Self.target(try await self.service.directory.configuredWorkspace(companyID: companyID))
    }

    /// The workspace that a person typed: by its Company ID, or by an address of a domain that no other one claims.
    private func typedWorkspace(of form: SignInForm) async throws -> SignInTarget? {
        guard form.typedAddress != nil, let email = form.email else { return try await self.workspace(of: form) }
        return Self.target(try await self.service.directory.configuredWorkspace(claiming: email.domain))
    }

    private static func target(_ configured: ConfiguredWorkspace?) -> SignInTarget? {
        guard let configured, let identityProvider = try? configured.signInIdentityProvider() else { return nil }
        return SignInTarget(workspace: configured.workspace, identityProvider: identityProvider)
    }

    private func companyNotFound(
        _ form: SignInForm,
        request: Request,
        context: GatewayRequestContext
    ) throws -> Response {
        self.service.limiter.recordFailure(context.client, now: self.service.now())
        return try self.formAgain(
            form,
            problem: form.typedAddress == nil ? .companyNotFound : .addressNotFound,
            error: GatewayError(.companyNotFound),
            request: request
        )
    }

    /// The form with what was typed and what is wrong with it; a program gets the error instead.
    private func formAgain(
        _ form: SignInForm,
        problem: SignInPage.Problem,
        error: GatewayError,
        request: Request
    ) throws -> Response {
        guard RequestKind(request.headers) == .navigation else { throw error }
        let page = SignInPage(
            intent: self.intent,
            companyID: form.companyID ?? "",
            returnPath: form.returnPath,
            loginHint: form.loginHint,
            problem: problem,
            signUpPolicy: self.service.configuration.signUpPolicy
        )
        let isNotFound = problem == .companyNotFound || problem == .addressNotFound
        let status: HTTPResponse.Status = isNotFound ? .notFound : .unprocessableContent
        return self.service.pages.response(status, page: self.service.pages.signIn(page))
    }

    // MARK: - The start

    private func start(
        _ target: SignInTarget,
        form: SignInForm,
        needsConsent: Bool,
        request: Request,
        context: GatewayRequestContext
    ) async throws -> Response {
        let session = try await self.service.sessions.current(request.headers)
        let otherSession = session.flatMap { $0.workspaceID == target.workspace.id ? nil : $0 }
        guard form.confirms(target.workspace.companyID) || (otherSession == nil && !needsConsent) else {
            let page = ContinuePage(
                intent: self.intent,
                workspace: target.workspace,
                returnPath: form.returnPath,
                loginHint: form.email,
                otherSession: otherSession.map { ContinuePage.Person($0) }
            )
            return self.service.pages.response(page: self.service.pages.continuing(page))
        }
        let begin = SignInStart(
            service: self.service,
            target: target,
            intent: self.intent,
            returnPath: form.returnPath,
            loginHint: form.email,
            isConfirmation: form.isConfirmation
        )
        return try await begin.response(to: request, replacing: session, context)
    }
}
