import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Storage
import Testing
import Workspaces

/// An administrator of company-a who tests the settings, as the pages of the settings begin it.
struct TestExchange: Sendable {
    let person: SignInExchange
    let scope: WorkspaceScope
    let session: SessionTokenHash

    var installation: TestInstallation { self.person.installation }
    var tests: SignInTestStore { SignInTestStore(pool: self.installation.database.pool) }

    /// Signs somebody in as an administrator, whose browser has a key from then on.
    init(_ installation: TestInstallation, _ client: any TestClientProtocol) async throws {
        self.person = SignInExchange(installation, client)
        try await self.person.signIn()
        self.session = try #require(self.person.sessionCookie.flatMap { SessionToken(cookieValue: $0) }).hash
        let company = try #require(CompanyID("company-a"))
        let configured = try await WorkspaceDirectory(pool: installation.database.pool)
            .configuredWorkspace(companyID: company)
        self.scope = WorkspaceScope(try #require(configured).workspace.id)
    }

    /// Begins a test in the administrator's browser and follows it to the identity provider.
    func begin() async throws -> TestIdentityProvider.ReceivedRequest {
        let key = try #require(self.person.browser.cookie("__Host-portico_pre").flatMap { BrowserKey(cookieValue: $0) })
        let test = try await self.tests.begin(
            self.scope,
            owner: .session(self.session),
            browserHash: key.hash,
            now: self.installation.clock.now
        )
        return try await self.leave(test)
    }

    /// Follows a test to the identity provider.
    func leave(_ test: SignInTest) async throws -> TestIdentityProvider.ReceivedRequest {
        let page = try await self.person.browser.get("/.portico/test-sign-in?id=\(test.request.id.value)")
        let match = page.text.firstMatch(of: /http-equiv="refresh" content="0; url=([^"]+)"/)
        let url = try #require(match.map { String($0.1).replacing("&amp;", with: "&") })
        return try TestIdentityProvider.readRequest(fromRedirect: url)
    }

    /// The test as it is kept.
    func kept(_ received: TestIdentityProvider.ReceivedRequest) async throws -> SignInTest {
        let found = try await self.tests.test(id: received.request.id)
        return try #require(found)
    }

    /// What is stored about people, and the sessions.
    func people() async throws -> [String] {
        var tables: [String] = []
        let latches = "(SELECT company_id, roles_first_seen_at FROM workspaces)"
        for table in ["users", "memberships", "identity_links", "sessions", "session_tokens", latches] {
            let rows = "coalesce(string_agg(t::text, '|' ORDER BY t::text), '')"
            let sql = SQL(unsafeSQL: "SELECT \(rows) AS rows FROM \(table) t")
            tables.append(try await self.installation.database.inspection.query(sql).singleRow().value("rows"))
        }
        return tables
    }

    /// When a version's settings passed a test.
    func passes() async throws -> [Bool] {
        try await self.installation.database.inspection
            .query("SELECT passed_at IS NOT NULL AS passed FROM single_sign_on_versions ORDER BY number")
            .rows.map { try $0.value("passed") }
    }
}
