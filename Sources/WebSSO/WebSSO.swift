package import FoundationEssentials
package import GatewayHTTP
package import Hummingbird
import Logging
import SAMLBindings
package import Storage
package import Workspaces

/// Browser sign-in by SAML: the pages, the assertion consumer services, sign-out, single logout and SP metadata.
///
/// A sign-in, from the form to the application:
///
///     POST sign-in -> workspace by Company ID -> stored request + browser key -> 303 to the identity provider
///     ... the person authenticates there ...
///     POST acs -> stored request by InResponseTo -> its workspace -> checks -> one transaction -> cookie, 303
package struct WebSSO: Sendable {
    let configuration: WebSSOConfiguration
    let pages: PageRenderer
    let directory: WorkspaceDirectory
    let signIns: SignInStore
    let invitations: InvitationStore
    let tests: SignInTestStore
    let sessions: BrowserSessions
    let logouts: LogoutStore
    let knownSession: @Sendable (SessionTokenHash) async throws -> Session?
    let audit: AuditStore
    let keys: SPKeyDirectory
    let counter: SSOCounter
    let limiter: AttemptLimiter
    let workspaceLimiter: WorkspaceLimiter
    let startLimiter: StartLimiter
    let refusalLimiter: StartLimiter
    let now: @Sendable () -> Date

    /// Puts the parts together.
    ///
    /// - Parameters:
    ///   - configuration: The installation's settings.
    ///   - pages: The renderer, which also knows the public URL.
    ///   - directory: Finds workspaces.
    ///   - signIns: Keeps stored requests and completes sign-ins.
    ///   - invitations: Finds invitations by their links.
    ///   - tests: Keeps test sign-ins.
    ///   - sessions: Keeps sessions.
    ///   - logouts: Keeps logout requests, and ends what those of identity providers name.
    ///   - knownSession: The session of a token's hash as the data plane knows it, which holds sessions in memory.
    ///   - audit: Keeps what concerns no workspace.
    ///   - keys: Portico's own SAML keys.
    ///   - counter: Counts sign-ins and sign-outs.
    ///   - limiter: Counts attempts by client address.
    ///   - workspaceLimiter: Counts attempts by workspace.
    ///   - startLimiter: Counts what is stored for sign-ins that have begun.
    ///   - refusalLimiter: Counts what the operator's log keeps of messages that lead to no workspace.
    ///   - now: The clock.
    package init(
        configuration: WebSSOConfiguration,
        pages: PageRenderer,
        directory: WorkspaceDirectory,
        signIns: SignInStore,
        invitations: InvitationStore,
        tests: SignInTestStore,
        sessions: SessionStore,
        logouts: LogoutStore,
        knownSession: @escaping @Sendable (SessionTokenHash) async throws -> Session?,
        audit: AuditStore,
        keys: SPKeyDirectory,
        counter: SSOCounter = SSOCounter(),
        limiter: AttemptLimiter = AttemptLimiter(),
        workspaceLimiter: WorkspaceLimiter = WorkspaceLimiter(),
        startLimiter: StartLimiter = StartLimiter(),
        refusalLimiter: StartLimiter = .ofOperatorLog(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.pages = pages
        self.directory = directory
        self.signIns = signIns
        self.invitations = invitations
        self.tests = tests
        self.sessions = BrowserSessions(store: sessions, cookies: pages.site.cookies, now: now)
        self.logouts = logouts
        self.knownSession = knownSession
        self.audit = audit
        self.keys = keys
        self.counter = counter
        self.limiter = limiter
        self.workspaceLimiter = workspaceLimiter
        self.startLimiter = startLimiter
        self.refusalLimiter = refusalLimiter
        self.now = now
    }

    /// Adds every endpoint; the middlewares of ``GatewayMiddleware`` must be there already.
    package func addRoutes(to router: Router<GatewayRequestContext>) {
        SignInEndpoint(intent: .signIn, service: self).addRoutes(to: router)
        SignInEndpoint(intent: .signUp, service: self).addRoutes(to: router)
        InvitationEndpoint(service: self).addRoutes(to: router)
        TestDepartureEndpoint(service: self).addRoutes(to: router)
        AssertionConsumerServiceEndpoint(service: self).addRoutes(to: router)
        SignOutEndpoint(service: self).addRoutes(to: router)
        SingleLogoutEndpoint(service: self).addRoutes(to: router)
        UserInfoEndpoint(service: self).addRoutes(to: router)
        MetadataEndpoint(service: self).addRoutes(to: router)
    }

    /// Portico's own SAML keys.
    ///
    /// - Throws: `unavailable` while they could not be read yet.
    var openedKeys: OpenedSPKeys {
        get throws(GatewayError) {
            guard let keys = self.keys.current else { throw GatewayError(.unavailable) }
            return keys
        }
    }

    /// Who signs requests.
    ///
    /// - Throws: `unavailable` while there is no key; a request that has to be signed is never sent without.
    func signer() throws(GatewayError) -> MessageSigner {
        guard let signer = try self.openedKeys.signer(at: self.now()) else { throw GatewayError(.unavailable) }
        return signer
    }

    /// Takes the token of an attempt.
    ///
    /// - Throws: `rate_limited`.
    func admit(_ context: GatewayRequestContext) throws(GatewayError) {
        if let retryAfter = self.limiter.admit(context.client, now: self.now()) {
            throw GatewayError(.rateLimited, retryAfter: retryAfter)
        }
    }

    /// Takes the token of an attempt at a workspace, which its Company ID or a stored request has led to.
    ///
    /// - Throws: `rate_limited`.
    func admit(_ workspace: Workspace) throws(GatewayError) {
        if let retryAfter = self.workspaceLimiter.admit(workspace.id, now: self.now()) {
            throw GatewayError(.rateLimited, retryAfter: retryAfter)
        }
    }

    /// Writes down what concerns no workspace, with the checks of a sign-in.
    ///
    /// Anybody can cause it, from as many addresses as they have: what is more than the log can hold for its 400 days is
    /// only logged.
    func recordForOperator(
        _ event: AuditEvent,
        attempt: SignInAttempt? = nil,
        _ context: GatewayRequestContext
    ) async throws {
        guard self.refusalLimiter.admit(context.client, now: self.now()) == nil else {
            context.logger.info(
                "A refusal is not in the audit log: there are too many",
                metadata: ["code": .string(event.outcome.code?.rawValue ?? "")]
            )
            return
        }
        guard let attempt else { return try await self.audit.appendForOperator(event) }
        try await self.signIns.refuseWithoutWorkspace(attempt: attempt, event: event)
    }

    /// Takes the tokens of a sign-in that begins: of the network, of its workspace where one is named, and of all.
    ///
    /// - Throws: `rate_limited`.
    func admitStart(_ context: GatewayRequestContext, at workspace: Workspace? = nil) throws(GatewayError) {
        let now = self.now()
        let retryAfter = self.startLimiter.admit(context.client, now: now) {
            workspace.flatMap { self.workspaceLimiter.admit($0.id, now: now) }
        }
        if let retryAfter { throw GatewayError(.rateLimited, retryAfter: retryAfter) }
    }
}
