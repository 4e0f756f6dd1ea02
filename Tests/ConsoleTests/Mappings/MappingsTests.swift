import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The page of mappings")
struct MappingsTests {
    private static let path = "/.portico/settings/mappings"

    private func saved(_ console: TestConsole) async throws -> GroupMappings {
        try await GroupMappingStore(pool: console.database.pool).mappings(console.scope)
    }

    /// The form that a browser has before it, with these lines; the list of pairs keeps what comes twice.
    private func form(
        _ browser: TestBrowser,
        _ lines: [(String, String)],
        email: String = ""
    ) async throws -> [(String, String)] {
        let page = try await browser.get(Self.path).text
        let csrf = try #require(page.firstMatch(of: /name="csrf" value="([^"]+)"/)).1
        let version = try #require(page.firstMatch(of: /name="version" value="([^"]+)"/)).1
        return [("csrf", String(csrf)), ("version", String(version)), ("preview_email", email)] + lines
    }

    private static let sample = [
        ("roles.group", "Leads"), ("roles.role", "SUPERVISOR"), ("roles.group", ""), ("roles.role", "LABELER"),
        ("spaces.group", "Leads"), ("spaces.space", "north"), ("spaces.title", "The north"),
        ("spaces.group", "Staff"), ("spaces.space", "north"), ("spaces.title", ""),
        ("projects.group", "Staff"), ("projects.project", "p-1"), ("projects.title", ""), ("projects.role", "Inherit"),
    ]

