import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

extension TestConsole {
    /// Signs somebody in at a browser of their own.
    func person(
        _ client: any TestClientProtocol,
        email: String = "ann@company-a.example",
        role: String = "ADMIN",
        isOwner: Bool = false
    ) async throws -> TestBrowser {
        let userID = UUID()
        let token = SessionToken.random()
        let now = self.clock.now
        try await self.change(
            """
            INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, is_owner,
                created_at)
            VALUES (\(self.scope.workspaceID.uuid), \(userID), \(email), \(email), 'ACTIVE', \(role), 'manual',
                \(isOwner), \(now))
            """
        )
        try await self.change(
            """
            INSERT INTO sessions (workspace_id, session_id, token_hash, user_id, authenticated_at, expires_at,
                max_idle_seconds, last_seen_at, idp_issuer)
            VALUES (\(self.scope.workspaceID.uuid), \(UUID()), \(token.hash.bytes), \(userID), \(now),
                \(now.addingTimeInterval(86_400)), 3600, \(now), 'https://idp.example')
            """
        )
        try await self.change(
            """
            INSERT INTO session_tokens (token_hash, workspace_id, expires_at)
            VALUES (\(token.hash.bytes), \(self.scope.workspaceID.uuid), \(now.addingTimeInterval(86_400)))
            """
        )
        let browser = TestBrowser(client)
        browser.hold("__Host-portico_session", token.cookieValue)
        return browser
    }

    /// Has everybody who is signed in confirm who they are.
    func confirmEverybody() async throws {
        try await self.change("UPDATE sessions SET confirmed_at = \(self.clock.now)")
    }

    /// Makes a setup link and answers its path.
    func setupLink(lifetime: Duration = .seconds(86_400)) async throws -> String {
        let token = SecretToken<SetupLink>.random()
        let link = SetupLink(to: self.scope.workspaceID, token: token, lifetime: lifetime, now: self.clock.now)
        try await self.setups.create(try #require(link))
        return "/.portico/setup/" + token.text
    }

    /// Opens a setup link at a browser of its own.
    func visitor(_ client: any TestClientProtocol) async throws -> TestBrowser {
        let browser = TestBrowser(client)
        let response = try await browser.post(try await self.setupLink(), [:])
        #expect(response.status == .seeOther)
        return browser
    }
}
