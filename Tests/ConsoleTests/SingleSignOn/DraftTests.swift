import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces
import XMLSecurity

@Suite("Drafts and versions of single sign-on")
struct DraftTests {
    private static let path = TestConsole.singleSignOn
    private static let other = "https://idp.example/other"
    private static let third = "https://idp.example/third"
    private static let overtaken = "Somebody else changed these settings while you were looking."

    /// Configures single sign-on, switches it on, and saves a form with a change, which makes a draft.
    private static func draft(
        _ console: TestConsole,
        _ browser: TestBrowser,
        _ changes: [String: String] = ["sign_in_url": other]
    ) async throws {
        try await console.configure(browser)
        try await console.enable(browser)
        var form = try await console.form(browser)
        form.merge(changes) { _, new in new }
        let saved = try await browser.post(Self.path, form)
        #expect(saved.headers[.location] == Self.path + "?drafted")
    }

    /// Presses a button that puts the settings in force as the page shows them.
    private static func promote(
        _ browser: TestBrowser,
        _ more: [String: String] = ["untested": "on"]
    ) async throws -> TestResponse {
        let page = try await browser.get(Self.path)
        var form = ["csrf": try #require(TestBrowser.csrf(in: page)), "change": try #require(page.change)]
        form.merge(more) { _, new in new }
        return try await browser.post(Self.path + "/in-force", form)
    }

    /// Gives up the draft that a page shows.
    private static func discard(_ browser: TestBrowser, seenOn page: TestResponse? = nil) async throws -> TestResponse {
        var page = page
        if page == nil { page = try await browser.get(Self.path) }
        let shown = try #require(page)
        return try await browser.post(
            Self.path + "/discard",
            ["csrf": try #require(TestBrowser.csrf(in: shown)), "version": try #require(shown.version)]
        )
    }

    /// Restores a version as a page shows it.
    private static func restore(
        _ number: String,
        _ browser: TestBrowser,
        seenOn page: TestResponse? = nil
    ) async throws -> TestResponse {
        var page = page
        if page == nil { page = try await browser.get(Self.path + "/versions") }
        let shown = try #require(page)
        return try await browser.post(
            Self.path + "/versions",
            [
                "csrf": try #require(TestBrowser.csrf(in: shown)), "version": try #require(shown.version),
                "number": number,
            ]
        )
    }

    @Test func aVisitorBySetupLinkIsNotToldWhoAdministers() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await Self.draft(console, browser)
            let visitor = try await console.visitor(client)
            for (path, words) in [(Self.path, "an administrator"), (Self.path + "/versions", "an administrator")] {
                let page = try await visitor.get(path).text
                #expect(page.contains(words) && !page.contains("ann@company-a.example"))
                #expect(try await browser.get(path).text.contains("ann@company-a.example"))
            }
        }
    }

    @Test func whatIsSavedWhileItIsOnCountsOncePutInForce() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await Self.draft(console, browser)
            #expect(try await console.configured().identityProvider?.signInURL == "https://idp.example/sso")
            let page = try await browser.get(Self.path).text
            #expect(page.contains("A draft waits") && page.contains("value=\"\(Self.other)\""))
            #expect(page.contains("<td>https://idp.example/sso</td><td>\(Self.other)</td>"))

