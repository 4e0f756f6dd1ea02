import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The sign-in log")
struct SignInLogTests {
    private static let path = "/.portico/settings/sign-in-log"

    private func add(_ id: String, to workspaceID: UUID, _ console: TestConsole) async throws {
        let checks = """
            [{"check":"encoding","outcome":"passed"},
             {"check":"audience","outcome":"failed","code":"audience_mismatch","responsible":"idp_admin",
              "wanted":"portico","got":"<b>other</b>"}]
            """
        try await console.change(
            """
            INSERT INTO sign_in_attempts (workspace_id, request_id, occurred_at, code, rule, wanted, got, checks)
            VALUES (\(workspaceID), \(id), \(console.clock.now), 'audience_mismatch', 'AudienceRule', 'portico', 'other',
                \(PostgreSQLJSON(bytes: Array(checks.utf8))))
            """
        )
    }

    @Test func findsASignInByTheIDOnTheErrorPageAndSaysWhoMustDoWhat() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            #expect(try await browser.get(Self.path).text.contains("Nobody has tried to sign in yet."))
            try await self.add("first0000", to: console.scope.workspaceID.uuid, console)
            try await self.add("second000", to: console.scope.workspaceID.uuid, console)
            let all = try await browser.get(Self.path).text
            #expect(all.contains("first0000") && all.contains("second000"))

