import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Storage
import Testing
import WebSSO
import Workspaces

@Suite("T7 Test sign-in")
struct TestSignInTests {
    @Test func showsWhoWouldComeInAndWritesNothingAboutPeople() async throws {
        try await TestInstallation.run { installation, client in
            let admin = try await TestExchange(installation, client)
            let before = try await admin.people()
            let counted = installation.counter.signIns
            let received = try await admin.begin()
            let response = try admin.person.response(
                to: received,
                email: "dora@company-a.example",
                roles: ["company-a_REVIEWER"]
            )
            let page = try await admin.person.post(response, relayState: received.relayState)
            #expect(page.status == .ok)
            #expect(page.text.contains("url=/.portico/settings/single-sign-on/test?id=\(received.request.id.value)"))
            #expect(page.headers[values: .setCookie].isEmpty)
            #expect(try await admin.people() == before)
            #expect(installation.counter.signIns == counted)

            let result = try #require(try await admin.kept(received).result)
            #expect(result.isPassed)
            #expect(result.checks.count == SignInCheck.Name.allCases.count)
            #expect(result.person?.email == "dora@company-a.example")
            #expect(result.person?.role == "REVIEWER")
            #expect(result.person?.standing == .joins)
            #expect(result.attributes.contains { $0.name == "roles" && $0.values == ["company-a_REVIEWER"] })
            #expect(try await admin.passes() == [true])
            let events = try await AuditStore(pool: installation.database.pool).events(admin.scope).events
            let event = try #require(events.last)
            #expect(event.action == .signInTested && event.outcome == .done)
        }
    }

    @Test func showsEveryCheckOfAResponseThatIsRefused() async throws {
        try await TestInstallation.run { installation, client in
            let admin = try await TestExchange(installation, client)
            let before = try await admin.people()
            let received = try await admin.begin()
            let response = try admin.person.response(to: received) {
                $0.header.destination = "https://b.example/acs"
                $0.assertion?.conditions = Conditions(conditions: [.audienceRestriction(["portico-b"])])
            }
            #expect(try await admin.person.post(response, relayState: received.relayState).status == .ok)
            let result = try #require(try await admin.kept(received).result)
            #expect(!result.isPassed && result.person == nil)
            let failed = result.checks.filter { $0.code != nil }.map(\.name)
            #expect(failed.contains(.response(.destination)) && failed.contains(.response(.audience)))
            #expect(try await admin.people() == before)
            #expect(try await admin.passes() == [false])
        }
    }

    @Test("R4 somebody without a role is told so, and keeps the session")
    func revokesNothingWhereASignInWould() async throws {
        try await TestInstallation.run { installation, client in
            let admin = try await TestExchange(installation, client)
            let before = try await admin.people()
            let received = try await admin.begin()
            let response = try admin.person.response(to: received, roles: ["company-b_ADMIN"])
            _ = try await admin.person.post(response, relayState: received.relayState)
            let result = try #require(try await admin.kept(received).result)
            #expect(result.refusal?.code == .rolesNoMatch)
            #expect(try await admin.people() == before)
        }
    }

    @Test func worksForAVisitAndForSettingsThatAreSwitchedOff() async throws {
        try await TestInstallation.run { installation, client in
            let admin = try await TestExchange(installation, client)
            try await installation.change("UPDATE identity_providers SET enabled = false")
            let token = SecretToken<SetupVisit>.random()
            try await installation.change(
                """
                INSERT INTO setup_visits (token_hash, workspace_id, created_at, expires_at)
                VALUES (\(token.hash.bytes), \(admin.scope.workspaceID.uuid), \(installation.clock.now),
                    \(installation.clock.now.addingTimeInterval(3600)))
                """
            )
            let key = try #require(
                admin.person.browser.cookie("__Host-portico_pre").flatMap { BrowserKey(cookieValue: $0) }
            )
            let test = try await admin.tests.begin(
                admin.scope,
                owner: .visit(token.hash),
                browserHash: key.hash,
                now: installation.clock.now
            )
            let received = try await admin.leave(test)
            _ = try await admin.person.post(try admin.person.response(to: received), relayState: received.relayState)
            #expect(try await admin.kept(received).result?.isPassed == true)
        }
    }

    @Test(arguments: TestAttack.all)
    func isNoUseToAnybodyElse(_ attack: TestAttack) async throws {
        try await TestInstallation.run { installation, client in
            let admin = try await TestExchange(installation, client)
            let received = try await admin.begin()
            let response = try admin.person.response(to: received)
            let before = try await admin.people()
            let page = try await attack.run(admin, received, response)
            #expect(page.code == attack.code)
            #expect(page.headers[values: .setCookie].isEmpty)
            #expect(attack.changesPeople ? true : try await admin.people() == before)
            #expect(try await admin.passes().contains(true) == attack.isPassedBefore)
        }
    }

    @Test func anOrdinaryResponseIsNoTest() async throws {
        try await TestInstallation.run { installation, client in
            let admin = try await TestExchange(installation, client)
            let test = try await admin.begin()
            let ordinary = try await admin.person.begin()
            // The Response says that it answers the test; the signed assertion says what it answers.
            let response = try admin.person.response(to: ordinary) { $0.header.inResponseTo = test.request.id }
            _ = try await admin.person.post(response, relayState: test.relayState)
            let result = try #require(try await admin.kept(test).result)
            #expect(!result.isPassed)
            #expect(try await admin.passes() == [false])
        }
    }

    @Test func aDraftThatChangedMeanwhileHasNotPassed() async throws {
        try await TestInstallation.run { installation, client in
            let admin = try await TestExchange(installation, client)
            let received = try await admin.begin()
            try await installation.change("UPDATE identity_providers SET sign_in_url = 'https://idp.example/other'")
            _ = try await admin.person.post(try admin.person.response(to: received), relayState: received.relayState)
            #expect(try await admin.kept(received).result?.isPassed == true)
            _ = try await admin.begin()
            #expect(try await admin.passes() == [true, false])
        }
    }
}
