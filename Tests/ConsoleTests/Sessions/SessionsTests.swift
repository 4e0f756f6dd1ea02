import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The list of sessions")
struct SessionsTests {
    private static let path = "/.portico/settings/sessions"

    /// The paths that end the sessions of a page.
    private func ends(_ browser: TestBrowser, _ query: String = "") async throws -> [String] {
        let page = try await browser.get(Self.path + query).text
        return page.matches(of: /action="([^"]+\/end)"/).map { String($0.1) }
    }

    /// Saves the limits as the page shows them now, or showed them before.
    private func limits(
        _ browser: TestBrowser,
        _ maxAge: String,
        _ maxIdle: String,
        seenOn seen: TestResponse? = nil
    ) async throws -> TestResponse {
        var page = seen
        if page == nil { page = try await browser.get(Self.path) }
        let shown = try #require(page)
        var form = [
            "csrf": try #require(TestBrowser.csrf(in: shown)), "max_session_age": maxAge,
            "max_time_between_activity": maxIdle,
        ]
        for match in shown.text.matches(of: /name="(seen[^"]+)" value="([^"]*)"/) {
            form[String(match.1)] = String(match.2)
        }
        return try await browser.post(Self.path, form)
    }

    @Test func showsTheSecondOfTwoWhoSaveLimitsWhatDiffers() async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            let bob = try await console.person(client, email: "bob@company-a.example")
            let seen = try await ann.get(Self.path)
            let seenByBob = try await bob.get(Self.path)
            #expect(try await self.limits(bob, "120", "20").status == .seeOther)
            let conflict = try await self.limits(ann, "60", "20", seenOn: seen)
            #expect(conflict.status == .unprocessableContent)
            #expect(conflict.text.contains("Somebody else saved this"))
            let row = "<th scope=\"row\">Longest session, in minutes</th><td>nothing</td><td>120</td><td>60</td>"
            #expect(conflict.text.filter { $0 != "\n" }.contains(row))
            #expect(conflict.text.contains("name=\"max_session_age\" value=\"60\""))
            #expect(try await console.configured().workspace.sessionMaxAge == .seconds(7200))
            #expect(try await console.events(.workspaceChanged).count == 1)
            // Whoever has seen it and saves again means it.
            #expect(try await self.limits(ann, "60", "20", seenOn: conflict).status == .seeOther)
            #expect(try await console.configured().workspace.sessionMaxAge == .seconds(3600))
            // Two who want the same are no conflict.
            #expect(try await self.limits(bob, "60", "20", seenOn: seenByBob).status == .seeOther)
        }
    }

    @Test func showsWhoIsSignedInAndMarksOnesOwn() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            console.clock.advance(by: 60)
            _ = try await console.person(client, email: "bob@company-a.example")
            let page = try await browser.get(Self.path).text
            #expect(try await self.ends(browser).count == 2)
            #expect(page.matches(of: /This session/).count == 1)
            #expect(page.contains("By https://idp.example"))
            let names = page.matches(of: /<p class="soft">([a-z]+)@company-a/).map { String($0.1) }
            #expect(names == ["bob", "ann"])
            #expect(try await self.ends(browser, "?q=BOB").count == 1)
            // Bob's has seen no request for an hour.
            for _ in 0..<2 {
                console.clock.advance(by: 1800)
                _ = try await browser.get(TestConsole.settings)
            }
            #expect(try await self.ends(browser).count == 1)
        }
    }

    @Test func endsOneAtOnceAndAudits() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let other = try await console.person(client, email: "bob@company-a.example")
            let path = try #require(try await self.ends(browser, "?q=bob").first)
            let ended = try await browser.post(path, ["csrf": try await browser.csrf()])
            #expect(ended.headers[.location] == Self.path + "?ended=1")
            #expect(try await other.get(TestConsole.settings).status == .seeOther)
            let event = try #require(try await console.events(.sessionsRevoked).first)
            #expect(event.email == "bob@company-a.example")
            #expect(event.actor.email?.value == "ann@company-a.example")
            // A page that was open meanwhile ends on the list.
            let late = try await browser.post(path, ["csrf": try await browser.csrf()])
            #expect(late.status == .notFound)
            #expect(late.text.contains("Nothing was left to end.") && late.text.contains("This session"))
            #expect(try await console.events(.sessionsRevoked).count == 1)
            #expect(try await browser.get(Self.path + "?ended=1").text.contains("One session has ended"))
        }
    }

    @Test(arguments: [true, false])
    func signsEverybodyOutAndTheAdministratorOnlyIfAsked(_ own: Bool) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let other = try await console.person(client, email: "bob@company-a.example")
            try await console.confirmEverybody()
            var form = ["csrf": try await browser.csrf()]
            if own { form["own"] = "on" }
            let ended = try await browser.post(Self.path + "/end-all", form)
            #expect(ended.headers[.location] == Self.path + "?ended=" + (own ? "2" : "1"))
            #expect(try await other.get(Self.path).status == .seeOther)
            #expect(try await browser.get(Self.path).status == (own ? .seeOther : .ok))
        }
    }

    @Test func signsOnePersonOutFromTheirPage() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let other = try await console.person(client, email: "bob@company-a.example")
            let page = try await browser.get(Self.path + "?q=bob").text
            let path = String(try #require(page.firstMatch(of: /href="([^"?]*\/members\/[0-9a-f-]+)"/)).1)
            let ended = try await browser.post(path + "/sign-out", ["csrf": try await browser.csrf()])
            #expect(ended.headers[.location] == path + "?ended=1")
            #expect(try await other.get(Self.path).status == .seeOther)
        }
    }

    @Test func goesOnToOlderSessionsOfOneMoment() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            for number in 0..<52 { _ = try await console.person(client, email: "p\(number)@company-a.example") }
            let page = try await browser.get(Self.path).text
            let next = try #require(page.firstMatch(of: /href="[^"]*(\?after=[^"]+)">Older sessions/)).1
            let query = String(next).replacing("&amp;", with: "&")
            let first = try await self.ends(browser)
            let second = try await self.ends(browser, query)
            #expect(first.count == 50 && second.count == 3)
            #expect(Set(first + second).count == 53)
        }
    }

    @Test func shortensTheSessionsThatAreThere() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            #expect(try await self.limits(browser, "60", "10").headers[.location] == Self.path + "?saved")
            let workspace = try await console.configured().workspace
            #expect(workspace.sessionMaxAge == .seconds(3600) && workspace.sessionMaxIdle == .seconds(600))
            #expect(try await console.events(.workspaceChanged).first?.detail["max_session_age"] != nil)
            for _ in 0..<6 {
                #expect(try await browser.get(Self.path).status == .ok)
                console.clock.advance(by: 599)
            }
            console.clock.advance(by: 6)
            #expect(try await browser.get(Self.path).status == .seeOther)
        }
    }

    @Test func saysAtTheFieldWhichLimitsThereAreAndKeepsWhatWasTyped() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let refused = try await self.limits(browser, "8h", "20")
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("id=\"max-session-age-problem\""))
            #expect(refused.text.contains("value=\"8h\"") && refused.text.contains("value=\"20\""))
            #expect(refused.text.contains("Give whole minutes, 5 to 1440"))
            #expect(try await console.configured().workspace.sessionMaxIdle == nil)
        }
    }

    @Test func reachesNoSessionOfAnotherWorkspace() async throws {
        try await TestConsole.run { console, client in
            let other = try await TestConsole.addWorkspace("company-b", console.database, now: console.clock.now)
            _ = try await console.person(client, email: "bob@company-a.example")
            let browser = try await console.person(client)
            let path = try #require(try await self.ends(browser, "?q=bob").first)
            try await console.change("ALTER TABLE sessions DISABLE TRIGGER ALL")
            try await console.change(
                """
                UPDATE sessions SET workspace_id = \(other.workspaceID.uuid)
                WHERE user_id = (SELECT user_id FROM memberships WHERE email = 'bob@company-a.example')
                """
            )
            #expect(try await self.ends(browser).count == 1)
            let reached = try await browser.post(path, ["csrf": try await browser.csrf()])
            #expect(reached.status == .notFound && !reached.text.contains("bob@company-a.example"))
            try await console.confirmEverybody()
            _ = try await browser.post(Self.path + "/end-all", ["csrf": try await browser.csrf(), "own": "on"])
            let left = try await console.database.inspection.query("SELECT count(*) AS sessions FROM sessions")
            #expect(try left.singleRow().value("sessions") == 1)
        }
    }

    @Test func isNotThereForAVisitorOfASetupLink() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.visitor(client)
            #expect(try await browser.get(Self.path).status == .notFound)
            let csrf = try await browser.csrf()
            let limits = ["csrf": csrf, "max_session_age": "60", "max_time_between_activity": ""]
            #expect(try await browser.post(Self.path, limits).status == .notFound)
            let ended = try await browser.post(Self.path + "/end-all", ["csrf": csrf])
            #expect(ended.status == .notFound)
            let one = try await browser.post(Self.path + "/\(UUID())/end", ["csrf": csrf])
            #expect(one.status == .notFound && !one.text.contains("Nothing was left to end."))
        }
    }
}
