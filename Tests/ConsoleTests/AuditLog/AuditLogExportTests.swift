import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The audit log in the settings as a file, by days, and checked at once")
struct AuditLogExportTests {
    private static let path = "/.portico/settings/audit-log"

    /// Events of one action, the oldest first, each a second after the one before.
    private func add(_ count: Int, from first: String, _ console: TestConsole) async throws {
        try await console.database.inspection.query(
            """
            INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, outcome, detail)
            SELECT \(console.scope.workspaceID.uuid), \(first)::timestamptz + make_interval(secs => number), 'system',
                'roles_latched', 'done', jsonb_build_object('number', number::text)
            FROM generate_series(1, \(count)) number
            """
        )
    }

    private func rows(_ response: TestResponse) throws -> [[String: Any]] {
        try #require(try JSONSerialization.jsonObject(with: Data(response.text.utf8)) as? [[String: Any]])
    }

    @Test func hasEveryEventHoweverManyThereAre() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.add(10_500, from: "2026-11-01T00:00:00Z", console)
            let query = "?action=roles_latched"
            let rows = try self.rows(try await browser.get(Self.path + ".json" + query))
            let numbers = rows.compactMap { ($0["detail"] as? [String: String])?["number"] }
            #expect(numbers == (1...10_500).reversed().map { "\($0)" })
            let lines = try await browser.get(Self.path + ".csv" + query).text.components(separatedBy: "\r\n")
            #expect(lines.count == 10_502 && lines[10_500].contains("number=1\"") && lines.last == "")
            #expect(try self.rows(try await browser.get(Self.path + ".json?email=nobody@x.example")).isEmpty)
            let since = try await browser.get(Self.path + ".json" + query + "&from=2026-11-01")
            #expect(try self.rows(since).count == 10_500)
        }
    }

    @Test func isFilteredByDays() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            for (count, day) in [(3, "2026-10-31"), (4, "2026-11-01"), (5, "2026-11-02")] {
                try await self.add(count, from: day + "T23:59:50Z", console)
            }
            try await self.add(1, from: "2026-11-01T00:00:00Z", console)
            for (query, count) in [
                ("&from=2026-11-01", 10), ("&until=2026-11-01", 8), ("&from=2026-11-01&until=2026-11-01", 5),
                ("&from=&until=", 13), ("&from=2026-11-03", 0),
            ] {
                let query = "?action=roles_latched" + query
                let page = try await browser.get(Self.path + query)
                #expect(page.status == .ok)
                #expect(page.text.components(separatedBy: "<li class=\"card\">").count - 1 == count, "\(query)")
                #expect(try self.rows(try await browser.get(Self.path + ".json" + query)).count == count)
                #expect(
                    try await browser.get(Self.path + ".csv" + query).text.split(separator: "\r\n").count == count + 1
                )
            }
            let page = try await browser.get(Self.path + "?from=2026-11-01").text
            #expect(page.contains("/audit-log.csv?from=2026%2D11%2D01\""))
        }
    }

    @Test(arguments: [
        ("from=yesterday", "“yesterday” is no day", "yesterday"),
        ("until=2026-11-31", "“2026-11-31” is no day", "2026-11-31"),
        ("from=2026-11-02&until=2026-11-01", "This day is before the first one.", "2026-11-02"),
    ])
    func keepsADayThatIsNoneAndSaysWhatToGive(_ query: String, _ words: String, _ typed: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            for path in [Self.path, Self.path + ".csv", Self.path + ".json"] {
                let page = try await browser.get(path + "?" + query)
                #expect(page.status == .unprocessableContent)
                #expect(page.text.contains(words) && page.text.contains("value=\"\(typed)\""))
                #expect(page.headers[.contentDisposition] == nil)
                #expect(!page.text.contains("<li class=\"card\">"))
            }
        }
    }

    @Test func isCheckedWhenSomebodyAsks() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let secrets = try #require(TestConsole.secrets)
            let chain = AuditChainStore(pool: console.database.pool, secrets: secrets)
            while try await chain.seal(.workspace(console.scope)).goesOn {}
            let check = {
                let page = try await browser.get(Self.path)
                let csrf = try #require(TestBrowser.csrf(in: page))
                let answer = try await browser.post(Self.path + "/check", ["csrf": csrf])
                guard answer.status == .seeOther, let location = answer.headers[.location] else { return answer }
                return try await browser.get(location)
            }
            #expect(try await browser.get(Self.path).text.contains("It has not been checked yet."))
            let sound = try await check().text
            #expect(sound.contains("The log was checked just now."))
            #expect(sound.contains("nothing was changed, up to entry"))
            console.clock.advance(by: 120)
            let link = try await browser.get(Self.path + "?checked").text
            #expect(!link.contains("checked just now"), "a link confirms nothing")
            // What was changed since shows no sooner than somebody looks, and then at once.
            try await console.database.inspection.query("UPDATE audit_events SET action = 'sign_out'")
            #expect(try await browser.get(Self.path).text.contains("nothing was changed, up to entry"))
            let changed = try await check().text
            #expect(changed.contains("Somebody other than Portico wrote in this"))
            #expect(!changed.contains("nothing was changed") && !changed.contains("checked just now"))
            #expect(try await browser.post(Self.path + "/check", [:]).status == .forbidden)
            for _ in 0..<4 { #expect(try await check().status == .ok) }
            #expect(try await check().status == .tooManyRequests)
        }
    }

    @Test func isLeftToANodeWhereItTakesTooLong() async throws {
        try await TestConsole.run { console, _ in
            let secrets = try #require(TestConsole.secrets)
            let chain = AuditChainStore(pool: console.database.pool, secrets: secrets)
            let log = AuditLog.workspace(console.scope)
            while try await chain.seal(log).goesOn {}
            try await console.database.inspection.query(
                "UPDATE audit_chains SET verify_after = now() + interval '1 hour'"
            )
            #expect(try await chain.takeDue() == nil)
            let audit = AuditStore(pool: console.database.pool)
            let now = { console.clock.now }
            #expect(try await !audit.checkChain(console.scope, with: secrets, patience: .zero, now: now))
            #expect(try await audit.chainStatus(console.scope, with: secrets) == .unseen)
            #expect(try await chain.takeDue() == log)
        }
    }

    @Test func isNotCheckedByAVisitorOfASetupLink() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.visitor(client)
            let csrf = try await browser.csrf()
            #expect(try await browser.post(Self.path + "/check", ["csrf": csrf]).status == .notFound)
        }
    }
}
