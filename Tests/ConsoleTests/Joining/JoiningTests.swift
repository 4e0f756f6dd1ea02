import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Who may join, in the settings")
struct JoiningTests {
    private static let path = "/.portico/settings/joining"

    /// Sends the form as the page shows it now, or showed it before, with other choices.
    private func save(
        _ browser: TestBrowser,
        _ changes: [String: String] = [:],
        seenOn seen: TestResponse? = nil
    ) async throws -> TestResponse {
        var page = seen
        if page == nil { page = try await browser.get(Self.path) }
        let shown = try #require(page)
        var form = ["csrf": try #require(TestBrowser.csrf(in: shown))]
        for match in shown.text.matches(of: /name="(seen[^"]+)" value="([^"]*)"/) {
            form[String(match.1)] = String(match.2)
            form[String(match.1).replacing("seen.", with: "")] = String(match.2)
        }
        return try await browser.post(Self.path, form.merging(changes) { $1 })
    }

    /// The choices of a field.
    private func choices(_ field: String, on page: TestResponse) throws -> [String] {
        let list = try #require(page.text.firstMatch(of: try Regex("(?s)name=\"\(field)\".*?</select>"))).0
        return String(list).matches(of: /<option value="([^"]*)"/).map { String($0.1) }
    }

    @Test("M3, D3 registration, what it gives and guests are saved together, and audited once")
    func saves() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let changes = ["self_registration": "false", "default_role": "REVIEWER", "guests": "true"]
            let saved = try await self.save(browser, changes)
            #expect(saved.headers[.location] == Self.path + "?saved")
            let workspace = try await console.configured().workspace
            #expect(!workspace.selfRegistration && workspace.allowGuests)
            #expect(workspace.defaultRole == .role(try #require(Role("REVIEWER"))))
            let event = try #require(try await console.events(.workspaceChanged).first)
            #expect(event.actor.email?.value == "ann@company-a.example")
            #expect(event.detail["self_registration"] == "false" && event.detail["old_self_registration"] == "true")
            #expect(event.detail["default_role"] == "REVIEWER" && event.detail["guests"] == "true")
            let page = try await browser.get(Self.path + "?saved").text
            #expect(page.contains("What you see is saved."))
            #expect(page.contains("Is refused, and told that they need an invitation."))
            #expect(page.contains("Come in as above where that address was invited."))
            // What is there already is no change.
            #expect(try await self.save(browser).status == .seeOther)
            #expect(try await console.events(.workspaceChanged).count == 1)
        }
    }

    @Test func showsTheSecondOfTwoWhatDiffers() async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            let bob = try await console.person(client, email: "bob@company-a.example")
            let seen = try await ann.get(Self.path)
            #expect(try await self.save(bob, ["default_role": "REVIEWER"]).status == .seeOther)
            let conflict = try await self.save(ann, ["guests": "true"], seenOn: seen)
            #expect(conflict.status == .unprocessableContent)
            #expect(conflict.text.contains("Somebody else saved this"))
            let row = "<th scope=\"row\">What they get</th><td>LABELER</td><td>REVIEWER</td><td>LABELER</td>"
            #expect(conflict.text.filter { $0 != "\n" }.contains(row))
            #expect(conflict.text.contains("Save my version"))
            #expect(try await !console.configured().workspace.allowGuests)
            // Whoever has seen it and saves again means it.
            let again = ["default_role": "LABELER", "guests": "true"]
            #expect(try await self.save(ann, again, seenOn: conflict).status == .seeOther)
            let workspace = try await console.configured().workspace
            #expect(workspace.allowGuests && workspace.defaultRole.description == "LABELER")
        }
    }

    @Test("M3 the administrator's role is never given by itself", arguments: ["ADMIN", "EMPEROR", ""])
    func refuses(_ role: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            #expect(try await self.choices("default_role", on: browser.get(Self.path)).last == "NOT_ACTIVATED")
            let refused = try await self.save(browser, ["default_role": role, "guests": "true"])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("id=\"default-role-problem\"") && refused.text.contains("Give one of"))
            // What cannot be chosen is no choice of the form either, and the browser takes what is saved.
            #expect(refused.text.contains("<option value=\"LABELER\" selected>LABELER"))
            // What was chosen beside is still there.
            #expect(refused.text.contains("<option value=\"true\" selected>Come in where"))
            #expect(try await !console.configured().workspace.allowGuests)
            #expect(try await console.events(.workspaceChanged).isEmpty)
        }
    }

    @Test("A1 where the identity provider alone manages roles, no other role is chosen")
    func managedElsewhere() async throws {
        try await TestConsole.run(management: MembershipManagement(roles: .identityProvider)) { console, client in
            let browser = try await console.person(client)
            let page = try await browser.get(Self.path)
            #expect(try self.choices("default_role", on: page) == ["LABELER", "NOT_ACTIVATED"])
            #expect(page.text.contains("Your identity provider alone manages roles here"))
            #expect(page.text.contains("Is refused where groups give roles on the page “Mappings”"))
            #expect(page.text.contains("once the identity provider gives them a role."))
            let refused = try await self.save(browser, ["default_role": "SUPERVISOR"])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("Roles are managed by the identity provider"))
            #expect(try await self.save(browser, ["guests": "true"]).status == .seeOther)
            #expect(try await self.save(browser, ["default_role": "NOT_ACTIVATED"]).status == .seeOther)
            #expect(try await console.configured().workspace.defaultRole == .notActivated)
            // The workspace's own word goes before the installation's.
            try await console.change("UPDATE workspaces SET role_manager = 'administrators'")
            #expect(try await self.save(browser, ["default_role": "SUPERVISOR"]).status == .seeOther)
        }
    }

    @Test("M6 says where the installation lets nobody register without an invitation")
    func closedByTheInstallation() async throws {
        try await TestConsole.run(signUpPolicy: .invitationOnly) { console, client in
            let page = try await console.person(client).get(Self.path).text
            #expect(page.contains("Is refused: the people who run this service let nobody register"))
            #expect(page.contains("whatever is chosen here."))
        }
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            #expect(try await !browser.get(Self.path).text.contains("The people who run this service"))
            #expect(try await browser.get(Self.path).text.contains("Is registered and comes in as LABELER."))
            try await console.change("UPDATE workspaces SET default_role = 'NOT_ACTIVATED'")
            #expect(try await browser.get(Self.path).text.contains("Is registered and waits"))
            try await console.change("UPDATE workspaces SET roles_mode = 'required'")
            let latched = try await browser.get(Self.path).text
            #expect(latched.matches(of: /and it names none for them/).count == 2)
        }
    }

    @Test("D3 guests are not refused while the owner or whoever asks is one")
    func locksNobodyOut() async throws {
        try await TestConsole.run { console, client in
            let guest = try await console.person(client, email: "gus@elsewhere.example", isOwner: true)
            let bob = try await console.person(client, email: "bob@company-a.example")
            try await console.change("UPDATE memberships SET invited_at = created_at")
            try await console.change("UPDATE workspaces SET allow_guests = true")
            let owned = try await self.save(bob, ["guests": "false", "default_role": "REVIEWER"])
            #expect(owned.status == .unprocessableContent && owned.text.contains("id=\"guests-problem\""))
            #expect(owned.text.contains("gus@elsewhere.example owns the workspace"))
            #expect(owned.text.contains("<option value=\"REVIEWER\" selected>"))
            #expect(try await console.events(.workspaceChanged).isEmpty)
            try await console.change("UPDATE memberships SET is_owner = false")
            let own = try await self.save(guest, ["guests": "false"])
            #expect(own.status == .unprocessableContent)
            #expect(own.text.contains("gus@elsewhere.example is your own address"))
            #expect(try await console.configured().workspace.allowGuests)
            #expect(try await self.save(bob, ["guests": "false"]).status == .seeOther)
            #expect(try await !console.configured().workspace.allowGuests)
        }
    }

    @Test func keepsARoleThatThereIsNoMoreUntilAnotherIsChosen() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.change("UPDATE workspaces SET default_role = 'JANITOR'")
            let page = try await browser.get(Self.path)
            #expect(page.text.contains("JANITOR, which there is no more: they wait for a role"))
            #expect(try await self.save(browser, ["guests": "true"]).status == .seeOther)
            #expect(try await console.configured().workspace.defaultRole.description == "JANITOR")
        }
    }

    @Test func isThereForAdministratorsAlone() async throws {
        try await TestConsole.run { console, client in
            let visitor = try await console.visitor(client)
            let form = ["self_registration": "false", "default_role": "LABELER", "guests": "true"]
            let seen = Dictionary(uniqueKeysWithValues: form.map { ("seen." + $0.key, $0.value) })
            let sent = form.merging(seen) { $1 }.merging(["csrf": try await visitor.csrf()]) { $1 }
            #expect(try await visitor.get(Self.path).status == .notFound)
            #expect(try await visitor.post(Self.path, sent).status == .notFound)
            #expect(try await !visitor.get(TestConsole.settings).text.contains(Self.path))
            let labeler = try await console.person(client, email: "bob@company-a.example", role: "LABELER")
            #expect(try await labeler.get(Self.path).status == .notFound)
            let ann = try await console.person(client)
            #expect(try await ann.get(TestConsole.settings).text.contains(Self.path))
            #expect(try await ann.post(Self.path, form.merging(seen) { $1 }).status == .forbidden)
            #expect(try await ann.post(Self.path, ["csrf": try await ann.csrf(Self.path)]).status == .badRequest)
            #expect(try await !console.configured().workspace.allowGuests)
        }
    }
}
