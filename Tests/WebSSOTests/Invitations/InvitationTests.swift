import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAMLTesting
import Testing

@Suite("Links of invitations")
struct InvitationTests {
    /// Presses the button on the page of a link, and answers with what the identity provider got.
    private func accept(
        _ link: String,
        _ person: SignInExchange
    ) async throws -> TestIdentityProvider.ReceivedRequest {
        let response = try await person.browser.post(link, [])
        #expect(response.status == .seeOther)
        return try TestIdentityProvider.readRequest(fromRedirect: try #require(response.headers[.location]))
    }

    @Test("F6 M1 the invited person comes in by the link, with the role, even when the RelayState is dropped")
    func invitedPerson() async throws {
        try await TestInstallation.run { installation, client in
            let link = try await installation.invite()
            let person = SignInExchange(installation, client)
            let received = try await self.accept(link, person)
            #expect(received.relayState?.contains(link.suffix(43)) == false)
            let response = try person.response(to: received, roles: nil)
            let done = try await person.post(response, relayState: nil)
            #expect(done.status == .seeOther)
            #expect(done.headers[.location] == "/")
            let session = try await person.browser.get("/.portico/userinfo")
            #expect(session.text.contains(#""role":"SUPERVISOR""#))
            #expect(try await person.browser.get(link).code == "invitation_used")
        }
    }

    @Test("F6 looking at the link, as programs that read mail do, begins nothing and tells nothing of the person")
    func lookingAtIt() async throws {
        try await TestInstallation.run { installation, client in
            let link = try await installation.invite()
            for _ in 0..<3 {
                let page = try await Browser(client).get(link, from: .otherSite)
                #expect(page.status == .ok)
                #expect(page.text.contains("You are invited to The company-a"))
                #expect(!page.text.contains("ann"))
                #expect(!page.text.contains("SUPERVISOR"))
                #expect(page.headers[values: .setCookie] == [])
            }
            #expect(try await StoredState.count("authn_requests", installation) == 0)
            let other = try await Browser(client).post(link, [], from: .otherSite)
            #expect(other.code == "cross_site_refused")
            #expect(try await StoredState.count("authn_requests", installation) == 0)
        }
    }

    @Test(
        "M6 somebody else at the identity provider gets nothing by the link, which stays good",
        arguments: [nil, "ADMIN"]
    )
    func somebodyElse(_ role: String?) async throws {
        try await TestInstallation.run { installation, client in
            let link = try await installation.invite()
            let stranger = SignInExchange(installation, client)
            let received = try await self.accept(link, stranger)
            let before = try await StoredState.read(installation)
            let response = try stranger.response(
                to: received,
                email: "bob@company-a.example",
                roles: role.map { ["company-a_\($0)"] }
            )
            let refused = try await stranger.post(response, relayState: received.relayState)
            #expect(refused.status == .forbidden)
            #expect(refused.code == "invitation_required")
            #expect(stranger.sessionCookie == nil)
            // Roles that came close the latch, whoever they are about (R1a).
            if role == nil { #expect(try await StoredState.read(installation) == before) }
            #expect(try await StoredState.count("memberships", installation) == 1)

            let person = SignInExchange(installation, client)
            let own = try await self.accept(link, person)
            let roles = ["company-a_LABELER"]
            let done = try await person.post(try person.response(to: own, roles: roles), relayState: own.relayState)
            #expect(done.status == .seeOther)
        }
    }

    @Test("M2 the invited person who is refused stays invited, and the link works again")
    func refused() async throws {
        try await TestInstallation.run { installation, client in
            let link = try await installation.invite()
            let person = SignInExchange(installation, client)
            let received = try await self.accept(link, person)
            let response = try person.response(to: received, roles: ["company-b_ADMIN"])
            #expect(try await person.post(response, relayState: received.relayState).code == "roles_no_match")
            #expect(try await Browser(client).get(link).status == .ok)
        }
    }

    @Test("A link that opens nothing looks the same, whyever it does")
    func nothing() async throws {
        try await TestInstallation.run { installation, client in
            let replaced = try await installation.invite()
            let expired = try await installation.invite()
            installation.clock.advance(by: 8 * 86_400)
            let random = installation.site.invitationPath + "/" + String(repeating: "A", count: 43)
            for link in [replaced, expired, random, installation.site.invitationPath + "/x"] {
                for response in [try await Browser(client).get(link), try await Browser(client).post(link, [])] {
                    #expect(response.status == .notFound)
                    #expect(response.code == "invitation_used")
                }
            }
        }
    }

    @Test("Links are not tried without end")
    func limited() async throws {
        try await TestInstallation.run(limits: .init(capacity: 20, refillPerSecond: 0.001)) { installation, client in
            let path = installation.site.invitationPath + "/" + String(repeating: "A", count: 43)
            var codes: [String?] = []
            for _ in 0..<4 { codes.append(try await Browser(client).get(path).code) }
            #expect(codes == ["invitation_used", "invitation_used", "rate_limited", "rate_limited"])
        }
    }

    @Test("While nobody can sign in, the link leads to no identity provider")
    func disabled() async throws {
        try await TestInstallation.run { installation, client in
            let link = try await installation.invite()
            try await installation.change("UPDATE identity_providers SET enabled = false")
            #expect(try await Browser(client).get(link).code == "company_not_found")
            #expect(try await Browser(client).post(link, []).code == "company_not_found")
        }
    }

    @Test("The page says whose session ends, and accepting ends one of another workspace at once")
    func otherSession() async throws {
        try await TestInstallation.run { installation, client in
            let link = try await installation.invite("new@company-a.example")
            let person = SignInExchange(installation, client)
            try await person.signIn("company-b")
            let page = try await person.browser.get(link)
            #expect(page.text.contains("ends the session"))
            #expect(page.text.contains("ann@company-a.example <code>company-b</code>"))
            _ = try await self.accept(link, person)
            #expect(try await StoredState.count("sessions", installation) == 0)
        }
    }
}
