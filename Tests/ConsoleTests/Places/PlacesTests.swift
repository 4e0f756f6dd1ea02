import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The pages of spaces and projects")
struct PlacesTests {
    private static let path = "/.portico/settings/spaces"

    private func post(_ browser: TestBrowser, _ path: String, _ fields: [String: String]) async throws -> TestResponse {
        try await browser.post(path, fields.merging(["csrf": try await browser.csrf(Self.path)]) { $1 })
    }

    private func add(
        _ browser: TestBrowser,
        _ kind: String,
        _ id: String,
        title: String = ""
    ) async throws -> TestResponse {
        try await self.post(browser, Self.path, ["kind": kind, "id": id, "title": title])
    }

    private func places(_ console: TestConsole) async throws -> [Place: PlacesChange.Current] {
        try await PlaceStore(pool: console.database.pool).all(console.scope)
    }

    @Test("G6 makes, names, lists and removes them, whatever signs an identifier has")
    func makes() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let added = try await self.add(browser, "project", "a/b?c&d=e", title: "<X-rays>")
            let path = try #require(added.headers[.location])
            #expect(path == Self.path + "/project?id=a%2Fb%3Fc%26d%3De&done=created")
            #expect(try await browser.get(path).text.contains("<h1>&lt;X-rays&gt;</h1>"))
            #expect(try await self.add(browser, "space", "north").status == .seeOther)
            let list = try await browser.get(Self.path).text
            #expect(list.contains("&lt;X-rays&gt;</a>") && list.contains("north</a>"))
            #expect(list.contains("0 members, opened by 0 groups"))
            let titled = ["id": "north", "title": "The north", "shown": ""]
            #expect(try await self.post(browser, Self.path + "/space/title", titled).status == .seeOther)
            #expect(try await self.places(console).values.compactMap(\.title).sorted() == ["<X-rays>", "The north"])
            #expect(try await console.events(.spaceChanged).map(\.actor.kind) == ["member", "member"])
            let removed = try await self.post(browser, Self.path + "/space/remove", ["id": "north"])
            #expect(removed.headers[.location] == Self.path + "?removed")
            #expect(try await browser.get(Self.path + "/space?id=north").status == .notFound)
            #expect(try await self.post(browser, Self.path + "/space/remove", ["id": "north"]).status == .notFound)
        }
    }

    @Test(
        "says at the field what is wrong, and keeps what was typed",
        arguments: [
            ("space", "a b", "T", "space-id"), ("space", "north", "T", "space-id"),
            ("project", "p", "a\u{7}", "project-title"),
        ]
    )
    func mistakes(_ kind: String, _ id: String, _ title: String, _ field: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            _ = try await self.add(browser, "space", "north")
            let refused = try await self.add(browser, kind, id, title: title)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("id=\"\(field)-problem\""))
            #expect(refused.text.contains("value=\"\(id)\""))
            #expect(try await self.places(console).count == 1)
        }
    }

    @Test("A1, G5 puts members in and takes them out, and it counts at once")
    func assigns() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            _ = try await console.addMember("Bob")
            _ = try await self.add(browser, "project", "42")
            let page = Self.path + "/project"
            let stranger = ["id": "42", "email": "eve@company-a.example", "role": "REVIEWER"]
            let refused = try await self.post(browser, page + "/assign", stranger)
            #expect(refused.status == .unprocessableContent && refused.text.contains("id=\"email-problem\""))
            #expect(refused.text.contains("value=\"eve@company-a.example\""))
            #expect(refused.text.contains("<option value=\"REVIEWER\" selected>"))
            let bob = ["id": "42", "email": "Bob@company-a.example", "role": "REVIEWER"]
            #expect(try await self.post(browser, page + "/assign", bob).status == .seeOther)
            let shown = try await browser.get(page + "?id=42").text
            #expect(shown.contains("bob@company-a.example") && shown.contains("<p>REVIEWER</p>"))
            #expect(shown.contains("by hand") && !shown.contains("Remove the project"))
            let event = try #require(try await console.events(.memberAssigned).first)
            #expect(event.detail == ["project": "42", "role": "REVIEWER"] && event.email == "bob@company-a.example")
            #expect(event.actor.email?.value == "ann@company-a.example")
            let used = try await self.post(browser, page + "/remove", ["id": "42"])
            #expect(
                used.status == .unprocessableContent
                    && used.text.contains("It still has one member; take the member out")
            )
            #expect(try await self.post(browser, page + "/withdraw", bob).status == .seeOther)
            #expect(try await console.events(.memberUnassigned).count == 1)
            #expect(try await browser.get(page + "?id=42").text.contains("Nobody is in it."))
        }
    }

    @Test("goes on behind the person who came last")
    func parts() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            _ = try await self.add(browser, "space", "north")
            for number in 100..<160 { _ = try await console.addMember("P\(number)") }
            try await console.change(
                """
                INSERT INTO member_spaces (workspace_id, user_id, space_id, source)
                SELECT workspace_id, user_id, 'north', 'saml_groups' FROM memberships WHERE display_name LIKE 'P1%'
                """
            )
            let page = try await browser.get(Self.path + "/space?id=north").text
            #expect(page.contains("p149@") && !page.contains("p150@") && page.contains("by a group"))
            let next = try #require(page.firstMatch(of: /href="([^"]+after=[^"]+)">More people/)).1
            let second = try await browser.get(String(next).replacing("&amp;", with: "&")).text
            #expect(second.contains("p150@") && second.contains("p159@") && second.contains("To the beginning"))
        }
    }

    @Test("shows the second of two administrators what the first one named it")
    func conflict() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            _ = try await self.add(browser, "space", "north", title: "Theirs")
            let mine = ["id": "north", "title": "Mine", "shown": "Before"]
            let conflict = try await self.post(browser, Self.path + "/space/title", mine)
            #expect(conflict.status == .unprocessableContent)
            #expect(
                conflict.text.contains("Somebody else called it “Theirs”") && conflict.text.contains("value=\"Mine\"")
            )
            let shown = try #require(conflict.text.firstMatch(of: /name="shown" value="([^"]*)"/)).1
            let again = mine.merging(["shown": String(shown)]) { $1 }
            #expect(try await self.post(browser, Self.path + "/space/title", again).status == .seeOther)
            #expect(try await self.places(console).values.map(\.title) == ["Mine"])
        }
    }

    @Test("A1 hides what the identity provider manages, and answers managed_by_idp to a form that comes all the same")
    func managed() async throws {
        let management = MembershipManagement(spaces: .identityProvider, projectMembers: .identityProvider)
        try await TestConsole.run(management: management) { console, client in
            let browser = try await console.person(client)
            _ = try await console.addMember("Bob")
            try await console.change(
                "INSERT INTO spaces (workspace_id, space_id) VALUES (\(console.scope.workspaceID.uuid), 'north')"
            )
            let list = try await browser.get(Self.path).text
            #expect(!list.contains("id=\"space-id\"") && list.contains("id=\"project-id\""))
            let added = try await self.add(browser, "space", "south")
            #expect(added.status == .forbidden && added.code == "managed_by_idp")
            #expect(try await self.add(browser, "project", "42").status == .seeOther)
            for (kind, id) in [("space", "north"), ("project", "42")] {
                let path = Self.path + "/" + kind
                let page = try await browser.get(path + "?id=" + id).text
                #expect(page.contains("Managed by the identity provider") && !page.contains(path + "/assign"))
                let fields = ["id": id, "email": "bob@company-a.example"]
                let refused = try await self.post(browser, path + "/assign", fields)
                #expect(refused.status == .forbidden && refused.text.contains("<code>managed_by_idp</code>"))
            }
            #expect(
                try await console.events(.memberAssigned).map(\.outcome) == [
                    .refused(.managedByIdP), .refused(.managedByIdP),
                ]
            )
        }
    }

    @Test("T6 is not there for anybody else: another workspace's, a member's, a visitor's by setup link")
    func notThere() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let other = try await TestConsole.addWorkspace("company-b", console.database, now: console.clock.now)
            try await console.change(
                "INSERT INTO spaces (workspace_id, space_id) VALUES (\(other.workspaceID.uuid), 'north')"
            )
            #expect(try await browser.get(Self.path + "/space?id=north").status == .notFound)
            let fields = ["id": "north", "title": "Mine", "shown": "", "email": "ann@company-a.example"]
            for step in ["title", "remove", "assign", "withdraw"] {
                #expect(
                    try await self.post(browser, Self.path + "/space/" + step, fields).status != .seeOther
                        || step == "withdraw"
                )
            }
            #expect(try await PlaceStore(pool: console.database.pool).all(other).values.map(\.title) == [nil])
            let bob = try await console.person(client, email: "bob@company-a.example", role: "LABELER")
            #expect(try await bob.get(Self.path).status == .notFound)
            let visitor = try await console.visitor(client)
            #expect(try await visitor.get(Self.path).status == .notFound)
            #expect(try await !visitor.get(TestConsole.settings).text.contains(Self.path))
        }
    }
}
