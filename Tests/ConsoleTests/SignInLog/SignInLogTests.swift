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
            #expect(page.contains("sets the audience"))
            #expect(!page.contains("second000"))
            for unknown in ["nothing00", "%3Cscript%3E"] {
                let page = try await browser.get(Self.path + "?id=" + unknown).text
                #expect(page.contains("No sign-in of this workspace has the id"))
                #expect(!page.contains("<script>"))
            }
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
}
