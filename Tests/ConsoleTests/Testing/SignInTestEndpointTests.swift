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

@Suite("T7 The pages of a test sign-in")
struct SignInTestEndpointTests {
    private static let path = TestConsole.singleSignOn + "/test"

    /// Begins a test and gives its identifier.
    private static func begin(_ browser: TestBrowser) async throws -> MessageID {
        let begun = try await browser.post(Self.path, ["csrf": try await browser.csrf()])
        #expect(begun.status == .seeOther)
        let location = try #require(begun.headers[.location])
        let prefix = "/.portico/test-sign-in?id="
        #expect(location.hasPrefix(prefix))
        return try #require(MessageID(String(location.dropFirst(prefix.count))))
    }

    /// Ends a test as the assertion consumer service does.
    private static func finish(_ id: MessageID, _ result: SignInTestResult, _ console: TestConsole) async throws {
        let tests = SignInTestStore(pool: console.database.pool)
        let test = try #require(try await tests.test(id: id))
        let event = AuditEvent(
            time: result.finishedAt,
            workspaceID: console.scope.workspaceID,
            actor: .identityProvider,
            action: .signInTested
        )
        let ended = try await tests.finish(
            test,
            assertion: nil,
            now: result.finishedAt,
            event: { _ in event },
            conclude: { _ in result }
        )
        #expect(ended == result)
    }

    private static func passed(_ console: TestConsole) -> SignInTestResult {
        SignInTestResult(
            finishedAt: console.clock.now,
            checks: [SignInCheck(.email, .passed, wanted: "one address")],
            attributes: [.init(name: "roles", values: ["company-a_ADMIN", "<b>"])],
            person: .init(email: "dora@company-a.example", displayName: "Dora", role: "REVIEWER", standing: .joins)
        )
    }

    @Test func whoIsNotRegisteredReadsWhichRoleMakesAnAdministrator() async throws {
        try await TestConsole.run { console, client in
            let visitor = try await console.visitor(client)
            var form = try await console.form(visitor)
            form["attributes.roles"] = "https://idp.example/roles"
            #expect(try await visitor.post(TestConsole.singleSignOn, form).status == .seeOther)
            let id = try await Self.begin(visitor)
            let result = SignInTestResult(
                finishedAt: console.clock.now,
                checks: [SignInCheck.refusal(by: .notRegistered)],
                attributes: [],
                person: nil
            )
            try await Self.finish(id, result, console)
            let page = try await visitor.get(Self.path + "?id=" + id.value).text
            #expect(page.contains("can send “company-a_ADMIN” in the attribute “https://idp.example/roles”"))
        }
    }

    @Test func aVisitorBeginsOneAndReadsItsResult() async throws {
        try await TestConsole.run { console, client in
            let visitor = try await console.visitor(client)
            try await console.configure(visitor)
            let id = try await Self.begin(visitor)
            #expect(visitor.cookie("__Host-portico_pre") != nil)
            let waiting = try await visitor.get(Self.path + "?id=\(id.value)")
            #expect(waiting.text.contains("No answer of your provider has come yet."))

            try await Self.finish(id, Self.passed(console), console)
            let page = try await visitor.get(Self.path + "?id=\(id.value)").text
            #expect(page.contains("This sign-in would have succeeded."))
            #expect(page.contains("<dd>dora@company-a.example</dd>") && page.contains("<dd>REVIEWER</dd>"))
            #expect(page.contains("company-a_ADMIN · &lt;b&gt;"))
            #expect(page.contains("e-mail address"))
        }
    }

    @Test func saysWhatToMend() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            let id = try await Self.begin(browser)
            let refused = SignInCheck(.emailDomain, refusing: .emailDomainRefused, wanted: "company-a.example")
            let result = SignInTestResult(
                finishedAt: console.clock.now,
                checks: [refused],
                attributes: [],
                person: nil
            )
            try await Self.finish(id, result, console)
            let page = try await browser.get(Self.path + "?id=\(id.value)").text
            #expect(page.contains("<code>email_domain_refused</code>"))
            #expect(page.contains("claims the domain of the address"))
        }
    }

    @Test func theResultIsForWhoeverBeganIt() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            let id = try await Self.begin(browser)
            try await Self.finish(id, Self.passed(console), console)
            let others = [
                try await console.person(client, email: "amy@company-a.example"), try await console.visitor(client),
            ]
            for other in others {
                #expect(try await other.get(Self.path + "?id=\(id.value)").status == .notFound)
            }
            #expect(try await browser.get(Self.path + "?id=_nothing").status == .notFound)
            #expect(try await browser.get(Self.path).status == .notFound)
        }
    }

    @Test func aTestOfAnotherWorkspaceIsNotThere() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            let id = try await Self.begin(browser)
            let other = try await TestConsole.addWorkspace("company-b", console.database, now: console.clock.now)
            try await console.change("UPDATE sign_in_tests SET workspace_id = \(other.workspaceID.uuid)")
            #expect(try await browser.get(Self.path + "?id=\(id.value)").status == .notFound)
        }
    }

    @Test func wantsSettingsAndTheTokenOfTheForm() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let nothing = try await browser.post(Self.path, ["csrf": try await browser.csrf()])
            #expect(nothing.status == .unprocessableContent)
            #expect(nothing.text.contains("no identity provider yet"))
            #expect(try await browser.post(Self.path, [:]).code == "cross_site_refused")
        }
    }

    @Test func saysThatTheSettingsHaveChangedSince() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            let id = try await Self.begin(browser)
            try await Self.finish(id, Self.passed(console), console)
            #expect(!(try await browser.get(Self.path + "?id=\(id.value)").text.contains("have changed since")))
            var form = try await console.form(browser)
            form["sign_in_url"] = "https://idp.example/other"
            #expect(try await browser.post(TestConsole.singleSignOn, form).status == .seeOther)
            #expect(try await browser.get(Self.path + "?id=\(id.value)").text.contains("have changed since"))
        }
    }
}
