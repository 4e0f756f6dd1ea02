import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Setup links")
struct SetupLinkTests {
    private let cookie = "__Host-portico_setup"

    @Test func opensNothingBeforeTheButtonIsPressed() async throws {
        try await TestConsole.run { console, client in
            let path = try await console.setupLink()
            for _ in 0..<3 {
                let page = try await TestBrowser(client).get(path)
                #expect(page.status == .ok)
                #expect(page.text.contains("The company-a"))
                #expect(page.headers[.setCookie] == nil)
            }
            #expect(try await TestBrowser(client).post(path, [:]).status == .seeOther)
        }
    }

    @Test func opensTheSettingsOnceInACookieThatIsNoSession() async throws {
        try await TestConsole.run { console, client in
            let path = try await console.setupLink()
            let browser = TestBrowser(client)
            let opened = try await browser.post(path, [:])
            #expect(opened.headers[.location] == TestConsole.settings)
            let line = try #require(opened.headers[.setCookie])
            #expect(line.hasSuffix("; Max-Age=7200; Path=/; Secure; HttpOnly; SameSite=Strict"))
            #expect(browser.cookie("__Host-portico_session") == nil)
            #expect(try await browser.get(TestConsole.singleSignOn).status == .ok)

            for again in [try await TestBrowser(client).post(path, [:]), try await TestBrowser(client).get(path)] {
                #expect(again.status == .notFound)
                #expect(again.code == "setup_link_used")
            }
            let sessions = try await console.database.inspection.query("SELECT 1 FROM sessions")
            #expect(sessions.rows.isEmpty)
        }
    }

    @Test func isWrittenIntoTheAuditLogWithoutItsSecret() async throws {
        try await TestConsole.run { console, client in
            let path = try await console.setupLink()
            let browser = TestBrowser(client)
            _ = try await browser.post(path, [:])
            try await console.configure(browser)

            #expect(try await console.events(.setupLinkCreated).map(\.actor) == [.operator])
            #expect(try await console.events(.setupLinkRedeemed).map(\.actor) == [.setup])
            #expect(try await console.events(.samlConfigured).map(\.actor) == [.setup])
            let secrets = [path.suffix(43), try #require(browser.cookie(self.cookie))[...]]
            let kept = try await console.database.inspection.query(
                """
                SELECT coalesce(string_agg(e::text, ''), '') || (SELECT string_agg(v::text, '') FROM setup_visits v) AS text
                FROM audit_events e
                """
            )
            let text: String = try kept.singleRow().value("text")
            for secret in secrets { #expect(!text.contains(secret)) }
        }
    }

    @Test func opensForOneOfTwoAtOnce() async throws {
        try await TestConsole.run { console, client in
            let path = try await console.setupLink()
            async let first = TestBrowser(client).post(path, [:])
            async let second = TestBrowser(client).post(path, [:])
            let statuses = [try await first.status, try await second.status]
            #expect(statuses.filter { $0 == .seeOther }.count == 1)
            #expect(statuses.filter { $0 == .notFound }.count == 1)
        }
    }

    @Test func opensNothingOnceItsTimeIsOver() async throws {
        try await TestConsole.run { console, client in
            let path = try await console.setupLink(lifetime: .seconds(600))
            console.clock.advance(by: 600)
            #expect(try await TestBrowser(client).get(path).code == "setup_link_used")
            #expect(try await TestBrowser(client).post(path, [:]).code == "setup_link_used")
        }
    }

    @Test func endsTheVisitAfterTwoHours() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.visitor(client)
            console.clock.advance(by: 7199)
            #expect(try await browser.get(TestConsole.settings).status == .ok)
            console.clock.advance(by: 1)
            #expect(try await browser.get(TestConsole.settings).status == .seeOther)
        }
    }

    @Test func isTakenBackByANewerOneWithTheVisitThatItOpened() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.visitor(client)
            let old = try await console.setupLink()
            let new = try await console.setupLink()
            #expect(try await browser.get(TestConsole.settings).status == .seeOther)
            #expect(try await TestBrowser(client).get(old).code == "setup_link_used")
            #expect(try await TestBrowser(client).get(new).status == .ok)
        }
    }

    @Test func opensNothingOfAWorkspaceThatIsDisabled() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.visitor(client)
            try await console.workspaces.administer(console.scope, actor: .operator, now: console.clock.now) {
                $0.disable()
            }
            #expect(try await browser.get(TestConsole.settings).status == .seeOther)
            #expect(try await TestBrowser(client).post(try await console.setupLink(), [:]).status == .notFound)
        }
    }

    @Test func endsWhenTheVisitorLeaves() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.visitor(client)
            let secret = try #require(browser.cookie(self.cookie))
            let left = try await browser.post("/.portico/settings/leave", ["csrf": try await browser.csrf()])
            #expect(left.status == .seeOther)
            #expect(browser.cookie(self.cookie) == nil)
            browser.hold(self.cookie, secret)
            #expect(try await browser.get(TestConsole.settings).status == .seeOther)
            #expect(try await console.events(.setupVisitEnded).map(\.actor) == [.setup])
        }
    }

    @Test(arguments: ["", "AAAA", String(repeating: "A", count: 43), String(repeating: "A", count: 5000)])
    func opensNothingForAGuess(_ guess: String) async throws {
        try await TestConsole.run { _, client in
            let browser = TestBrowser(client)
            let opened = try await browser.get("/.portico/setup/" + guess)
            #expect(opened.status == .notFound)
            browser.hold(self.cookie, guess)
            let settings = try await browser.get(TestConsole.settings)
            #expect(settings.status == .seeOther)
        }
    }
}
