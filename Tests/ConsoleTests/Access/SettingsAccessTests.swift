import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Testing
import Workspaces

@Suite("Who may see the settings: T6")
struct SettingsAccessTests {
    @Test(arguments: [TestConsole.settings, TestConsole.singleSignOn])
    func asksWhoeverIsNotSignedInToSignInAndComeBack(_ path: String) async throws {
        try await TestConsole.run { _, client in
            let response = try await TestBrowser(client).get(path)
            #expect(response.status == .seeOther)
            #expect(response.headers[.location] == "/.portico/sign-in?rd=" + path)
        }
    }

    @Test func answersProgramsWithoutASessionInJSON() async throws {
        try await TestConsole.run { _, client in
            let response = try await client.execute(uri: TestConsole.settings, method: .get)
            #expect(response.status == .unauthorized)
            #expect(response.text.contains(#""code":"session_required""#))
        }
    }

    @Test(arguments: [
        ("ADMIN", false, HTTPResponse.Status.ok), ("SUPERVISOR", true, .ok), ("SUPERVISOR", false, .notFound),
        ("LABELER", false, .notFound),
    ])
    func letsAdministratorsAndTheOwnerInAndNobodyElse(
        _ role: String,
        _ isOwner: Bool,
        _ status: HTTPResponse.Status
    ) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client, role: role, isOwner: isOwner)
            for path in [TestConsole.settings, TestConsole.singleSignOn] {
                let response = try await browser.get(path)
                #expect(response.status == status)
                #expect(response.code == (status == .ok ? nil : "not_found"))
            }
        }
    }

    @Test func refusesAtTheNextRequestAfterTheRoleWasTakenAway() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let form = try await console.form(browser)
            try await console.change("UPDATE memberships SET role = 'REVIEWER'")
            #expect(try await browser.get(TestConsole.settings).status == .notFound)
            #expect(try await browser.post(TestConsole.singleSignOn, form).status == .notFound)
            #expect(try await console.configured().identityProvider == nil)
        }
    }

    /// The application shares the gateway's origin, and a script of it the administrator's cookies.
    @Test(arguments: ["cors", "same-origin", "no-cors", "websocket"])
    func tellsAndTakesNothingWhenAScriptAsks(_ mode: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let form = try await console.form(browser)
            let page = try await browser.fetch(TestConsole.singleSignOn, mode: mode)
            #expect(page.status == .forbidden)
            #expect(TestBrowser.csrf(in: page) == nil)
            #expect(try await browser.fetch(TestConsole.singleSignOn, form, mode: mode).status == .forbidden)
            #expect(try await console.configured().identityProvider == nil)
        }
    }

    @Test func endsWithTheSessionAndKeepsItAliveMeanwhile() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            // Used once in fifty minutes, a session of an hour's idle time goes on.
            for _ in 0..<3 {
                console.clock.advance(by: 3000)
                #expect(try await browser.get(TestConsole.settings).status == .ok)
            }
            console.clock.advance(by: 3600)
            #expect(try await browser.get(TestConsole.settings).status == .seeOther)
        }
    }

    @Test func showsAPageThatIsNotKeptAndRunsOnlyOurScript() async throws {
        try await TestConsole.run { console, client in
            let response = try await console.person(client).get(TestConsole.settings)
            #expect(response.headers[.cacheControl] == "no-store")
            let policy = try #require(response.headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'"))
            #expect(policy.contains("script-src 'self'"))
            #expect(policy.contains("form-action 'self';"))
            #expect(!policy.contains("unsafe"))
            #expect(!response.text.contains("<script>"))
            #expect(!response.text.contains(" style="))
        }
    }

    @Test(arguments: [nil, "", "AAAA", "another session's"])
    func refusesAFormWithoutTheTokenOfItsSession(_ token: String?) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let other = try await console.person(client, email: "amy@company-a.example")
            var form = try await console.form(browser)
            form["csrf"] = token == "another session's" ? try await other.csrf(TestConsole.singleSignOn) : token
            let response = try await browser.post(TestConsole.singleSignOn, form)
            #expect(response.status == .forbidden)
            #expect(response.code == "cross_site_refused")
            #expect(try await console.configured().identityProvider == nil)
        }
    }

    @Test func refusesAFormOfAnotherSite() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let form = try await console.form(browser)
            let response = try await browser.post(TestConsole.singleSignOn, form, site: "cross-site")
            #expect(response.code == "cross_site_refused")
            #expect(try await console.configured().identityProvider == nil)
        }
    }

    @Test func showsNothingOfAnotherWorkspace() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            _ = try await TestConsole.addWorkspace("company-b", console.database, now: console.clock.now)
            let page = try await browser.get(TestConsole.singleSignOn).text
            #expect(page.contains("company-a"))
            #expect(!page.contains("company-b"))
        }
    }
}