            let page = try await browser.get(Self.path + "?id=%20first0000").text
            #expect(page.contains("audience_mismatch"))
            #expect(page.contains("<dt>Wanted</dt><dd>portico</dd>"))
            #expect(page.contains("<dt>Got</dt><dd>&lt;b&gt;other&lt;/b&gt;</dd>"))
            // What failed and how to mend it stand above all that passed.
            let failed = try #require(page.range(of: "What failed: audience."))
            let mended = try #require(page.range(of: "sets the audience"))
            let checked = try #require(page.range(of: "What was checked"))
            #expect(failed.lowerBound < mended.lowerBound && mended.lowerBound < checked.lowerBound)
            #expect(page.contains("sets the audience"))
            #expect(!page.contains("second000"))
            for unknown in ["nothing00", "%3Cscript%3E"] {
                let page = try await browser.get(Self.path + "?id=" + unknown).text
                #expect(page.contains("No sign-in of this workspace has the id"))
                #expect(!page.contains("<script>"))
            }
        }
    }

    @Test("R1 who is refused for want of a membership reads which role value makes an administrator")
    func namesTheRoleOfAnAdministrator() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            let checks = """
                [{"check":"membership","outcome":"failed","code":"not_registered","responsible":"workspace_admin"}]
                """
            try await console.change(
                """
                INSERT INTO sign_in_attempts (workspace_id, request_id, occurred_at, code, checks)
                VALUES (\(console.scope.workspaceID.uuid), 'refused0', \(console.clock.now), 'not_registered',
                    \(PostgreSQLJSON(bytes: Array(checks.utf8))))
                """
            )
            let hint = "can send “company-a_ADMIN” in the attribute “roles”"
            let visitor = try await console.visitor(client)
            let page = try await visitor.get(Self.path + "?id=refused0").text
            #expect(page.contains("invites the person") && page.contains(hint))
            // Who can invite needs nobody else.
            let own = try await browser.get(Self.path + "?id=refused0").text
            #expect(own.contains("invites the person") && !own.contains("company-a_ADMIN"))
            try await console.change("UPDATE workspaces SET roles_mode = 'off'")
            #expect(try await !visitor.get(Self.path + "?id=refused0").text.contains("company-a_ADMIN"))
        }
    }

    @Test(
        "An id is found as people type it: in capitals, with the word before it, or its first half",
        arguments: [
            "4F7K2M9QX3H8ZB1C", "Request%204f7k2m9qx3h8zb1c", "4f7k2m9q", "REQUEST4F7K2M9Q",
            "request%3A%204f7k2m9qx3h8zb1c", "Code%20roles_no_match%0ARequest%204f7k2m9qx3h8zb1c",
        ]
    )
    func findsWhatWasTyped(_ typed: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.add("4f7k2m9qx3h8zb1c", to: console.scope.workspaceID.uuid, console)
            try await self.add("4f7k2m9000000000", to: console.scope.workspaceID.uuid, console)
            let page = try await browser.get(Self.path + "?id=" + typed).text
            #expect(page.contains("4f7k2m9qx3h8zb1c") && !page.contains("4f7k2m9000000000"))
            #expect(!page.contains("No sign-in of this workspace"))
            // Too little could be anybody's.
            #expect(try await browser.get(Self.path + "?id=4f7k2m9").text.contains("No sign-in of this workspace"))
        }
    }

    @Test func showsNothingOfAnotherWorkspace() async throws {
        try await TestConsole.run { console, client in
            let other = try await TestConsole.addWorkspace(
                "company-b",
                console.database,
                now: console.clock.now
            )
            try await self.add("theirs000", to: other.workspaceID.uuid, console)
            let browser = try await console.person(client)
            #expect(try await !browser.get(Self.path).text.contains("theirs000"))
            #expect(
                try await browser.get(Self.path + "?id=theirs000").text
                    .contains(
                        "No sign-in of this workspace"
                    )
            )
        }
    }

    @Test func isOpenToAVisitorWhoSetsUpTheSignIn() async throws {
        try await TestConsole.run { console, client in
            let page = try await console.visitor(client).get(Self.path)
            #expect(page.status == .ok)
        }
    }

    private func add(_ console: TestConsole, _ code: String?, count: Int, findings: String = "{}") async throws {
        try await console.change(
            """
            INSERT INTO sign_in_attempts (workspace_id, request_id, occurred_at, code, findings)
            SELECT \(console.scope.workspaceID.uuid), coalesce(\(code), 'done') || '-' || n || '-', \(console.clock.now),
                \(code), \(PostgreSQLJSON(bytes: Array(findings.utf8)))
            FROM generate_series(1, \(count)) n ORDER BY n
            """
        )
    }

    @Test func goesOnToOlderSignInsAndBack() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.add(console, "xml_invalid", count: 60)
            let newest = try await browser.get(Self.path).text
            #expect(newest.contains("xml_invalid-60-") && newest.contains("xml_invalid-11-"))
            #expect(!newest.contains("xml_invalid-10-") && !newest.contains("Newer sign-ins"))
            let older = try #require(newest.firstMatch(of: /href="([^"]+)">Older sign-ins/)).1
            let rest = try await browser.get(String(older)).text
            #expect(rest.contains("xml_invalid-10-") && rest.contains("xml_invalid-1-"))
            #expect(!rest.contains("xml_invalid-11-") && !rest.contains("Older sign-ins"))
            let newer = try #require(rest.firstMatch(of: /href="([^"]+)">Newer sign-ins/)).1
            #expect(try await browser.get(String(newer)).text.contains("xml_invalid-60-"))
            for nowhere in ["nonsense", "0", "-1", "-9223372036854775808", "9223372036854775808"] {
                for name in ["before", "after"] {
                    let page = try await browser.get("\(Self.path)?\(name)=\(nowhere)").text
                    #expect(page.contains("xml_invalid-60-"))
                }
            }
            #expect(try await browser.get(Self.path + "?before=9223372036854775807").text.contains("xml_invalid-60-"))
            #expect(try await browser.get(Self.path + "?after=9223372036854775807").text.contains("xml_invalid-60-"))
        }
    }

    @Test func showsOneOutcomeOrOneReason() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.add(console, "xml_invalid", count: 52)
            try await self.add(console, "too_large", count: 1)
            try await self.add(console, nil, count: 2)
            let reason = try await browser.get(Self.path + "?show=xml_invalid").text
            #expect(reason.contains("xml_invalid-52-"))
            #expect(!reason.contains("too_large-1-") && !reason.contains("done-1-"))
            #expect(reason.contains("(52)</option>"))
            // The filter stays on the way to older ones.
            let older = try #require(reason.firstMatch(of: /href="([^"]+)">Older sign-ins/)).1
            let rest = try await browser.get(String(older).replacing("&amp;", with: "&")).text
            #expect(rest.contains("xml_invalid-2-") && !rest.contains("too_large-1-"))
            let refused = try await browser.get(Self.path + "?show=refused").text
            #expect(refused.contains("too_large-1-") && !refused.contains("done-1-"))
            let done = try await browser.get(Self.path + "?show=signed_in").text
            #expect(done.contains("done-2-") && !done.contains("too_large-1-"))
            let none = try await browser.get(Self.path + "?show=seat_limit").text
            #expect(none.contains("There is nothing of this kind."))
            #expect(refused.contains("for 14 days at most. There are 2 and 53 now."))
        }
    }

    @Test func saysWhatCameOfASignInAndWhatGaveNothing() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let findings = """
                {"role":"REVIEWER","role_source":"saml_groups","role_values":{"listed":["<i>Admins"],"others":3},
                 "other_companies":2,"groups":{"listed":["Everybody"],"others":0}}
                """
            try await self.add(console, nil, count: 1, findings: findings)
            #expect(try await browser.get(Self.path).text.contains("REVIEWER, from a group"))
            let page = try await browser.get(Self.path + "?id=done-1-").text
            #expect(page.contains("<dt>Role</dt><dd>REVIEWER, from a group</dd>"))
            #expect(page.contains("<code>&lt;i&gt;Admins</code> and 3 more, 2 for other companies"))
            #expect(page.contains("<code>Everybody</code>  <a href=\"/.portico/settings/mappings\">"))
            #expect(!page.contains("What the answer says") && !page.contains("Nobody vouches for this answer."))
            try await self.add(console, "roles_no_match", count: 1, findings: "{\"other_companies\":2}")
            let refused = try await browser.get(Self.path + "?id=roles_no_match-1-").text
            #expect(refused.contains("<dd>2 for other companies</dd>"))
        }
    }

    @Test func namesThePersonToWhoeverSeesPeople() async throws {
        try await TestConsole.run { console, client in
            try await self.add(console, nil, count: 1)
            try await self.add(console, "xml_invalid", count: 1)
            try await console.change(
                """
                INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, email, outcome, detail)
                VALUES (\(console.scope.workspaceID.uuid), \(console.clock.now), 'idp', 'sign_in',
                    'cleo@company-a.example', 'done', '{"request_id":"done-1-"}')
                """
            )
            let browser = try await console.person(client)
            #expect(try await browser.get(Self.path).text.matches(of: /cleo@company-a.example/).count == 1)
            let entry = try await browser.get(Self.path + "?id=done-1-").text
            #expect(entry.contains("<dt>Person</dt><dd>cleo@company-a.example</dd>"))
            let nobody = try await browser.get(Self.path + "?id=xml_invalid-1-").text
            #expect(nobody.contains("<dt>Person</dt><dd>Not known.</dd>") && !nobody.contains("cleo@"))
            let visitor = try await console.visitor(client)
            for query in ["", "?id=done-1-", "?id=xml_invalid-1-"] {
                let page = try await visitor.get(Self.path + query).text
                #expect(!page.contains("cleo@") && !page.contains("<dt>Person</dt>"))
            }
        }
    }

    @Test func showsTheIdentityProvidersWordsToWhoeverSeesPeople() async throws {
        try await TestConsole.run { console, client in
            let findings = """
                {"status_codes":["urn:oasis:names:tc:SAML:2.0:status:Responder"],
                 "status_message":"<b>ann is not assigned"}
                """
            try await self.add(console, "status_not_success", count: 1, findings: findings)
            let path = Self.path + "?id=status_not_success-1-"
            let page = try await console.person(client).get(path).text
            #expect(page.contains("<blockquote class=\"words\">&lt;b&gt;ann is not assigned</blockquote>"))
            #expect(page.contains("<code>urn:oasis:names:tc:SAML:2.0:status:Responder</code>"))
            let visited = try await console.visitor(client).get(path).text
            #expect(visited.contains("status:Responder") && visited.contains("Administrators are shown its words"))
            #expect([page, visited].allSatisfy { $0.contains("<strong>Nobody vouches for this answer.</strong>") })
            #expect(!visited.contains("not assigned"))
        }
    }
}
