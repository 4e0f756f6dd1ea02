import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("A fresh sign-in before dangerous steps")
struct FreshSignInTests {
    private static let mappings = "/.portico/settings/mappings"
    private static let invitations = "/.portico/settings/invitations"

    /// Where a page lets its person confirm who they are, and from there back to the page.
    private static func confirmation(_ page: String) -> String {
        "<a href=\"/.portico/sign-in?rd=\(page)&amp;company_id=company-a&amp;confirm=on\">Confirm who you are</a>"
    }

    /// Presses the button that gives up what is kept of a page.
    private func giveUp(_ browser: TestBrowser, _ path: String) async throws -> TestResponse {
        #expect(try await browser.get(path).text.contains("action=\"/.portico/settings/forget\""))
        return try await self.post(browser, "/.portico/settings/forget", ["page": path])
    }

    private func post(
        _ browser: TestBrowser,
        _ path: String,
        _ fields: [String: String] = [:]
    ) async throws -> TestResponse {
        try await browser.post(path, fields.merging(["csrf": try await browser.csrf()]) { $1 })
    }

    @Test("making somebody an administrator wants one, and the choice is still there afterwards")
    func roleOfAnAdministrator() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let path = try await console.addMember("Bob")
            #expect(try await self.post(browser, path + "/role", ["role": "REVIEWER"]).status == .seeOther)
            #expect(try await console.member("Bob", "role") == "REVIEWER")
            let asked = try await self.post(browser, path + "/role", ["role": "ADMIN"])
            #expect(asked.headers[.location] == path)
            #expect(try await console.member("Bob", "role") == "REVIEWER")
            #expect(try await browser.get(path).text.contains(Self.confirmation(path)))

