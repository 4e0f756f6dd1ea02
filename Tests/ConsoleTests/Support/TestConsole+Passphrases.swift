import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

extension TestConsole {
    static let passphraseSignIn = "/.portico/sign-in/passphrase"
    static let passphrase = "correct horse battery staple"

    /// What is typed to sign in as the owner.
    static let passphraseForm = [
        "company_id": "company-a", "email": "ann@company-a.example", "passphrase": Self.passphrase, "code": "",
    ]

    var credentials: LocalCredentialStore { LocalCredentialStore(pool: self.database.operators) }

    /// Somebody of the workspace.
    func membership(_ email: String = "ann@company-a.example") async throws -> Membership {
        let store = MembershipStore(pool: self.database.operators)
        let address = try #require(Email(email))
        return try #require(try await store.membership(self.scope, of: address))
    }

    /// Makes a link for a passphrase and answers its path.
    func passphraseLink(
        for email: String = "ann@company-a.example",
        lifetime: Duration = .seconds(600)
    ) async throws -> String {
        let member = try await self.membership(email)
        let token = SecretToken<PassphraseLink>.random()
        let link = PassphraseLink(
            in: self.scope.workspaceID,
            for: member.userID,
            token: token,
            lifetime: lifetime,
            now: self.clock.now
        )
        try await self.credentials.create(try #require(link), for: member.email)
        return "/.portico/passphrase/" + token.text
    }

    /// Sets a passphrase as whoever gets a link does.
    func setPassphrase(_ client: any TestClientProtocol, for email: String = "ann@company-a.example") async throws {
        let fields = ["passphrase": Self.passphrase, "repetition": Self.passphrase]
        let answer = try await TestBrowser(client).post(try await self.passphraseLink(for: email), fields)
        #expect(answer.status == .ok)
        #expect(answer.text.contains("Your passphrase is set"))
    }

    /// Makes the owner, who was never signed in.
    func addOwner(_ email: String = "ann@company-a.example") async throws {
        try await self.change(
            """
            INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, is_owner,
                created_at)
            VALUES (\(self.scope.workspaceID.uuid), \(UUID()), \(email), 'Ann', 'INVITED', 'ADMIN', 'owner', true,
                \(self.clock.now))
            """
        )
    }
}
