import Foundation
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Testing
import Workspaces
import XMLSecurity

@Suite("Sign-in from the form to the session")
struct SignInTests {
    @Test("F4 the person has a session and lands where the person wanted to go")
    func givesASessionAndGoesWhereThePersonWanted() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin(returnPath: "/tasks?id=7&name=é")
            #expect(received.request.issuer == EntityID("portico"))
            #expect(received.request.destination == "https://idp.example/sso?app=1")
            #expect(received.request.assertionConsumerService == "https://apps.example.com/.portico/saml/acs")

            let response = try await person.post(
                try person.response(to: received),
                relayState: received.relayState
            )
            #expect(response.status == .seeOther)
            #expect(response.headers[.location] == "/tasks?id=7&name=%C3%A9")
            #expect(response.headers[.cacheControl] == "no-store")
            let token = try #require(person.sessionCookie.flatMap { SessionToken(cookieValue: $0) })
            let stored = try await installation.database.inspection.query(
                "SELECT count(*) AS rows FROM sessions WHERE token_hash = \(token.hash.bytes)"
            )
            #expect(try stored.singleRow().value("rows", as: Int.self) == 1)
            #expect(try await StoredState.count("authn_requests", installation) == 0)
        }
    }

    @Test("F3 a dropped RelayState is tolerated, and one that names the same company")
    func toleratesADroppedRelayStateAndOneThatNamesTheCompany() async throws {
        try await TestInstallation.run { installation, client in
            for relayState in [nil, "", #"{"companyId": "Company-A"}"#] {
                let person = SignInExchange(installation, client)
                let received = try await person.begin()
                let response = try await person.post(try person.response(to: received), relayState: relayState)
                #expect(response.status == .seeOther)
            }
        }
    }

    @Test("F03 a transient NameID that differs each time is of one person")
    func isOfOnePersonUnderAnyTransientNameID() async throws {
        try await TestInstallation.run { installation, client in
            for name in ["_first", "_second"] {
                let person = SignInExchange(installation, client)
                let received = try await person.begin()
                let response = try person.response(to: received) {
                    let confirmations = $0.assertion?.subject?.confirmations ?? []
                    $0.assertion?.subject = Subject(
                        nameID: NameID(value: name, format: NameID.transientFormat),
                        confirmations: confirmations
                    )
                }
                #expect(try await person.post(response, relayState: received.relayState).status == .seeOther)
            }
            #expect(try await StoredState.count("sessions", installation) == 2)
            #expect(try await StoredState.count("memberships", installation) == 1)
            #expect(try await StoredState.count("users", installation) == 1)
        }
    }

    @Test("Q21 an expired pinned certificate locks nobody out")
    func goesOnUnderAnExpiredPinnedCertificate() async throws {
        try await TestInstallation.run { installation, client in
            let end = installation.identityProvider.certificate.notAfter
            installation.clock.advance(by: end.timeIntervalSince(installation.clock.now) + 86_400)
            let person = SignInExchange(installation, client)
            let answer = try await person.signIn()
            #expect(answer.status == .seeOther)
            #expect(person.sessionCookie != nil)
        }
    }

    @Test func worksInTwoTabsAtOnce() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let first = try await person.begin(returnPath: "/first")
            let key = person.browser.cookie("__Host-portico_pre")
            let second = try await person.begin(returnPath: "/second")
            #expect(person.browser.cookie("__Host-portico_pre") == key)
            for (received, path) in [(second, "/second"), (first, "/first")] {
                let response = try await person.post(
                    try person.response(to: received),
                    relayState: received.relayState
                )
                #expect(response.headers[.location] == path)
            }
        }
    }

    @Test func usesTheWorkspacesOwnAssertionConsumerService() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let response = try await person.signIn("company-own")
            #expect(response.status == .seeOther)
            #expect(person.sessionCookie != nil)
        }
    }

    @Test func registersOnSignUpAndRefusesStrangersOnSignIn() async throws {
        try await TestInstallation.run { installation, client in
            let stranger = SignInExchange(installation, client)
            let refused = try await stranger.signIn(email: "dora@company-a.example", roles: nil)
            #expect(refused.status == .forbidden)
            #expect(refused.code == "not_registered")
            #expect(stranger.sessionCookie == nil)
            let registered = try await stranger.signIn(page: "sign-up", email: "dora@company-a.example", roles: nil)
            #expect(registered.status == .seeOther)
            #expect(stranger.sessionCookie != nil)
        }
    }

    @Test("S4 the token is another one after each sign-in, and the old session ends")
    func rotatesTheSessionWhereTheBrowserShowsTheOldOne() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn()
            let old = try #require(person.sessionCookie)
            let received = try await person.begin()
            _ = try await person.browser.post(
                "/.portico/saml/acs",
                [("SAMLResponse", try person.response(to: received)), ("RelayState", received.relayState ?? "")],
                from: .ownPage
            )
            #expect(person.sessionCookie != old)
            #expect(try await StoredState.count("sessions", installation) == 1)
        }
    }

    @Test func endsTheOldSessionThatTheBrowserDoesNotShow() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn()
            let old = try #require(person.sessionCookie.flatMap { SessionToken(cookieValue: $0) })
            let abandoned = try await person.begin()
            let refused = try person.response(to: abandoned) { $0.signing = .nothing }
            #expect(try await person.post(refused, relayState: abandoned.relayState).code == "signature_invalid")
            #expect(try await StoredState.count("sessions", installation) == 1)

            try await person.signIn()
            #expect(person.sessionCookie != old.cookieValue)
            #expect(try await StoredState.count("sessions", installation) == 1)
            let stored = try await installation.database.inspection.query(
                "SELECT count(*) AS rows FROM session_tokens WHERE token_hash = \(old.hash.bytes)"
            )
            #expect(try stored.singleRow().value("rows", as: Int.self) == 0)
        }
    }

    @Test func letsSomebodyWhoWasRefusedTryAgain() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let refused = try await person.signIn(roles: ["company-a_OWNER"])
            #expect(refused.code == "roles_no_match")
            let accepted = try await person.signIn()
            #expect(accepted.status == .seeOther)
        }
    }
}
