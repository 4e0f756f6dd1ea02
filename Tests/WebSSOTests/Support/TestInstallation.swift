import Foundation
import GatewayHTTP
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Storage
import Testing
import WebSSO
import Workspaces
import XMLSecurity

/// A gateway with a database of its own, a clock that stands still and the workspaces `company-a`, `company-b` (on the
/// same identity provider) and `company-own` (with its own assertion consumer service).
struct TestInstallation: Sendable {
    static let companies = ["company-a", "company-b", "company-own"]

    let site = PublicSite(origin: "https://apps.example.com")
    let clock = ManualClock()
    let identityProvider: TestIdentityProvider
    let database: TestDatabase
    let keys: SPKeyDirectory
    let counter = SSOCounter()
    let endpoints = EndpointCounter()
    private let limits: AttemptLimiter.Limits
    private let workspaceLimiter: WorkspaceLimiter
    private let startLimiter: StartLimiter

    /// Makes an installation.
    init(
        limits: AttemptLimiter.Limits = .init(),
        workspaceLimiter: WorkspaceLimiter = WorkspaceLimiter(),
        startLimiter: StartLimiter = StartLimiter()
    ) async throws {
        self.identityProvider = try TestIdentityProvider()
        self.database = try await TestDatabase.make()
        self.keys = try await TestKeys.directory(over: self.database, clock: self.clock)
        self.limits = limits
        self.workspaceLimiter = workspaceLimiter
        self.startLimiter = startLimiter
        for company in Self.companies {
            try await self.addWorkspace(company)
        }
    }

    /// Runs a test in a browser and with the gateway behind it, and closes the database afterwards.
    static func run(
        limits: AttemptLimiter.Limits = .init(),
        workspaceLimiter: WorkspaceLimiter = WorkspaceLimiter(),
        startLimiter: StartLimiter = StartLimiter(),
        _ test: @Sendable (_ installation: TestInstallation, _ client: any TestClientProtocol) async throws -> Void
    ) async throws {
        let installation = try await TestInstallation(
            limits: limits,
            workspaceLimiter: workspaceLimiter,
            startLimiter: startLimiter
        )
        do {
            try await installation.application().test(.router) { client in try await test(installation, client) }
        } catch {
            await installation.database.close()
            throw error
        }
        await installation.database.close()
    }

    private func application() throws -> Application<RouterResponder<GatewayRequestContext>> {
        let pool = self.database.pool
        let clock = self.clock
        let sessions = SessionStore(pool: pool)
        let pages = try PageRenderer(site: self.site)
        let router = Router(context: GatewayRequestContext.self)
        GatewayMiddleware(pages: pages, trustedPeers: .none, counter: self.endpoints).add(to: router)
        let configuration = WebSSOConfiguration(
            spIssuer: try #require(EntityID("portico")),
            catalogue: .standard,
            sessionLimits: SessionLimits(maxAge: .seconds(86_400), maxIdle: .seconds(3600))
        )
        WebSSO(
            configuration: configuration,
            pages: pages,
            directory: WorkspaceDirectory(pool: pool),
            signIns: SignInStore(pool: pool),
            invitations: InvitationStore(pool: pool),
            tests: SignInTestStore(pool: pool),
            sessions: sessions,
            logouts: LogoutStore(pool: pool),
            knownSession: { hash in
                try await sessions.session(hash).flatMap { $0.validity(at: clock.now) == .valid ? $0 : nil }
            },
            audit: AuditStore(pool: pool),
            keys: self.keys,
            counter: self.counter,
            limiter: AttemptLimiter(limits: self.limits),
            workspaceLimiter: self.workspaceLimiter,
            startLimiter: self.startLimiter,
            now: { clock.now }
        )
        .addRoutes(to: router)
        return Application(responder: router.buildResponder())
    }

    // MARK: - Workspaces

    /// Adds a workspace with the identity provider of all and a claimed domain.
    func addWorkspace(_ company: String) async throws {
        let id = UUID()
        let style = company == "company-own" ? "own" : "shared"
        let certificate = self.identityProvider.certificate
        let name = "The \(company)"
        try await self.database.inspection.query(
            """
            INSERT INTO workspaces (workspace_id, company_id, name, sp_issuer, acs_style, default_role, created_at)
            VALUES (\(id), \(company), \(name), \("portico"), \(style), \("LABELER"), \(self.clock.now))
            """
        )
        try await self.database.inspection.query(
            "INSERT INTO company_ids (folded, workspace_id) VALUES (\(company), \(id))"
        )
        try await self.database.inspection.query(
            """
            INSERT INTO identity_providers (workspace_id, enabled, sign_in_url, issuer, email_attribute,
                display_name_attribute, first_name_attribute, last_name_attribute, groups_attribute, roles_attribute,
                signature_policy, updated_at)
            VALUES (\(id), true, \("https://idp.example/sso?app=1"), \(self.identityProvider.entityID.value),
                'email', 'displayName', 'firstName', 'lastName', 'groups', 'roles', 'either', \(self.clock.now))
            """
        )
        try await self.database.inspection.query(
            """
            INSERT INTO identity_provider_certificates (workspace_id, position, der, sha256_fingerprint, not_after)
            VALUES (\(id), 0, \(certificate.der), \(certificate.sha256Fingerprint), \(certificate.notAfter))
            """
        )
        try await self.database.inspection.query(
            """
            INSERT INTO domains (workspace_id, domain, proof, claimed_at)
            VALUES (\(id), 'company-a.example', 'operator_override', \(self.clock.now))
            """
        )
    }

    /// Runs a statement that changes the set-up.
    func change(_ sql: SQL) async throws {
        try await self.database.inspection.query(sql)
    }
}
