import Console
import GatewayHTTP
import Hummingbird
import Logging
import PostgreSQL
import ReverseProxy
import Storage
import Tracing
import WebSSO
import Workspaces

/// Portico's own endpoints, and what the data plane shows of them: error pages and cookie names.
struct ControlPlane: Sendable {
    private let settings: Settings
    private let site: PublicSite
    private let pages: PageRenderer
    private let sso: WebSSO
    private let console: Console
    private let keySet: KeySetEndpoint

    /// Counts the requests of every endpoint.
    let endpoints = EndpointCounter()

    /// Counts sign-ins and sign-outs.
    let signIns = SSOCounter()

    /// Puts the endpoints together over the pool, the sessions that the data plane holds and the keys.
    init(
        settings: Settings,
        pool: ConnectionPool,
        sessions: SessionDirectory,
        keys: SPKeyDirectory,
        identityKeys: IdentityKeyDirectory
    ) throws {
        let listener = settings.listener
        let dropsPrefix =
            listener.allowsInsecureHTTP && listener.publicURL.scheme == .http
            && !listener.publicURL.isLoopback
        let site = PublicSite(
            origin: listener.publicURL.origin,
            prefix: listener.prefix,
            cookieMode: dropsPrefix ? .insecureHTTP : .hostPrefixed
        )
        let pages = try PageRenderer(site: site)
        self.settings = settings
        self.site = site
        self.pages = pages
        self.keySet = KeySetEndpoint(site: site, keys: identityKeys)
        self.sso = WebSSO(
            configuration: WebSSOConfiguration(
                spIssuer: settings.saml.spIssuer,
                catalogue: settings.members.roles,
                signUpPolicy: settings.members.signUpPolicy,
                management: settings.members.management,
                sessionLimits: settings.sessions.limits,
                clockSkew: settings.saml.clockSkew
            ),
            pages: pages,
            directory: WorkspaceDirectory(pool: pool),
            signIns: SignInStore(pool: pool),
            invitations: InvitationStore(pool: pool),
            tests: SignInTestStore(pool: pool),
            sessions: SessionStore(pool: pool),
            logouts: LogoutStore(pool: pool),
            knownSession: { hash in
                do {
                    return try await sessions.session(for: hash)
                } catch ProxyError.unavailable {
                    throw GatewayError(.unavailable)
                }
            },
            audit: AuditStore(pool: pool),
            keys: keys,
            counter: self.signIns
        )
        let resolver = settings.fetches.resolver
        self.console = try Console(
            pages: pages,
            catalogue: settings.members.roles,
            management: settings.members.management,
            signUpPolicy: settings.members.signUpPolicy,
            sessionLimits: settings.sessions.limits,
            stores: ConsoleStores(pool: pool),
            secrets: settings.secretKeys,
            fetcher: settings.fetches.fetcher,
            findRecord: { claim in await resolver.finding(for: claim) },
            invitationDelivery: settings.mail == nil ? .link : .mail
        )
    }

    /// Sends mails, each kind in its own time; none where there is no mail server.
    func mailServices(pool: ConnectionPool, logger: Logger) -> [MailService] {
        guard let mail = self.settings.mail else { return [] }
        // Each has a client of its own: many alerts do not keep an invitation waiting.
        let delivery = { MailDelivery(client: mail.client, sender: mail.sender, logger: logger) }
        let invitations = InvitationMailer(
            mails: InvitationMailStore(pool: pool),
            directory: WorkspaceDirectory(pool: pool),
            site: self.site,
            delivery: delivery()
        )
        let alerts = AlertMailer(
            mails: AlertMailStore(pool: pool, catalogue: self.settings.members.roles),
            site: self.site,
            delivery: delivery()
        )
        return [MailService(mailer: invitations, logger: logger), MailService(mailer: alerts, logger: logger)]
    }

    /// Whether a plain http sign-in URL on this machine is accepted (behavior T4).
    var loopbackHTTP: SignInURLRule.LoopbackHTTP { self.site.isLoopbackHTTP ? .allowed : .refused }

    /// The routes under the reserved prefix.
    func router() -> Router<GatewayRequestContext> {
        let router = Router(context: GatewayRequestContext.self)
        let proxies = TrustedProxies(self.settings.listener.trustedProxies)
        let peers = TrustedPeers { text in NetworkAddress(text).map(proxies.contains) ?? false }
        GatewayMiddleware(pages: self.pages, trustedPeers: peers, counter: self.endpoints).add(to: router)
        StaticAssets(site: self.site).addRoutes(to: router)
        self.sso.addRoutes(to: router)
        self.console.addRoutes(to: router)
        self.keySet.addRoutes(to: router)
        return router
    }

    /// The settings of the data plane.
    func proxyConfiguration(
        recordAccess: AccessRecorder?,
        tracer: (any Tracer)?
    ) -> ReverseProxyConfiguration {
        let cookies = self.site.cookies
        let headers = SecurityHeaders(site: self.site).fields.map { "\($0.name.canonicalName): \($0.value)" }
        return ReverseProxyConfiguration(
            routes: self.settings.routing.table,
            prefix: self.site.prefix,
            sessionCookieName: cookies.sessionName,
            reservedCookiePrefixes: [String(cookies.sessionName.dropLast("session".count))],
            trustedProxies: TrustedProxies(self.settings.listener.trustedProxies),
            scheme: self.site.isHTTPS ? .https : .http,
            origin: self.settings.listener.publicURL.origin,
            limits: self.settings.listener.limits,
            errorPageHeaders: headers,
            shutdownDeadline: self.settings.listener.shutdownDeadline,
            recordAccess: recordAccess,
            tracer: tracer
        )
    }

    /// The page of an error of the data plane.
    var proxyErrorPage: ErrorPageRenderer {
        let pages = self.pages
        return { error, requestID, signInURL in
            pages.errorPage(PublicError(error), requestID: RequestID(requestID) ?? .random(), signInURL: signInURL)
        }
    }
}

extension PublicError {
    /// The page of an error of the data plane: that of its code where the domain has it, else its own words.
    fileprivate init(_ error: ProxyError) {
        if let code = RefusalCode(rawValue: error.rawValue) {
            self.init(code)
        } else {
            self.init(code: error.rawValue, status: error.status, title: error.reason, advice: error.message)
        }
    }
}
