import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Testing

@Suite("An e-mail address in the place of the Company ID")
struct SignInByAddressTests {
    /// Claims a domain for some of the workspaces.
    private func claim(_ domain: String, _ companies: [String], _ installation: TestInstallation) async throws {
        for company in companies {
            try await installation.change(
                """
                INSERT INTO domains (workspace_id, domain, proof, claimed_at)
                SELECT workspace_id, \(domain), 'dns', \(installation.clock.now) FROM company_ids
                WHERE folded = \(company)
                """
            )
        }
    }

    @Test(
        "leads straight to the identity provider of the one workspace that claims the domain",
        arguments: [true, false]
    )
    func one(_ hint: Bool) async throws {
        try await TestInstallation.run { installation, client in
            try await self.claim("only-b.example", ["company-b"], installation)
            try await installation.change("UPDATE identity_providers SET send_login_hint = \(hint)")
            let person = SignInExchange(installation, client)
            let response = try await person.browser.post(
                "/.portico/sign-in",
                [("company_id", " Bob@Only-B.example "), ("rd", "/tasks")]
            )
            #expect(response.status == .seeOther)
            let received = try TestIdentityProvider.readRequest(fromRedirect: try #require(response.headers[.location]))
            #expect(received.request.subject == (hint ? "bob@only-b.example" : nil))
            let stored = try await installation.database.inspection.query(
                "SELECT c.folded FROM authn_requests r JOIN company_ids c USING (workspace_id)"
            )
            #expect(try stored.singleRow().value("folded", as: String.self) == "company-b")
        }
    }

    @Test("F1 is not known where several claim the domain, none does, the claim has lapsed or sign-in is off")
    func notOne() async throws {
        try await TestInstallation.run { installation, client in
            try await self.claim("both.example", ["company-a", "company-b"], installation)
            try await self.claim("lapsed.example", ["company-b"], installation)
            try await self.claim("off.example", ["company-own"], installation)
            try await installation.change("UPDATE domains SET lapsed_at = now() WHERE domain = 'lapsed.example'")
            try await installation.change(
                """
                UPDATE identity_providers SET enabled = false
                WHERE workspace_id = (SELECT workspace_id FROM company_ids WHERE folded = 'company-own')
                """
            )
            var pages: Set<String> = []
            for domain in ["both", "none", "lapsed", "off"] {
                let address = "ann@\(domain).example"
                let response = try await Browser(client).post("/.portico/sign-in", [("company_id", address)])
                #expect(response.status == .notFound)
                pages.insert(response.text.replacing(address, with: "…"))
            }
            #expect(pages.count == 1)
            let page = try #require(pages.first)
            #expect(page.contains("Enter your Company ID."))
            #expect(!page.contains("company-a") && !page.contains("company-b"))
            let typed = try await Browser(client).post("/.portico/sign-in", [("company_id", "company-b")])
            #expect(typed.status == .seeOther)
        }
    }

    @Test(arguments: ["ann@", "ann@localhost", "a b@both.example", "ann@b@both.example"])
    func isToldWhenItIsNone(_ typed: String) async throws {
        try await TestInstallation.run { _, client in
            let response = try await Browser(client).post("/.portico/sign-in", [("company_id", typed)])
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains("This is no e-mail address."))
        }
    }

    @Test("is not taken by the sign-up page, nor from a link")
    func elsewhere() async throws {
        try await TestInstallation.run { installation, client in
            try await self.claim("only-b.example", ["company-b"], installation)
            let signUp = try await Browser(client).post("/.portico/sign-up", [("company_id", "bob@only-b.example")])
            #expect(signUp.status == .unprocessableContent)
            let link = try await Browser(client).get("/.portico/sign-in?company_id=bob%40only-b.example")
            #expect(link.status == .notFound)
            #expect(try await StoredState.count("authn_requests", installation) == 0)
        }
    }

    @Test("is not tried without end")
    func limited() async throws {
        try await TestInstallation.run(limits: .init(capacity: 20, refillPerSecond: 0.001)) { _, client in
            var statuses: [Int] = []
            for _ in 0..<3 {
                let fields = [("company_id", "ann@none.example")]
                statuses.append(Int(try await Browser(client).post("/.portico/sign-in", fields).status.code))
            }
            #expect(statuses == [404, 404, 429])
        }
    }
}