            try await console.confirmEverybody()
            let page = try await browser.get(path).text
            #expect(page.contains("press “Change the role” below once more"))
            #expect(page.contains("<option value=\"ADMIN\" selected>"))
            #expect(try await self.giveUp(browser, path).headers[.location] == path)
            #expect(try await browser.get(path).text.contains("<option value=\"REVIEWER\" selected>"))
            #expect(
                try await self.post(browser, path + "/role", ["role": "ADMIN"]).headers[.location] == path
                    + "?done=role"
            )
            #expect(try await console.member("Bob", "role") == "ADMIN")
            #expect(try await !browser.get(path).text.contains("Nothing was changed yet"))
            // Who is one stays one without being asked.
            console.clock.advance(by: 600)
            #expect(
                try await self.post(browser, path + "/role", ["role": "ADMIN"]).headers[.location] == path
                    + "?done=role"
            )
        }
    }

    @Test("taking the role from an administrator wants one")
    func demotion() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let path = try await console.addMember("Bob", role: "ADMIN")
            #expect(try await self.post(browser, path + "/role", ["role": "LABELER"]).headers[.location] == path)
            #expect(try await console.member("Bob", "role") == "ADMIN")
            try await console.confirmEverybody()
            let done = try await self.post(browser, path + "/role", ["role": "LABELER"])
            #expect(done.headers[.location] == path + "?done=role")
            #expect(try await console.member("Bob", "role") == "LABELER")
        }
    }

    @Test("signing everybody out wants one, and the tick is still there afterwards")
    func signingEverybodyOut() async throws {
        try await TestConsole.run { console, client in
            let sessions = "/.portico/settings/sessions"
            let browser = try await console.person(client)
            let other = try await console.person(client, email: "bob@company-a.example")
            let asked = try await self.post(browser, sessions + "/end-all", ["own": "on"])
            #expect(asked.headers[.location] == sessions)
            #expect(try await other.get(sessions).status == .ok)
            let page = try await browser.get(sessions).text
            #expect(page.contains("Nobody was signed out yet") && page.contains(Self.confirmation(sessions)))
            #expect(page.contains("name=\"own\" value=\"on\" checked"))
            try await console.confirmEverybody()
            #expect(try await browser.get(sessions).text.contains("press “Sign everybody out” below once more"))
            #expect(try await self.post(browser, sessions + "/end-all").headers[.location] == sessions + "?ended=1")
            #expect(try await other.get(sessions).status == .seeOther)
            #expect(try await !browser.get(sessions).text.contains("Nobody was signed out yet"))
        }
    }

    @Test("changing who manages roles wants one, and the choice is still there afterwards")
    func whoManagesRoles() async throws {
        try await TestConsole.run { console, client in
            let members = "/.portico/settings/members"
            let browser = try await console.person(client)
            let fields = [
                "role_manager": "idp", "seen.role_manager": "installation", "last_admin": "demote",
                "seen.last_admin": "demote",
            ]
            // What changes nothing asks nothing.
            let same = fields.merging(["role_manager": "installation"]) { $1 }
            #expect(try await self.post(browser, members, same).headers[.location] == members + "?saved")
            #expect(try await self.post(browser, members, fields).headers[.location] == members)
            #expect(try await console.configured().workspace.roleManager == nil)
            let asked = try await browser.get(members).text
            #expect(asked.contains(Self.confirmation(members)))
            #expect(asked.contains("<option value=\"idp\" selected>"))
            try await console.confirmEverybody()
            #expect(try await browser.get(members).text.contains("press “Save who manages roles” below once more"))
            #expect(try await self.post(browser, members, fields).headers[.location] == members + "?saved")
            #expect(try await console.configured().workspace.roleManager == .identityProvider)
            #expect(try await !browser.get(members).text.contains("Nothing was changed yet"))
        }
    }

    @Test("what is wrong with a step about a person is said before anybody is asked to confirm who they are")
    func mistakesAboutPeople() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let list = try await browser.get("/.portico/settings/members").text
            let ann = String(try #require(list.firstMatch(of: /href="([^"?]*\/members\/[0-9a-f-]+)"/)).1)
            for (path, fields, status) in [
                (
                    Self.invitations, ["email": "x@other.example", "role": "ADMIN"],
                    HTTPResponse.Status.unprocessableContent
                ),
                (Self.invitations, ["email": "ann@company-a.example", "role": "ADMIN"], .unprocessableContent),
                (ann + "/role", ["role": "LABELER"], .conflict),
                (ann + "/role", ["role": "KING"], .unprocessableContent),
                (ann + "/deactivate", [:], .conflict), (ann + "/remove", [:], .conflict),
            ] {
                #expect(try await self.post(browser, path, fields).status == status, "\(path) \(fields)")
            }
            #expect(try await console.member("Ann", "state") == "ACTIVE")
            // Each refusal stands in the audit log once.
            #expect(try await console.events(.memberInvited).count == 1)
            #expect(try await console.events(.memberRemoved).count == 1)
        }
    }

    @Test("what was done meanwhile stands above what is not done yet")
    func doneMeanwhile() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let path = try await console.addMember("Bob")
            _ = try await self.post(browser, path + "/deactivate")
            #expect(try await browser.get(path).text.contains("<strong>Nothing was changed yet.</strong>"))
            let next = try #require(try await self.post(browser, path + "/sign-out").headers[.location])
            let page = try await browser.get(next).text
            let done = try #require(page.range(of: "There was no session to end."))
            let waits = try #require(page.range(of: "<strong>“Deactivate” is not done yet.</strong>"))
            #expect(done.lowerBound < waits.lowerBound && !page.contains("Nothing was changed yet"))

            _ = try await self.post(browser, Self.invitations, ["email": "cleo@company-a.example", "role": "ADMIN"])
            _ = try await console.addMember("Ida", state: "INVITED")
            let withdrawn = try await self.post(
                browser,
                Self.invitations + "/withdraw",
                ["email": "ida@company-a.example"]
            )
            let invitations = try await browser.get(try #require(withdrawn.headers[.location])).text
            #expect(invitations.contains("Withdrawn.") && invitations.contains("Nobody was invited yet."))
        }
    }

    @Test("what is given up is forgotten", arguments: ["members", "invitations"])
    func givenUp(_ page: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var path = Self.invitations
            if page == "members" {
                path = try await console.addMember("Bob")
                _ = try await self.post(browser, path + "/deactivate")
            } else {
                _ = try await self.post(browser, path, ["email": "bob@company-a.example", "role": "ADMIN"])
            }
            #expect(try await browser.get(path).text.contains("changed yet") == (page == "members"))
            #expect(try await browser.get(path).text.contains(" yet.</strong>"))
            // Looking ahead at a link gives nothing up.
            #expect(try await browser.get(path + "?anew").text.contains(" yet.</strong>"))
            #expect(try await self.giveUp(browser, path).headers[.location] == path)
            #expect(try await !browser.get(path).text.contains(" yet.</strong>"))
        }
    }

    @Test(
        "giving up leads to a page of the settings and nowhere else",
        arguments: [
            "https://evil.example/", "//evil.example", "/.portico/settings", "/.portico/settings/\r\nx", "/", "",
        ]
    )
    func givingUpLeadsNowhereElse(_ page: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let answer = try await self.post(browser, "/.portico/settings/forget", ["page": page])
            #expect(answer.status == .badRequest && answer.headers[.location] == nil)
        }
    }

    @Test("putting somebody out wants one", arguments: ["deactivate", "remove"])
    func puttingOut(_ action: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let path = try await console.addMember("Bob")
            #expect(try await self.post(browser, path + "/" + action).headers[.location] == path)
            #expect(try await console.member("Bob", "state") == "ACTIVE")
            try await console.confirmEverybody()
            console.clock.advance(by: 599)
            let page = try await browser.get(path).text
            #expect(page.contains(action == "remove" ? "press “Remove bob@" : "press “Deactivate” below"))
            #expect(page.contains("<details open>") == (action == "remove"))
            #expect(try await self.post(browser, path + "/" + action).status == .seeOther)
            #expect(try await console.member("Bob", "state") == (action == "remove" ? nil : "DEACTIVATED"))
        }
    }

    @Test("letting an administrator in again wants one, letting anybody else in does not")
    func lettingInAgain() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let bob = try await console.addMember("Bob", state: "DEACTIVATED", origin: "admin")
            let eve = try await console.addMember("Eve", state: "DEACTIVATED", origin: "admin", role: "ADMIN")
            #expect(try await self.post(browser, bob + "/reactivate").headers[.location] == bob + "?done=reactivate")
            #expect(try await self.post(browser, eve + "/reactivate").headers[.location] == eve)
            #expect(try await console.member("Eve", "state") == "DEACTIVATED")
        }
    }

    @Test("inviting an administrator wants one, and what was typed is still there afterwards")
    func invitation() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let fields = ["email": "bob@company-a.example", "role": "ADMIN"]
            let asked = try await self.post(browser, Self.invitations, fields)
            #expect(asked.headers[.location] == Self.invitations)
            #expect(try await browser.get(Self.invitations).text.contains(Self.confirmation(Self.invitations)))
            #expect(try await console.member("Bob", "state") == nil)
            try await console.confirmEverybody()
            let page = try await browser.get(Self.invitations).text
            #expect(page.contains("press “Invite” once more") && page.contains("value=\"bob@company-a.example\""))
            #expect(page.contains("<option value=\"ADMIN\" selected>"))
            #expect(try await self.post(browser, Self.invitations, fields).status == .ok)
            #expect(try await console.member("Bob", "role") == "ADMIN")
            #expect(try await !browser.get(Self.invitations).text.contains("Nobody was invited yet"))
        }
    }

    /// The form of mappings as a browser has it.
    private func mappings(_ browser: TestBrowser, _ groups: [(String, String)]) async throws -> [(String, String)] {
        let page = try await browser.get(Self.mappings).text
        let version = try #require(page.firstMatch(of: /name="version" value="([^"]+)"/)).1
        let lines = groups.flatMap { [("roles.group", $0.0), ("roles.role", $0.1)] }
        return [("csrf", try await browser.csrf()), ("version", String(version)), ("preview_email", "")] + lines
    }

    @Test("a group that gives the administrator's role from now on wants one, and every line is still there afterwards")
    func mappings() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let saved = {
                try await GroupMappingStore(pool: console.database.pool).mappings(console.scope).groups.count
            }
            let lines = [("Leads", "ADMIN"), ("Staff, \"Berlin\"", "LABELER")]
            let asked = try await browser.post(Self.mappings, pairs: self.mappings(browser, lines))
            #expect(asked.headers[.location] == Self.mappings)
            #expect(try await browser.get(Self.mappings).text.contains(Self.confirmation(Self.mappings)))
            #expect(try await saved() == 0)
            try await console.confirmEverybody()
            let page = try await browser.get(Self.mappings).text
            #expect(page.contains("save the mappings once more"))
            #expect(page.contains("value=\"Leads\"") && page.contains("value=\"Staff, &quot;Berlin&quot;\""))
            let done = try await browser.post(Self.mappings, pairs: self.mappings(browser, lines))
            #expect(done.headers[.location] == Self.mappings + "?saved")
            #expect(try await !browser.get(Self.mappings).text.contains("Nothing was saved yet"))
            // What gives it already is nothing new.
            console.clock.advance(by: 600)
            let again = try await browser.post(
                Self.mappings,
                pairs: self.mappings(browser, lines + [("More", "LABELER")])
            )
            #expect(again.headers[.location] == Self.mappings + "?saved")
            #expect(try await saved() == 3)
        }
    }

    @Test("what is wrong with the mappings is said before anybody is asked to confirm who they are")
    func mistakes() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let lines = [("Leads", "ADMIN"), ("Leads", "LABELER")]
            let refused = try await browser.post(Self.mappings, pairs: self.mappings(browser, lines))
            #expect(refused.status == .unprocessableContent && refused.text.contains("roles-1-group-problem"))
        }
    }

    @Test("nobody else sees what somebody had typed, and after a quarter of an hour nobody does")
    func kept() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let other = try await console.person(client, email: "amy@company-a.example")
            let form = try await self.mappings(browser, [("Leads", "ADMIN")])
            _ = try await browser.post(Self.mappings, pairs: form)
            #expect(try await browser.get(Self.mappings).text.contains("value=\"Leads\""))
            #expect(try await !other.get(Self.mappings).text.contains("value=\"Leads\""))
            let kept = try await console.database.inspection.query("SELECT names FROM kept_forms").singleRow()
            #expect(try !kept.value("names", as: [String].self).contains("csrf"))
            console.clock.advance(by: 900)
            #expect(try await !browser.get(Self.mappings).text.contains("value=\"Leads\""))
        }
    }
}
