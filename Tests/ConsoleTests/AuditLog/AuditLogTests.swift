import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import Testing
import Workspaces

@Suite("The audit log in the settings")
struct AuditLogTests {
    private static let path = "/.portico/settings/audit-log"

    private func add(
        _ action: AuditAction,
        _ email: String?,
        _ console: TestConsole,
        _ detail: String = "x"
    ) async throws {
        let event = AuditEvent(
            time: console.clock.now,
            workspaceID: console.scope.workspaceID,
            actor: .operator,
            action: action,
            email: email,
            outcome: action == .signIn ? .refused(.rolesMissing) : .done,
            detail: ["note": detail]
        )
        try await AuditStore(pool: console.database.pool).append(console.scope, [event])
    }

    /// The lines of a page.
    private func lines(_ browser: TestBrowser, _ query: String) async throws -> Int {
        try await browser.get(Self.path + query).text.components(separatedBy: "<li class=\"card\">")
            .count - 1
    }

    @Test func filtersByActionPersonAndOutcome() async throws {
        try await TestConsole.run(domains: []) { console, client in
            let browser = try await console.person(client)
            let before = try await self.lines(browser, "")
            try await self.add(.roleChanged, "bob@company-a.example", console)
            try await self.add(.roleChanged, "cleo@company-a.example", console)
            try await self.add(.signIn, "bob@company-a.example", console)
            try await self.add(.spKeysRotated, nil, console)
            let page = try await browser.get(Self.path).text
            #expect(page.contains("Operator · about bob@company-a.example"))
            #expect(page.contains("<p class=\"log-title\">Operator</p>"))
            #expect(try await self.lines(browser, "") == before + 4)
            #expect(try await self.lines(browser, "?action=role_changed") == 2)
            #expect(try await self.lines(browser, "?email=BOB") == 2)
            #expect(
                try await self.lines(browser, "?action=role_changed&email=bob%40company-a.example") == 1
            )
            #expect(try await self.lines(browser, "?refused=on") == 1)
            #expect(try await self.lines(browser, "?email=%25") == 0)
        }
    }

    @Test func goesOnToOlderEvents() async throws {
        try await TestConsole.run(domains: []) { console, client in
            let browser = try await console.person(client)
            for number in 0..<130 {
                try await self.add(.roleChanged, "p\(number)@company-a.example", console)
            }
            let page = try await browser.get(Self.path + "?action=role_changed").text
            #expect(page.contains("p129@") && !page.contains("p29@"))
            let older = try #require(
                page.firstMatch(of: /href="[^"]*(\?action=role_changed&amp;from=[0-9]+)"/)
            )
            .1
            let query = older.replacing("&amp;", with: "&")
            #expect(try await self.lines(browser, String(query)) == 30)
        }
    }

    @Test func isAFileForSpreadsheetsInWhichNothingIsComputed() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.add(.roleChanged, "=SUM(1)", console, "a \"quoted\" word,\nand more")
            let file = try await browser.get(Self.path + ".csv?action=role_changed")
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"audit-company-a.csv\"")
            #expect(file.headers[.cacheControl] == "no-store")
            let lines = file.text.split(separator: "\r\n")
            #expect(lines.count == 2)
            #expect(
                lines[0] == #""time","actor","actor_email","action","email","outcome","code","detail""#
            )
            #expect(
                lines[1]
                    .contains(
                        #","role_changed","'=SUM(1)","done","","note=a ""quoted"" word,\u000aand more""#
                    )
            )
        }
    }

    @Test func isAFileForPrograms() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.add(.signIn, "bob@company-a.example", console)
            let file = try await browser.get(Self.path + ".json?refused=on")
            #expect(file.headers[.contentType] == "application/json")
            let rows = try #require(
                try JSONSerialization.jsonObject(with: Data(file.text.utf8)) as? [[String: Any]]
            )
            #expect(rows.count == 1)
            #expect(rows.first?["code"] as? String == "roles_missing")
            #expect(rows.first?["email"] as? String == "bob@company-a.example")
        }
    }

    @Test func isNotThereForAVisitorOfASetupLink() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.visitor(client)
            for path in [Self.path, Self.path + ".csv", Self.path + ".json"] {
                #expect(try await browser.get(path).status == .notFound)
            }
            #expect(try await !browser.get(TestConsole.settings).text.contains(Self.path))
        }
    }

    @Test func showsNothingOfAnotherWorkspace() async throws {
        try await TestConsole.run { console, client in
            let other = try await TestConsole.addWorkspace(
                "company-b",
                console.database,
                now: console.clock.now
            )
            let event = AuditEvent(
                time: console.clock.now,
                workspaceID: other.workspaceID,
                actor: .operator,
                action: .roleChanged,
                email: "theirs@company-b.example"
            )
            try await AuditStore(pool: console.database.pool).append(other, [event])
            let browser = try await console.person(client)
            for path in [Self.path, Self.path + ".csv", Self.path + ".json"] {
                #expect(try await !browser.get(path).text.contains("theirs@"))
            }
        }
    }
}
