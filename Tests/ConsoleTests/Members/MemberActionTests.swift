import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("What is done to a member")
struct MemberActionTests {
    private func post(
        _ browser: TestBrowser,
        _ path: String,
        _ action: String,
        role: String? = nil
    ) async throws -> TestResponse {
        var form = ["csrf": try await browser.csrf()]
        form["role"] = role
        return try await browser.post(path + "/" + action, form)
    }

    @Test func changesARoleAndAudits() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let path = try await console.addMember("Bob")
            #expect(try await browser.get(path).text.contains("It lasts until a sign-in"))
            let done = try await self.post(browser, path, "role", role: "REVIEWER")
            #expect(done.headers[.location] == path + "?done=role")
            #expect(try await console.member("Bob", "role") == "REVIEWER")
            #expect(try await console.member("Bob", "role_source") == "manual")
            let event = try #require(try await console.events(.roleChanged).first)
            #expect(event.actor.email?.value == "ann@company-a.example")
            #expect(event.detail == ["old_role": "LABELER", "role": "REVIEWER"])
            #expect(try await browser.get(path + "?done=role").text.contains("The role is REVIEWER now"))
        }
    }

    @Test func endsTheSessionsOfWhoIsDeactivatedAndLetsThemInAgain() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let other = try await console.person(client, email: "bob@company-a.example")
            try await console.confirmEverybody()
            let list = try await browser.get("/.portico/settings/members?q=bob").text
            let path = String(try #require(list.firstMatch(of: /href="([^"?]*\/members\/[0-9a-f-]+)"/)).1)
            #expect(try await self.post(browser, path, "deactivate").status == .seeOther)
            #expect(try await other.get(TestConsole.settings).status == .seeOther)
            #expect(try await console.member("Bob", "deactivation_origin") == "admin")
            let page = try await browser.get(path).text
            #expect(page.contains("Reactivate") && page.contains("by an administrator"))
            #expect(try await self.post(browser, path, "reactivate").status == .seeOther)
            #expect(try await console.member("Bob", "state") == "ACTIVE")
            #expect(try await self.post(browser, path, "remove").headers[.location]?.hasSuffix("?removed") == true)
            #expect(try await console.member("Bob", "state") == nil)
            #expect(try await self.post(browser, path, "remove").status == .notFound)
            #expect(try await console.events(.memberRemoved).count == 1)
        }
    }

    @Test("who saves a role over another one that somebody else gave meanwhile sees what differs first")
    func roleOfTwoAdministrators() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let path = try await console.addMember("Bob")
            #expect(try await browser.get(path).text.contains("name=\"seen.role\" value=\"LABELER\""))
            let csrf = try await browser.csrf()
            let save = { (role: String, seen: String) in
                try await browser.post(path + "/role", ["csrf": csrf, "role": role, "seen.role": seen])
            }
            #expect(try await save("SUPERVISOR", "LABELER").status == .seeOther)
            let conflict = try await save("REVIEWER", "LABELER")
            #expect(conflict.status == .unprocessableContent)
            #expect(conflict.text.contains("Somebody else saved this"))
            let row = "<th scope=\"row\">Role</th><td>LABELER</td><td>SUPERVISOR</td><td>REVIEWER</td>"
            #expect(conflict.text.filter { $0 != "\n" }.contains(row))
            #expect(conflict.text.contains("<option value=\"REVIEWER\" selected>"))
            #expect(conflict.text.contains("name=\"seen.role\" value=\"SUPERVISOR\""))
            #expect(try await console.member("Bob", "role") == "SUPERVISOR")
            // Two who want the same are no conflict, and whoever has seen it means it.
            #expect(try await save("SUPERVISOR", "LABELER").status == .seeOther)
            #expect(try await save("REVIEWER", "SUPERVISOR").status == .seeOther)
            #expect(try await console.member("Bob", "role") == "REVIEWER")
        }
    }

    @Test(
        "an old page of somebody who was removed meanwhile says so",
        arguments: ["role", "deactivate", "sign-out", ""]
    )
    func removedMeanwhile(_ action: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let path = try await console.addMember("Bob")
            try await console.change("DELETE FROM memberships WHERE display_name = 'Bob'")
            let answer =
                action.isEmpty
                ? try await browser.get(path) : try await self.post(browser, path, action, role: "REVIEWER")
            #expect(answer.status == .notFound)
            #expect(answer.text.contains("This person is no member.") && answer.text.contains("ann@company-a.example"))
        }
    }

    @Test(
        "who takes the administrator's role from themselves is told that it is done",
        arguments: [
            ("role", "Your role is LABELER now"), ("deactivate", "You are locked out of"),
            ("remove", "You are no member of"),
        ]
    )
    func oneself(_ action: String, _ words: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            _ = try await console.addMember("Bob", role: "ADMIN")
            try await console.confirmEverybody()
            let list = try await browser.get("/.portico/settings/members?q=ann").text
            let path = String(try #require(list.firstMatch(of: /href="([^"?]*\/members\/[0-9a-f-]+)"/)).1)
            let done = try await self.post(browser, path, action, role: action == "role" ? "LABELER" : nil)
            #expect(done.status == .ok)
            #expect(done.text.contains(words))
            #expect(try await browser.get(path).status == (action == "role" ? .notFound : .seeOther))
        }
    }

    @Test(
        "the page confirms nothing to whoever follows a link that is not so",
        arguments: [("ACTIVE", "deactivate"), ("DEACTIVATED", "reactivate"), ("ACTIVE", "remove"), ("ACTIVE", "evil")]
    )
    func confirmsNothingThatIsNotSo(_ state: String, _ done: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let path = try await console.addMember("Bob", state: state, origin: state == "ACTIVE" ? nil : "admin")
            #expect(!(try await browser.get(path + "?done=" + done).text.contains("notice good")))
        }
    }

    @Test(arguments: ["role", "deactivate", "remove"])
    func keepsTheLastAdministratorInWords(_ action: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.confirmEverybody()
            let list = try await browser.get("/.portico/settings/members").text
            let path = String(try #require(list.firstMatch(of: /href="([^"?]*\/members\/[0-9a-f-]+)"/)).1)
            let refused = try await self.post(browser, path, action, role: "LABELER")
            #expect(refused.status == .conflict)
            #expect(refused.text.contains("<code>last_admin</code>"))
            #expect(refused.text.contains("make somebody else an administrator first"))
            #expect(try await console.member("Ann", "role") == "ADMIN")
            #expect(try await console.member("Ann", "state") == "ACTIVE")
            let attempted: [String: AuditAction] = [
                "role": .roleChanged, "deactivate": .memberDeactivated, "remove": .memberRemoved,
            ]
            let events = try await console.events(try #require(attempted[action]))
            #expect(events.map(\.outcome) == [.refused(.lastAdmin)])
            #expect(events.first?.email == "ann@company-a.example")
            #expect(events.first?.actor.email?.value == "ann@company-a.example")
            #expect(events.first?.detail == (action == "role" ? ["wanted_role": "LABELER"] : [:]))
        }
    }

    @Test func leavesTheOwnerAlone() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.confirmEverybody()
            let path = try await console.addMember("Olga", role: "ADMIN")
            try await console.change("UPDATE memberships SET is_owner = true WHERE display_name = 'Olga'")
            let page = try await browser.get(path).text
            #expect(page.contains("The owner of the workspace") && !page.contains(path + "/"))
            let refused = try await self.post(browser, path, "remove")
            #expect(refused.status == .conflict && refused.text.contains("transfer the ownership first"))
            let events = try await console.events(.memberRemoved)
            #expect(events.map(\.outcome) == [.refused(.lastAdmin)] && events.first?.detail == ["reason": "owner"])
        }
    }

    @Test func refusesARoleByHandWhereTheIdentityProviderManagesThem() async throws {
        try await TestConsole.run(management: MembershipManagement(roles: .identityProvider)) { console, client in
            let browser = try await console.person(client)
            try await console.confirmEverybody()
            let path = try await console.addMember("Bob")
            let refused = try await self.post(browser, path, "role", role: "REVIEWER")
            #expect(refused.status == .forbidden)
            #expect(refused.text.contains("<code>managed_by_idp</code>"))
            #expect(try await console.member("Bob", "role") == "LABELER")
            let locked = try await console.addMember("Eve", state: "DEACTIVATED", origin: "idp_sync")
            #expect(try await !browser.get(locked).text.contains(locked + "/reactivate"))
            #expect(try await self.post(browser, locked, "reactivate").status == .forbidden)
            #expect(try await console.events(.roleChanged).map(\.outcome) == [.refused(.managedByIdP)])
            #expect(try await console.events(.memberActivated).map(\.outcome) == [.refused(.managedByIdP)])
            #expect(try await self.post(browser, path, "deactivate").status == .seeOther)
        }
    }

    @Test func wantsAFreeSeatInTheSameTransaction() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let path = try await console.addMember("Bob", state: "DEACTIVATED", origin: "admin")
            try await console.change("UPDATE workspaces SET seats = 1")
            let refused = try await self.post(browser, path, "reactivate")
            #expect(refused.status == .forbidden)
            #expect(refused.text.contains("<code>seat_limit</code>"))
            #expect(try await console.member("Bob", "state") == "DEACTIVATED")
            #expect(try await console.events(.memberActivated).map(\.outcome) == [.refused(.seatLimit)])
        }
    }

    @Test(arguments: ["", "OWNER", "admin"])
    func saysAtTheFieldWhichRolesThereAre(_ role: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let path = try await console.addMember("Bob")
            let refused = try await self.post(browser, path, "role", role: role)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("id=\"role-problem\""))
            #expect(refused.text.contains("the roles are ADMIN, SUPERVISOR, REVIEWER, LABELER"))
            // A slip, which no rule refused.
            #expect(try await console.events(.roleChanged).isEmpty)
        }
    }

    @Test(arguments: ["not-an-id", "00000000-0000-0000-0000-000000000000"])
    func isNotThereForNobody(_ user: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            #expect(try await browser.get("/.portico/settings/members/" + user).status == .notFound)
        }
    }
}
