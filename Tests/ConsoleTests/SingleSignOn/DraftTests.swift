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

    @Test func aVisitorBySetupLinkIsNotToldWhoAdministers() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.draft(browser)
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
            try await console.draft(browser)
            #expect(try await console.configured().identityProvider?.signInURL == "https://idp.example/sso")
            let page = try await browser.get(Self.path).text
            #expect(page.contains("A draft waits") && page.contains("value=\"\(Self.other)\""))
            #expect(page.contains("<td>https://idp.example/sso</td><td>\(Self.other)</td>"))

            try await console.passTest()
            let done = try await TestConsole.promote(browser)
            #expect(done.headers[.location] == Self.path + "?in-force")
            #expect(try await console.configured().identityProvider?.signInURL == Self.other)
            #expect(!(try await browser.get(Self.path).text.contains("A draft waits")))
            #expect(try await console.events(.singleSignOnDrafted).count == 1)
            let versions = try await SingleSignOnVersionStore(pool: console.database.pool).versions(console.scope)
            #expect(versions.map(\.number) == [2, 1])
            #expect(versions.allSatisfy { $0.inForceAt != nil && !$0.isDraft })
        }
    }

    @Test("T7 what takes the way in away is put in force after a test alone", arguments: [false, true])
    func whatTakesTheWayInAwayNeedsATest(_ isSetup: Bool) async throws {
        try await TestConsole.run { console, client in
            let person = try await console.person(client)
            try await console.draft(person)
            let browser = isSetup ? try await console.visitor(client) : person
            let page = try await browser.get(Self.path).text
            #expect(page.contains("run the test sign-in first"))
            #expect(!page.contains("name=\"untested\"") && !page.contains(">Put in force</button>"))
            let refused = try await console.promoteUnasked(browser)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("<li>No test sign-in of these settings has succeeded. They change where"))
            #expect(try await console.configured().identityProvider?.signInURL == "https://idp.example/sso")
            try await console.passTest()
            #expect(try await TestConsole.promote(browser, [:]).headers[.location] == Self.path + "?in-force")
            #expect(try await console.configured().identityProvider?.signInURL == Self.other)
        }
    }

    @Test func whatLeavesTheWayInNeedsATestOrAWord() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.draft(browser, ["send_login_hint": "on"])
            let page = try await browser.get(Self.path).text
            #expect(page.contains("name=\"untested\"") && !page.contains("run the test sign-in first"))
            let refused = try await TestConsole.promote(browser, [:])
            #expect(refused.status == .unprocessableContent && refused.text.contains("or tick the box"))
            #expect(try await TestConsole.promote(browser).headers[.location] == Self.path + "?in-force")
            #expect(try await console.configured().identityProvider?.sendLoginHint == true)
        }
    }

    @Test(
        "the page confirms nothing to whoever follows a link that is not so",
        arguments: [
            ("drafted", "The draft is saved."), ("enabled", "Single sign-on is on."),
            ("in-force", "The draft is in force."),
        ]
    )
    func confirmsNothingThatIsNotSo(_ notice: String, _ words: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            if notice == "in-force" {
                try await console.draft(browser)
            } else {
                try await console.configure(browser)
            }
            #expect(!(try await browser.get(Self.path + "?" + notice).text.contains(words)))
        }
    }

    @Test func whatIsInForceIsNoDraft() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            try await console.enable(browser)
            var form = try await console.form(browser)
            form["certificates"] = ""
            let saved = try await browser.post(Self.path, form)
            #expect(saved.headers[.location] == Self.path + "?drafted")
            #expect(try await browser.get(Self.path + "?drafted").text.contains("There is no draft."))
        }
    }

    @Test func ofTheAttributeNamesThoseAreShownThatDiffer() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.draft(browser, ["attributes.email": "mail", "attributes.roles": "role"])
            let page = try await browser.get(Self.path).text
            #expect(page.contains("<td>email=email, roles=roles</td><td>email=mail, roles=role</td>"))
        }
    }

    @Test func whatPassedATestNeedsNoWord() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.draft(browser)
            try await console.passTest()
            #expect(!(try await browser.get(Self.path).text.contains("name=\"untested\"")))
            #expect(try await TestConsole.promote(browser, [:]).headers[.location] == Self.path + "?in-force")
        }
    }

    @Test func isGivenUp() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.draft(browser)
            let given = try await TestConsole.discard(browser)
            #expect(given.headers[.location] == Self.path + "?discarded")
            let page = try await browser.get(Self.path + "?discarded").text
            #expect(page.contains("The draft is given up."))
            #expect(!page.contains("A draft waits") && page.contains("value=\"https://idp.example/sso\""))
            #expect(try await console.events(.singleSignOnDraftDiscarded).count == 1)
        }
    }

    @Test("T4 another certificate wants a sign-in of a moment ago")
    func anotherCertificateWantsAFreshSignIn() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let next = try SingleSignOnForm.makeCertificate("next.example")
            try await console.draft(browser, ["certificates": next.pem])
            console.clock.advance(by: 901)
            let refused = try await TestConsole.promote(browser)
            #expect(refused.status == .unprocessableContent)
            #expect(
                refused.text.contains("rd=/.portico/settings/single-sign-on&amp;company_id=company-a&amp;confirm=on")
            )
            #expect(try await console.configured().identityProvider?.certificates.count == 1)

            let visitor = try await console.visitor(client)
            #expect(try await TestConsole.promote(visitor).headers[.location] == Self.path + "?in-force")
            #expect(try await console.configured().identityProvider?.certificates.count == 2)
            let told = "Sign-in rests on another certificate, issuer, sign-in URL or attribute since"
            #expect(try await browser.get(TestConsole.settings).text.contains(told))
            console.clock.advance(by: 8 * 86_400)
            let later = try await console.visitor(client)
            #expect(!(try await later.get(TestConsole.settings).text.contains(told)))
        }
    }

    @Test func aVersionIsComparedAndRestoredAsADraft() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.draft(browser)
            try await console.passTest()
            _ = try await TestConsole.promote(browser)
            let page = try await browser.get(Self.path + "/versions").text
            #expect(page.contains("Version 1") && page.contains("Saved by ann@company-a.example"))
            #expect(page.contains("<td>\(Self.other)</td><td>https://idp.example/sso</td>"))
            let restored = try await TestConsole.restore("1", browser)
            #expect(restored.headers[.location] == Self.path + "?drafted")
            #expect(try await console.configured().identityProvider?.signInURL == Self.other)
            try await console.passTest()
            _ = try await TestConsole.promote(browser)
            #expect(try await console.configured().identityProvider?.signInURL == "https://idp.example/sso")
            #expect(try await TestConsole.restore("77", browser).status == .notFound)
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
            try await console.draft(browser)
            let other = try await TestConsole.addWorkspace("company-b", console.database, now: console.clock.now)
            let store = SingleSignOnVersionStore(pool: console.database.pool)
            #expect(try await store.versions(other).isEmpty)
            #expect(try await store.draft(other) == nil)
        }
    }
}