    @Test func savesManyToManyAndAudits() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let answer = try await browser.post(Self.path, pairs: self.form(browser, Self.sample))
            #expect(answer.headers[.location] == Self.path + "?saved")
            let leads = try #require(GroupName("Leads"))
            let staff = try #require(GroupName("Staff"))
            let mappings = try await self.saved(console)
            #expect(mappings.roles.map { "\($0.key) \($0.value)" } == ["Leads SUPERVISOR"])
            #expect(mappings.spaces[leads] == mappings.spaces[staff])
            #expect(mappings.spaceTitles.values.map { $0 } == ["The north"])
            #expect(mappings.projects[staff]?.values.map { $0 } == [.inherit])
            #expect(try await console.events(.mappingsChanged).map(\.actor.kind) == ["member"])
            let page = try await browser.get(Self.path + "?saved").text
            #expect(page.contains("value=\"Leads\"") && page.contains("value=\"The north\""))
            let removal = [("roles.group", "Leads"), ("roles.role", "SUPERVISOR"), ("roles.remove", "0")]
            _ = try await browser.post(Self.path, pairs: self.form(browser, removal))
            #expect(try await self.saved(console).groups.isEmpty)
        }
    }

    @Test(arguments: [
        (
            [("roles.group", "A"), ("roles.role", "LABELER"), ("roles.group", "A"), ("roles.role", "ADMIN")],
            "roles-1-group"
        ),
        ([("roles.group", "A"), ("roles.role", "MANAGER")], "roles-0-role"),
        ([("spaces.group", ""), ("spaces.space", "s"), ("spaces.title", "")], "spaces-0-group"),
        ([("spaces.group", "A"), ("spaces.space", "a b"), ("spaces.title", "")], "spaces-0-space"),
        (
            [
                ("projects.group", "A"), ("projects.project", "p"), ("projects.title", ""),
                ("projects.role", "Inherit"),
                ("projects.group", "A"), ("projects.project", "p"), ("projects.title", ""),
                ("projects.role", "LABELER"),
            ], "projects-1-group"
        ),
    ])
    func saysAtTheFieldWhatIsWrongAndKeepsWhatWasTyped(_ lines: [(String, String)], _ id: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let refused = try await browser.post(Self.path, pairs: self.form(browser, lines))
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("id=\"\(id)-problem\""))
            #expect(refused.text.contains("href=\"#\(id)\""))
            #expect(try await self.saved(console).groups.isEmpty)
        }
    }

    @Test func saysOfARoleThatIsGoneThatItGivesNothing() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.change(
                """
                INSERT INTO role_mappings (workspace_id, group_name, role)
                VALUES (\(console.scope.workspaceID.uuid), 'Old', 'MANAGER')
                """
            )
            let page = try await browser.get(Self.path).text
            #expect(page.contains("The installation has no role MANAGER any more"))
        }
    }

    @Test func letsTheSecondOfTwoAdministratorsChoose() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let other = try await console.person(client, email: "amy@company-a.example")
            let theirs = try await self.form(other, [("roles.group", "Theirs"), ("roles.role", "LABELER")])
            let mine = try await self.form(browser, [("roles.group", "Mine"), ("roles.role", "REVIEWER")])
            _ = try await other.post(Self.path, pairs: theirs)
            let conflict = try await browser.post(Self.path, pairs: mine)
            #expect(conflict.status == .unprocessableContent)
            #expect(conflict.text.contains("Somebody else saved the mappings"))
            #expect(conflict.text.contains("Theirs=LABELER") && conflict.text.contains("Mine=REVIEWER"))
            #expect(try await self.saved(console).groups.map(\.value) == ["Theirs"])
            let version = try #require(conflict.text.firstMatch(of: /name="version" value="([^"]+)"/)).1
            let again = mine.map { $0.0 == "version" ? ($0.0, String(version)) : $0 }
            #expect(try await browser.post(Self.path, pairs: again).status == .seeOther)
            #expect(try await self.saved(console).groups.map(\.value) == ["Mine"])
        }
    }

    @Test func showsWhatAPastSignInWouldGiveAndWritesNothing() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            _ = try await console.addMember("Bob")
            let path = Self.path + "/preview"
            let unseen = try await self.form(browser, Self.sample, email: "bob@company-a.example")
            let refused = try await browser.post(path, pairs: unseen)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("id=\"preview-email-problem\"") && refused.text.contains("value=\"Leads\""))
            try await console.change(
                """
                INSERT INTO member_seen_groups (workspace_id, user_id, seen_at, group_names)
                SELECT workspace_id, user_id, \(console.clock.now), ARRAY['Leads', 'Choir'] FROM memberships
                WHERE display_name = 'Bob'
                """
            )
            let shown = try await browser.post(path, pairs: unseen)
            #expect(shown.status == .ok)
            for words in [
                "<dt>Groups with a mapping</dt><dd>Leads</dd>", "<dt>Groups without one</dt><dd>Choir</dd>",
                "<dt>Sign-in</dt><dd>The person comes in</dd>", "<dd>LABELER → SUPERVISOR, from a group</dd>",
                "<dt>Spaces</dt><dd>none → north</dd>", "<dt>Projects</dt><dd>none, as now</dd>",
            ] {
                #expect(shown.text.contains(words), "\(words)")
            }
            #expect(try await self.saved(console).groups.isEmpty)
            #expect(try await console.member("Bob", "role") == "LABELER")
        }
    }

    @Test("R7, R5 the preview is the decision of a sign-in: the owner stays, and the roles of that sign-in count")
    func previewsAsASignInDecides() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client, isOwner: true)
            let see = { (roles: String?, isOfThatSignIn: Bool) in
                try await console.change("DELETE FROM member_seen_groups")
                let time = console.clock.now
                try await console.change(
                    """
                    INSERT INTO member_seen_groups (workspace_id, user_id, seen_at, group_names, roles, roles_seen_at)
                    SELECT workspace_id, user_id, \(time), ARRAY['Leads'], string_to_array(\(roles), ','),
                        \(isOfThatSignIn ? time : time.addingTimeInterval(-60)) FROM memberships
                    """
                )
            }
            let shown = { (name: String) in
                let form = try await self.form(browser, Self.sample, email: name + "@company-a.example")
                return try await browser.post(Self.path + "/preview", pairs: form).text
            }
            _ = try await console.addMember("Bob")
            try await see("", true)
            #expect(try await shown("ann").contains("<dd>ADMIN, as now: the owner’s role"))
            #expect(try await shown("bob").contains("<dd>LABELER → SUPERVISOR, from a group</dd>"))
            try await see("REVIEWER", true)
            #expect(try await shown("bob").contains("<dd>LABELER → REVIEWER, from the roles attribute</dd>"))
            // An older release has written another sign-in since.
            try await see("REVIEWER", false)
            #expect(try await shown("bob").contains("not known of that sign-in"))
            #expect(try await shown("bob").contains("<dd>LABELER → SUPERVISOR, from a group</dd>"))
            try await see("", true)
            try await console.change("UPDATE workspaces SET roles_first_seen_at = \(console.clock.now)")
            let refused = try await shown("bob")
            #expect(refused.contains("roles_missing") && refused.contains("<dd>LABELER, as now</dd>"))
        }
    }

    @Test("G3 says where the roles attribute gives the roles, so that no group does")
    func saysThatGroupsGiveNoRole() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let words = "No group gives a role of the workspace at present."
            #expect(try await !browser.get(Self.path).text.contains(words))
            try await console.change("UPDATE workspaces SET roles_first_seen_at = \(console.clock.now)")
            let page = try await browser.get(Self.path).text
            #expect(page.contains(words) && page.contains("name=\"roles.group\""))
            try await console.change("UPDATE workspaces SET roles_mode = 'off'")
            #expect(try await !browser.get(Self.path).text.contains(words))
        }
    }

    @Test("G4 mappings make no more spaces than there may be")
    func limitOfSpaces() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.change(
                """
                INSERT INTO spaces (workspace_id, space_id)
                SELECT \(console.scope.workspaceID.uuid), 's' || n FROM generate_series(1, 1999) n
                """
            )
            let lines = { (spaces: [String]) in
                spaces.flatMap { [("spaces.group", "Leads"), ("spaces.space", $0), ("spaces.title", "")] }
            }
            let refused = try await browser.post(Self.path, pairs: self.form(browser, lines(["s1", "new1", "new2"])))
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("id=\"spaces-2-space-problem\""))
            #expect(refused.text.contains("more than 2000 spaces"))
            #expect(try await self.saved(console).groups.isEmpty)
            let saved = try await browser.post(Self.path, pairs: self.form(browser, lines(["s1", "new1"])))
            #expect(saved.status == .seeOther)
        }
    }

    @Test func opensToAVisitorWhoSetsUpTheSignInWithoutShowingPeople() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.visitor(client)
            let page = try await browser.get(Self.path)
            #expect(page.status == .ok && !page.text.contains("preview_email"))
            let form = try await self.form(browser, Self.sample, email: "bob@company-a.example")
            #expect(try await browser.post(Self.path + "/preview", pairs: form).status == .notFound)
            #expect(try await browser.post(Self.path, pairs: form).status == .seeOther)
        }
    }
}
