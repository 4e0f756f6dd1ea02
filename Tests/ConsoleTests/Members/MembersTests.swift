import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The list of members")
struct MembersTests {
    private static let path = "/.portico/settings/members"

    /// The addresses on a page, without their domain.
    private func names(_ browser: TestBrowser, _ query: String = "") async throws -> [String] {
        let page = try await browser.get(Self.path + query).text
        return page.matches(of: /<p class="soft">([a-z0-9.]+)@company-a\.example<\/p>/).map { String($0.1) }
    }

    @Test func findsPeopleByNameAddressStateAndRole() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            _ = try await console.addMember("Bob")
            _ = try await console.addMember("Cleo", state: "INVITED", role: "REVIEWER")
            _ = try await console.addMember("Dora", state: "NOT_ACTIVATED", role: nil)
            _ = try await console.addMember("Eve", state: "DEACTIVATED", origin: "idp_sync")
            #expect(try await self.names(browser) == ["ann", "bob", "cleo", "dora", "eve"])
            for (query, names) in [
                ("?q=%20BO", ["bob"]), ("?q=company-a", ["ann", "bob", "cleo", "dora", "eve"]), ("?q=%25", []),
                ("?state=DEACTIVATED", ["eve"]), ("?state=ACTIVE&role=LABELER", ["bob"]), ("?role=REVIEWER", ["cleo"]),
                ("?state=NOWHERE", ["ann", "bob", "cleo", "dora", "eve"]),
            ] {
                #expect(try await self.names(browser, query) == names, "\(query)")
            }
            let page = try await browser.get(Self.path).text
            #expect(page.contains("<span class=\"badge\">You</span>"))
            #expect(page.contains("Waiting for a role") && page.contains("No role"))
        }
    }

    @Test func goesOnBehindThePersonWhoCameLast() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            for number in 100..<160 { _ = try await console.addMember("P\(number)") }
            let page = try await browser.get(Self.path + "?q=p1")
            let next = try #require(page.text.firstMatch(of: /href="[^"]*(\?q=p1&amp;after=[^"]+)">More people/)).1
            let query = String(next).replacing("&amp;", with: "&")
            #expect(try await self.names(browser, "?q=p1").count == 50)
            #expect(try await self.names(browser, query) == (150..<160).map { "p\($0)" })
            let second = try await browser.get(Self.path + query).text
            #expect(second.contains("To the beginning") && !second.contains("More people"))
        }
    }

    @Test func showsNobodyOfAnotherWorkspace() async throws {
        try await TestConsole.run { console, client in
            let other = try await TestConsole.addWorkspace("company-b", console.database, now: console.clock.now)
            let path = try await console.addMember("Bob")
            try await console.change(
                "UPDATE memberships SET workspace_id = \(other.workspaceID.uuid) WHERE display_name = 'Bob'"
            )
            let browser = try await console.person(client)
            #expect(try await self.names(browser) == ["ann"])
            #expect(try await browser.get(path).status == .notFound)
            let csrf = try await browser.csrf(Self.path)
            for action in ["role", "deactivate", "reactivate", "remove"] {
                let answer = try await browser.post(path + "/" + action, ["csrf": csrf, "role": "ADMIN"])
                #expect(answer.status == .notFound)
            }
            #expect(try await console.member("Bob", "state") == "ACTIVE")
        }
    }

    @Test func isNotThereForAVisitorOfASetupLink() async throws {
        try await TestConsole.run { console, client in
            let path = try await console.addMember("Bob")
            let browser = try await console.visitor(client)
            let csrf = try await browser.csrf()
            for path in [Self.path, path] {
                #expect(try await browser.get(path).status == .notFound)
            }
            #expect(try await browser.post(path + "/remove", ["csrf": csrf]).status == .notFound)
            let form = ["csrf": csrf].merging(Self.rules("idp", seen: "installation")) { $1 }
            let saved = try await browser.post(Self.path, form)
            #expect(saved.status == .notFound)
            #expect(try await !browser.get(TestConsole.settings).text.contains(Self.path))
        }
    }

    /// The fields of the form below the list.
    private static func rules(
        _ manager: String,
        seen: String,
        lastAdmin: String = "demote",
        seenLastAdmin: String = "demote"
    ) -> [String: String] {
        [
            "role_manager": manager, "seen.role_manager": seen, "last_admin": lastAdmin,
            "seen.last_admin": seenLastAdmin,
        ]
    }

    @Test("A4 protect_last_admin is chosen here, and who saves second sees what somebody else chose")
    func protectsTheLastAdministrator() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.confirmEverybody()
            let csrf = try await browser.csrf(Self.path)
            let send = { (policy: String, seen: String) in
                try await browser.post(
                    Self.path,
                    Self.rules("installation", seen: "installation", lastAdmin: policy, seenLastAdmin: seen)
                        .merging(["csrf": csrf]) { $1 }
                )
            }
            #expect(try await browser.get(Self.path).text.contains("<option value=\"demote\" selected>"))
            #expect(try await send("keep", "demote").headers[.location] == Self.path + "?saved")
            #expect(try await console.configured().workspace.lastAdminPolicy == .keep)
            #expect(try await console.events(.workspaceChanged).last?.detail["protect_last_admin"] == "true")
            #expect(try await browser.get(Self.path).text.contains("<option value=\"keep\" selected>"))
            // What is so already needs no choice; the demotion was not what this person looked at.
            #expect(try await send("keep", "demote").status == .seeOther)
            let conflict = try await browser.post(
                Self.path,
                Self.rules("idp", seen: "installation").merging(["csrf": csrf]) { $1 }
            )
            #expect(conflict.status == .unprocessableContent)
            #expect(conflict.text.contains("name=\"seen.last_admin\" value=\"keep\""))
            #expect(try await console.configured().workspace.lastAdminPolicy == .keep)
            #expect(try await send("perhaps", "keep").status == .badRequest)
        }
    }

    @Test func handsTheRolesToTheIdentityProvider() async throws {
        try await TestConsole.run { console, client in
            let path = try await console.addMember("Bob")
            let browser = try await console.person(client)
            try await console.confirmEverybody()
            let form = Self.rules("idp", seen: "installation")
                .merging(["csrf": try await browser.csrf(Self.path)]) { $1 }
            #expect(try await browser.post(Self.path, form).headers[.location] == Self.path + "?saved")
            #expect(try await console.configured().workspace.roleManager == .identityProvider)
            #expect(try await console.events(.workspaceChanged).map(\.actor.kind) == ["member"])
            let page = try await browser.get(path).text
            #expect(page.contains("Managed by the identity provider."))
            #expect(!page.contains(path + "/role"))
        }
    }

    @Test func showsTheSecondOfTwoWhoSaveWhoManagesRolesWhatDiffers() async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            let bob = try await console.person(client, email: "bob@company-a.example")
            try await console.confirmEverybody()
            let form = { (browser: TestBrowser, choice: String, seen: String) in
                Self.rules(choice, seen: seen).merging(["csrf": try await browser.csrf(Self.path)]) { $1 }
            }
            #expect(try await ann.get(Self.path).text.contains("name=\"seen.role_manager\" value=\"installation\""))
            #expect(try await bob.post(Self.path, try await form(bob, "idp", "installation")).status == .seeOther)
            let typed = try await form(ann, "administrators", "installation")
            let conflict = try await ann.post(Self.path, typed)
            #expect(conflict.status == .unprocessableContent)
            #expect(conflict.text.contains("Somebody else saved this"))
            let row = "<td>As the installation has it: administrators too</td><td>The identity provider alone</td>"
            #expect(conflict.text.filter { $0 != "\n" }.contains(row))
            #expect(conflict.text.contains("value=\"administrators\" selected"))
            #expect(try await console.configured().workspace.roleManager == .identityProvider)
            // The form that shows it may replace it.
            #expect(conflict.text.contains("name=\"seen.role_manager\" value=\"idp\""))
            #expect(try await ann.post(Self.path, try await form(ann, "administrators", "idp")).status == .seeOther)
            #expect(try await console.configured().workspace.roleManager == .administrators)
        }
    }
}