            let refused = try await Self.promote(browser, [:])
            #expect(refused.status == .unprocessableContent && refused.text.contains("No test sign-in"))
            let done = try await Self.promote(browser)
            #expect(done.headers[.location] == Self.path + "?in-force")
            #expect(try await console.configured().identityProvider?.signInURL == Self.other)
            #expect(!(try await browser.get(Self.path).text.contains("A draft waits")))
            #expect(try await console.events(.singleSignOnDrafted).count == 1)
            let versions = try await SingleSignOnVersionStore(pool: console.database.pool).versions(console.scope)
            #expect(versions.map(\.number) == [2, 1])
            #expect(versions.allSatisfy { $0.inForceAt != nil && !$0.isDraft })
        }
    }

    @Test func whatPassedATestNeedsNoWord() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await Self.draft(console, browser)
            try await console.change("UPDATE single_sign_on_versions SET passed_at = now() WHERE is_draft")
            #expect(!(try await browser.get(Self.path).text.contains("name=\"untested\"")))
            #expect(try await Self.promote(browser, [:]).headers[.location] == Self.path + "?in-force")
        }
    }

    @Test func isGivenUp() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await Self.draft(console, browser)
            let given = try await Self.discard(browser)
            #expect(given.status == .seeOther)
            let page = try await browser.get(Self.path).text
            #expect(!page.contains("A draft waits") && page.contains("value=\"https://idp.example/sso\""))
            #expect(try await console.events(.singleSignOnDraftDiscarded).count == 1)
        }
    }

    @Test func anotherDraftThanTheOneOnThePageIsNotGivenUp() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await Self.draft(console, browser)
            let page = try await browser.get(Self.path)
            let other = try await console.person(client, email: "bob@company-a.example")
            var form = try await console.form(other)
            form["sign_in_url"] = Self.third
            #expect(try await other.post(Self.path, form).status == .seeOther)

            let refused = try await Self.discard(browser, seenOn: page)
            #expect(refused.status == .unprocessableContent && refused.text.contains(Self.overtaken))
            #expect(refused.text.contains("<td>\(Self.other)</td><td>\(Self.third)</td>"))
            #expect(refused.text.contains("A draft waits") && refused.text.contains("Saved by bob@company-a.example"))
            #expect(try await console.events(.singleSignOnDraftDiscarded).isEmpty)
            #expect(try await Self.discard(browser, seenOn: refused).status == .seeOther)
            #expect(!(try await browser.get(Self.path).text.contains("A draft waits")))
        }
    }

    @Test func aDraftThatWasPutInForceIsNotGivenUp() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await Self.draft(console, browser)
            let page = try await browser.get(Self.path)
            let other = try await console.person(client, email: "bob@company-a.example")
            var form = try await console.form(other)
            form["sign_in_url"] = Self.third
            _ = try await other.post(Self.path, form)
            #expect(try await Self.promote(other).status == .seeOther)
            let refused = try await Self.discard(browser, seenOn: page)
            #expect(refused.status == .unprocessableContent && refused.text.contains(Self.overtaken))
            #expect(refused.text.contains("<td>\(Self.other)</td><td>\(Self.third)</td>"))
        }
    }

    @Test func restoringReplacesNoDraftThatNobodyLookedAt() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await Self.draft(console, browser)
            _ = try await Self.promote(browser)
            let page = try await browser.get(Self.path + "/versions")
            let other = try await console.person(client, email: "bob@company-a.example")
            var form = try await console.form(other)
            form["sign_in_url"] = Self.third
            #expect(try await other.post(Self.path, form).status == .seeOther)

            let refused = try await Self.restore("1", browser, seenOn: page)
            #expect(refused.status == .unprocessableContent && refused.text.contains(Self.overtaken))
            #expect(refused.text.contains("<td>\(Self.other)</td><td>\(Self.third)</td>"))
            let store = SingleSignOnVersionStore(pool: console.database.pool)
            #expect(try await store.draft(console.scope)?.settings.identityProvider.signInURL == Self.third)
            #expect(try await Self.restore("1", browser, seenOn: refused).headers[.location] == Self.path + "?drafted")
            #expect(
                try await store.draft(console.scope)?.settings.identityProvider.signInURL == "https://idp.example/sso"
            )
        }
    }

    @Test func whoLookedAtAnotherStateLooksAgain() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await Self.draft(console, browser)
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

    @Test("T4 another certificate wants a sign-in of a moment ago")
    func anotherCertificateWantsAFreshSignIn() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let next = try SingleSignOnForm.makeCertificate("next.example")
            try await Self.draft(console, browser, ["certificates": next.pem])
            console.clock.advance(by: 901)
            let refused = try await Self.promote(browser)
            #expect(refused.status == .unprocessableContent)
            #expect(
                refused.text.contains("rd=/.portico/settings/single-sign-on&amp;company_id=company-a&amp;confirm=on")
            )
            #expect(try await console.configured().identityProvider?.certificates.count == 1)

            let visitor = try await console.visitor(client)
            #expect(try await Self.promote(visitor).headers[.location] == Self.path + "?in-force")
            #expect(try await console.configured().identityProvider?.certificates.count == 2)
            let told = "Sign-in rests on another certificate or issuer since"
            #expect(try await browser.get(TestConsole.settings).text.contains(told))
            console.clock.advance(by: 8 * 86_400)
            let later = try await console.visitor(client)
            #expect(!(try await later.get(TestConsole.settings).text.contains(told)))
        }
    }

    @Test func aVersionIsComparedAndRestoredAsADraft() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await Self.draft(console, browser)
            _ = try await Self.promote(browser)
            let page = try await browser.get(Self.path + "/versions").text
            #expect(page.contains("Version 1") && page.contains("Saved by ann@company-a.example"))
            #expect(page.contains("<td>\(Self.other)</td><td>https://idp.example/sso</td>"))
            let restored = try await Self.restore("1", browser)
            #expect(restored.headers[.location] == Self.path + "?drafted")
            #expect(try await console.configured().identityProvider?.signInURL == Self.other)
            _ = try await Self.promote(browser)
            #expect(try await console.configured().identityProvider?.signInURL == "https://idp.example/sso")
            #expect(try await Self.restore("77", browser).status == .notFound)
        }
    }

    @Test func aCommandActsAtOnceAndMakesAVersion() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            try await console.enable(browser)
            try await console.workspaces.administer(console.scope, actor: .operator, now: console.clock.now) {
                try $0.configureSAML(SAMLConfigurationChange(signInURL: Self.other), loopbackHTTP: .refused)
            }
            let versions = try await SingleSignOnVersionStore(pool: console.database.pool).versions(console.scope)
            #expect(versions.map(\.actor) == [.operator, .member(try #require(Email("ann@company-a.example")))])
            #expect(versions.first?.settings.identityProvider.signInURL == Self.other)
        }
    }

    @Test func aVersionOfAnotherWorkspaceIsNotThere() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await Self.draft(console, browser)
            let other = try await TestConsole.addWorkspace("company-b", console.database, now: console.clock.now)
            let store = SingleSignOnVersionStore(pool: console.database.pool)
            #expect(try await store.versions(other).isEmpty)
            #expect(try await store.draft(other) == nil)
        }
    }
}

extension TestResponse {
    /// What the page's forms name as the version that they were made of.
    fileprivate var version: String? {
        self.text.firstMatch(of: /name="version" value="([0-9a-f]+)"/).map { String($0.1) }
    }

    /// What the page's form names to say which change it means.
    var change: String? {
        self.text.firstMatch(of: /name="change" value="([^"]+)"/).map { String($0.1) }
    }
}
