import Console
import Fetching
import Foundation
import GatewayHTTP
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

/// The settings over a database of the test's own, with a clock that stands still and the workspace `company-a`.
struct TestConsole: Sendable {
    static let settings = "/.portico/settings"
    static let singleSignOn = "/.portico/settings/single-sign-on"

    /// The secret key of the installation.
    static let secrets = SecretKeyring([[UInt8](repeating: 7, count: SecretKeyring.keyLength)])
    /// A cost that keeps tests short; what scrypt makes is the same in kind.
    static let cost = PassphraseHash.Cost(rounds: 2, blockSize: 1, parallelism: 1)

    let clock = ManualClock()
    let zone = TestZone()
    let database: TestDatabase
    let site: PublicSite
    let scope: WorkspaceScope
    /// Who manages roles, where the workspace does not say.
    let management: MembershipManagement

    var setups: SetupStore { SetupStore(pool: self.database.operators) }
    var workspaces: WorkspaceStore { WorkspaceStore(pool: self.database.operators) }

    /// Runs a test against the settings of a workspace with these domains, and closes the database afterwards.
    static func run(
        domains: [String] = ["company-a.example"],
        management: MembershipManagement = MembershipManagement(),
        invitationDelivery: InvitationDelivery = .link,
        signUpPolicy: SignUpPolicy = .open,
        _ test: @Sendable (_ console: TestConsole, _ client: any TestClientProtocol) async throws -> Void
    ) async throws {
        let console = try await TestConsole(domains: domains, management: management)
        do {
            let application = try console.application(invitationDelivery, signUpPolicy)
            try await application.test(.router) { client in try await test(console, client) }
        } catch {
            await console.database.close()
            throw error
        }
        await console.database.close()
    }

    private init(domains: [String], management: MembershipManagement) async throws {
        self.management = management
        self.database = try await TestDatabase.make()
        self.site = PublicSite(origin: "https://apps.example.com")
        self.scope = try await Self.addWorkspace("company-a", domains: domains, self.database, now: self.clock.now)
    }

    /// Adds a workspace without an identity provider.
    static func addWorkspace(
        _ companyID: String,
        domains: [String] = [],
        _ database: TestDatabase,
        now: Date
    ) async throws -> WorkspaceScope {
        let workspaces = WorkspaceStore(pool: database.operators)
        let creation = try WorkspaceDraft(companyID: companyID, name: "The \(companyID)")
            .create(
                id: .random(),
                defaultSPIssuer: try #require(EntityID("portico")),
                catalogue: .standard,
                actor: .operator,
                now: now
            )
        try await workspaces.create(creation, catalogue: .standard)
        let scope = WorkspaceScope(creation.workspace.id)
        for domain in domains {
            try await workspaces.claimDomain(scope, actor: .operator, now: now) { administration in
                try administration.claimDomain(domain, proof: .operatorOverride)
            }
        }
        return scope
    }

    private func application(
        _ invitationDelivery: InvitationDelivery,
        _ signUpPolicy: SignUpPolicy
    ) throws -> some ApplicationProtocol {
        let clock = self.clock
        let zone = self.zone
        let pages = try PageRenderer(site: self.site)
        let router = Router(context: GatewayRequestContext.self)
        GatewayMiddleware(pages: pages, trustedPeers: .none).add(to: router)
        try Console(
            pages: pages,
            catalogue: .standard,
            management: self.management,
            signUpPolicy: signUpPolicy,
            sessionLimits: SessionLimits(maxAge: .seconds(86_400), maxIdle: .seconds(3600)),
            stores: ConsoleStores(pool: self.database.pool),
            secrets: try #require(Self.secrets),
            fetcher: Fetcher(policy: FetchPolicy()),
            findRecord: { claim in zone.finding(for: claim) },
            invitationDelivery: invitationDelivery,
            passphrases: PassphraseHasher(cost: Self.cost),
            now: { clock.now }
        )
        .addRoutes(to: router)
        return Application(responder: router.buildResponder())
    }

    // MARK: - What is kept

    /// The workspace as it is now.
    func configured() async throws -> ConfiguredWorkspace {
        let found = try await WorkspaceDirectory(pool: self.database.pool).configuredWorkspace(self.scope)
        return try #require(found)
    }

    /// The audit events of the workspace of an action.
    func events(_ action: AuditAction) async throws -> [AuditEvent] {
        try await AuditStore(pool: self.database.pool).events(self.scope).events.filter { $0.action == action }
    }

    /// Runs a statement that changes the set-up.
    func change(_ sql: SQL) async throws {
        try await self.database.inspection.query(sql)
    }
}
