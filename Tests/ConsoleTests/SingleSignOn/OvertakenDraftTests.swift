import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import Testing
import Workspaces

@Suite("Drafts that somebody else changed meanwhile")
struct OvertakenDraftTests {
    private static let path = TestConsole.singleSignOn
    private static let other = "https://idp.example/other"
    private static let third = "https://idp.example/third"
    private static let overtaken = "Somebody else changed these settings while you were looking."

    @Test func anotherDraftThanTheOneOnThePageIsNotGivenUp() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.draft(browser)
            let page = try await browser.get(Self.path)
            let other = try await console.person(client, email: "bob@company-a.example")
            var form = try await console.form(other)
            form["sign_in_url"] = Self.third
            #expect(try await other.post(Self.path, form).status == .seeOther)

            let refused = try await TestConsole.discard(browser, seenOn: page)
            #expect(refused.status == .unprocessableContent && refused.text.contains(Self.overtaken))
            #expect(refused.text.contains("<td>\(Self.other)</td><td>\(Self.third)</td>"))
            #expect(refused.text.contains("A draft waits") && refused.text.contains("Saved by bob@company-a.example"))
            #expect(try await console.events(.singleSignOnDraftDiscarded).isEmpty)
            #expect(try await TestConsole.discard(browser, seenOn: refused).status == .seeOther)
            #expect(!(try await browser.get(Self.path).text.contains("A draft waits")))
        }
    }

    @Test func aDraftThatWasPutInForceIsNotGivenUp() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.draft(browser)
            let page = try await browser.get(Self.path)
            let other = try await console.person(client, email: "bob@company-a.example")
            var form = try await console.form(other)
            form["sign_in_url"] = Self.third
            _ = try await other.post(Self.path, form)
            try await console.passTest()
            #expect(try await TestConsole.promote(other).status == .seeOther)
            let refused = try await TestConsole.discard(browser, seenOn: page)
            #expect(refused.status == .unprocessableContent && refused.text.contains(Self.overtaken))
            #expect(refused.text.contains("<td>\(Self.other)</td><td>\(Self.third)</td>"))
        }
    }

    @Test func restoringReplacesNoDraftThatNobodyLookedAt() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.draft(browser)
            try await console.passTest()
            _ = try await TestConsole.promote(browser)
            let page = try await browser.get(Self.path + "/versions")
            let other = try await console.person(client, email: "bob@company-a.example")
            var form = try await console.form(other)
            form["sign_in_url"] = Self.third
            #expect(try await other.post(Self.path, form).status == .seeOther)

            let refused = try await TestConsole.restore("1", browser, seenOn: page)
            #expect(refused.status == .unprocessableContent && refused.text.contains(Self.overtaken))
            #expect(refused.text.contains("<td>\(Self.other)</td><td>\(Self.third)</td>"))
            let store = SingleSignOnVersionStore(pool: console.database.pool)
            #expect(try await store.draft(console.scope)?.settings.identityProvider.signInURL == Self.third)
            #expect(
                try await TestConsole.restore("1", browser, seenOn: refused).headers[.location] == Self.path
                    + "?drafted"
            )
            #expect(
                try await store.draft(console.scope)?.settings.identityProvider.signInURL == "https://idp.example/sso"
            )
        }
    }

    @Test func whoLookedAtAnotherStateLooksAgain() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.draft(browser)
            try await console.passTest()
            let page = try await browser.get(Self.path)
            let form = [
                "csrf": try #require(TestBrowser.csrf(in: page)), "change": try #require(page.change), "untested": "on",
            ]
            try await console.workspaces.administer(console.scope, actor: .operator, now: console.clock.now) {
                try $0.configureSAML(SAMLConfigurationChange(signRequests: true), loopbackHTTP: .refused)
            }
            let refused = try await browser.post(Self.path + "/in-force", form)
            #expect(refused.status == .unprocessableContent && refused.text.contains(Self.overtaken))
            #expect(refused.text.contains("<th scope=\"row\">Signed requests</th><td>off</td><td>on</td>"))
            // The page shows that the draft would take back what the operator changed.
            #expect(refused.text.contains("<th scope=\"row\">Signed requests</th><td>on</td><td>off</td>"))
        }
    }
}
