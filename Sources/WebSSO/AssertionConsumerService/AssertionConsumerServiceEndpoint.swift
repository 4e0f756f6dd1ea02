import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import SAMLBindings
import Storage
import Workspaces

/// Where identity providers post their responses: the shared assertion consumer service and each workspace's own.
///
/// The order is that of behavior V, as rulings 1 settle it; each step may only refuse until the last one:
///
///     the form, its size, strict base64, XML, grammar      nothing is known yet
///     InResponseTo -> the stored request                   it alone selects the workspace (behavior Q5);
///                                                          without it, see +Unsolicited (behavior Q7)
///                                                          or to a test sign-in, see +Test (behavior T7)
///     the browser's key, RelayState                        the sign-in was begun in this browser
///     the path is the workspace's chosen one               behavior Q6
///     status, issuer, signature, every rule                SAMLBindings, under this workspace's certificates
///     replay, provisioning, session                        one transaction (behavior R6)
struct AssertionConsumerServiceEndpoint: Sendable {
    let service: WebSSO

    var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let prefix = self.site.prefix
        router.post(RouterPath(prefix + "/saml/acs")) { request, context in
            try await self.receive(request, context: context, at: self.site.sharedAssertionConsumerService)
        }
        router.post(RouterPath(prefix + "/saml/:companyID/acs")) { request, context in
            let companyID = context.parameters.get("companyID") ?? ""
            return try await self.receive(
                request,
                context: context,
                at: self.site.ownAssertionConsumerService(companyID: companyID)
            )
        }
    }

    /// What a posted response came to.
    private enum Answer {
        /// A session.
        case signedIn(Response)
        /// The result of a test, which counts as no sign-in.
        case tested(Response)
    }

    /// Answers a posted response, and counts how it ended.
    private func receive(
        _ request: Request,
        context: GatewayRequestContext,
        at url: String
    ) async throws -> Response {
        do {
            switch try await self.answer(request, context: context, at: url) {
            case .signedIn(let response):
                self.service.counter.countSignIn(.done)
                return response
            case .tested(let response):
                return response
            }
        } catch {
            // What no step foresaw is shown as unavailable, whatever it was.
            let code = (error as? GatewayError).flatMap { RefusalCode(rawValue: $0.publicError.code) }
            self.service.counter.countSignIn(.refused(code ?? .unavailable))
            throw error
        }
    }

    /// Answers a posted response: with the session and the way to the application, or with an error page.
    private func answer(
        _ request: Request,
        context: GatewayRequestContext,
        at url: String
    ) async throws -> Answer {
        try self.service.admit(context)
        var checks = ResponseCheckList()
        do {
            return try await self.signIn(request, context: context, at: url, checks: &checks)
        } catch let refused as RefusedSignIn {
            self.service.limiter.recordFailure(context.client, now: self.service.now())
            try await self.record(refused, checks: checks, context: context)
            throw GatewayError(refused.code)
        }
    }

    private func signIn(
        _ request: Request,
        context: GatewayRequestContext,
        at url: String,
        checks: inout ResponseCheckList
    ) async throws -> Answer {
        let posted = try await Self.posted(request, checks: &checks)
        let decoded = HTTPPostBinding.decodeResponse(posted.samlResponse, checks: &checks)
        let verdict = checks
        let received = try Self.reading { try verdict.conclude(decoded) }
        let bound: BoundSignIn
        if let requestID = received.header.inResponseTo {
            let outstanding: OutstandingRequest
            switch try await self.storedRequest(requestID) {
            case .signIn(let request): outstanding = request
            case .test(let test):
                return .tested(try await self.conclude(test, posted, request.headers, context: context, at: url))
            }
            bound = try await self.bind(outstanding, posted: posted, headers: request.headers, at: url)
        } else {
            bound = try await self.bindUnsolicited(posted, claimedIssuer: received.header.issuer, at: url)
        }
        try self.service.admit(bound.workspace)
        let assertion = try self.validate(received, against: bound, checks: &checks)
        return .signedIn(
            try await self.complete(bound, assertion: assertion, checks: checks, request: request, context: context)
        )
    }

    /// Reads the form; what is wrong with it is kept as a failure of the first check.
    private static func posted(_ request: Request, checks: inout ResponseCheckList) async throws -> PostedResponse {
        do {
            return try await PostedResponse(request)
        } catch let rejection as ResponseRejection {
            checks.check(.encoding) { () throws(ResponseRejection) in throw rejection }
            throw RefusedSignIn(rejection, .noRequest)
        }
    }

    /// Runs a step that knows of no stored request yet.
    private static func reading<Value>(_ step: () throws -> Value) throws -> Value {
        do {
            return try step()
        } catch let rejection as ResponseRejection {
            throw RefusedSignIn(rejection, .noRequest)
        }
    }

    // MARK: - The stored request

    /// What a response answers.
    private enum Asked {
        /// A sign-in that was begun.
        case signIn(OutstandingRequest)
        /// A test that was begun in the settings.
        case test(SignInTest)
    }

    private func storedRequest(_ requestID: MessageID) async throws -> Asked {
        if let outstanding = try await self.service.signIns.outstandingRequest(id: requestID) {
            return .signIn(outstanding)
        }
        if let test = try await self.service.tests.test(id: requestID) { return .test(test) }
        throw RefusedSignIn(
            .requestUnknownOrUsed,
            .noRequest,
            step: .storedRequest,
            rule: "InResponseTo",
            wanted: "a stored request",
            got: requestID.value
        )
    }

    /// Ties the stored request to the browser, the workspace and the path.
    private func bind(
        _ outstanding: OutstandingRequest,
        posted: PostedResponse,
        headers: HTTPFields,
        at url: String
    ) async throws -> BoundSignIn {
        let browserKey = self.site.cookies.browserKey(in: headers).flatMap { BrowserKey(cookieValue: $0) }
        let isOwnBrowser = browserKey?.hash == outstanding.browserHash
        let progress: RefusedSignIn.Progress =
            isOwnBrowser ? .request(outstanding) : .requestOfAnotherBrowser(outstanding)

        let scope = WorkspaceScope(outstanding.workspaceID)
        guard let configured = try await self.service.directory.configuredWorkspace(scope) else {
            throw RefusedSignIn(
                .companyNotFound,
                progress,
                step: .samlSettings,
                rule: "Workspace",
                wanted: "a workspace that was not deleted"
            )
        }
        do throws(RefusalCode) {
            let relayState = posted.relayState(for: configured.workspace.companyID)
            try outstanding.check(browserHash: browserKey?.hash, relayState: relayState, now: self.service.now())
        } catch {
            throw RefusedSignIn(
                error,
                progress,
                step: .browser,
                rule: "OutstandingRequest",
                wanted: "the browser that began the sign-in, its RelayState, within ten minutes"
            )
        }
        let identityProvider: IdentityProviderConfiguration
        do throws(RefusalCode) {
            identityProvider = try configured.signInIdentityProvider()
        } catch {
            throw RefusedSignIn(
                error,
                progress,
                step: .samlSettings,
                rule: "OutstandingRequest",
                wanted: "an enabled workspace whose SAML settings are enabled"
            )
        }
        return try self.bind(.request(outstanding), to: configured.workspace, identityProvider, at: url)
    }

    /// Ties a sign-in to the path that its response took, which must be the workspace's chosen one (behavior Q6).
    func bind(
        _ origin: SignInOrigin,
        to workspace: Workspace,
        _ identityProvider: IdentityProviderConfiguration,
        at url: String
    ) throws(RefusedSignIn) -> BoundSignIn {
        let bound = BoundSignIn(
            origin: origin,
            workspace: workspace,
            identityProvider: identityProvider,
            assertionConsumerService: self.site.assertionConsumerService(of: workspace)
        )
        guard url.utf8.elementsEqual(bound.assertionConsumerService.utf8) else {
            throw RefusedSignIn(
                .recipientMismatch,
                bound.progress,
                step: .assertionConsumerService,
                rule: "AssertionConsumerService",
                wanted: bound.assertionConsumerService,
                got: url
            )
        }
        return bound
    }

    // MARK: - The response

    private func validate(
        _ received: ReceivedResponse,
        against bound: BoundSignIn,
        checks: inout ResponseCheckList
    ) throws -> ValidatedAssertion {
        let now = self.service.now()
        let judgment = ResponseJudgment(
            workspace: bound.workspace,
            identityProvider: bound.identityProvider,
            assertionConsumerService: bound.assertionConsumerService,
            requestID: bound.origin.request?.id,
            requestedAt: bound.origin.request?.createdAt,
            isConfirmation: bound.origin.request?.isConfirmation ?? false,
            decryptionKeys: try self.service.openedKeys.decrypting(at: now),
            now: now,
            clockSkew: self.service.configuration.clockSkew
        )
        do {
            return try judgment.validate(received, checks: &checks)
        } catch let rejection as ResponseRejection {
            var refused = RefusedSignIn(rejection, bound.progress)
            if rejection.code == .statusNotSuccess { refused.findings = SignInFindings(received.header.status) }
            throw refused
        }
    }
}
