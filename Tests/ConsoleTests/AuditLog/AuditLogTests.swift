import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
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
                page.firstMatch(of: /href="[^"]*(\?action=role_changed&amp;before=[0-9]+)"/)
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
                lines[0]
                    == #""time","actor","actor_email","action","email","outcome","code","detail","position","hash","previous_hash""#
            )
            #expect(
                lines[1]
                    .contains(
                        #","role_changed","'=SUM(1)","done","","note=a ""quoted"" word,\u000aand more""#
                    )
            )
        }
    }

    @Test(
        "no cell of the file for spreadsheets is a formula",
        arguments: [
            ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(1)", "'@SUM(1)"), ("\t=1", #"'\u0009=1"#),
            ("\r=1", #"'\u000d=1"#), ("\n=1", #"'\u000a=1"#), ("\u{FF1D}1", "'\u{FF1D}1"), ("x;=1", "x;'=1"),
            (";=1", ";'=1"), ("x;\"@1", "x;\"\"'@1"), ("\"-1", "\"\"'-1"), ("a=b-c+d@e", "a=b-c+d@e"), ("x; 1", "x; 1"),
        ]
    )
    func isNotComputed(_ text: String, _ cell: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.add(.roleChanged, text, console)
            let file = try await browser.get(Self.path + ".csv?action=role_changed").text
            #expect(file.contains(",\"role_changed\",\"\(cell)\",\"done\","))
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

    /// What `Docs/AuditChain.md` says, written out once more.
    private func hash(_ row: [String: Any], _ console: TestConsole) async throws -> String {
        let names = [
            "previous_hash", "position", "sealed_at", "workspace_id", "event_id", "time", "actor", "actor_email",
            "action",
            "email", "outcome", "code",
        ]
        let detail = try #require(row["detail"] as? [String: String])
        let fields =
            ["portico-audit-1"] + names.map { name in row[name].map { "\($0)" } }
            + detail.keys.sorted().flatMap { [$0, detail[$0]] }
        let text = fields.map { field in field.map { "\($0.utf8.count):\($0)," } ?? "-," }.joined()
        let bytes = Array(text.utf8)
        return try await console.database.inspection.query("SELECT encode(sha256(\(bytes)), 'hex') AS hash")
            .singleRow().value("hash")
    }

    @Test func hasTheHashesThatAnybodyCanComputeAnew() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.add(.roleChanged, nil, console, "漢字 \"and\" more\n")
            let secrets = try #require(SecretKeyring([[UInt8](repeating: 7, count: SecretKeyring.keyLength)]))
            let chain = AuditChainStore(pool: console.database.pool, secrets: secrets)
            let log = AuditLog.workspace(console.scope)
            #expect(try await browser.get(Self.path).text.contains("It has not been checked yet."))
            while try await chain.seal(log).goesOn {}
            try await self.add(.roleChanged, "waits@company-a.example", console)

            let file = try await browser.get(Self.path + ".json").text
            let rows = try #require(try JSONSerialization.jsonObject(with: Data(file.utf8)) as? [[String: Any]])
            #expect(rows.first?["hash"] == nil && rows.first?["email"] as? String == "waits@company-a.example")
            let sealed = Array(rows.dropFirst().reversed())
            #expect(sealed.count > 1)
            var previous = String(repeating: "0", count: 64)
            var beforeThat = previous
            for (index, row) in sealed.enumerated() {
                #expect(row["position"] as? Int == index + 1)
                #expect(row["previous_hash"] as? String == previous)
                beforeThat = previous
                previous = try #require(row["hash"] as? String)
                #expect(try await self.hash(row, console) == previous)
            }
            let table = try await browser.get(Self.path + ".csv").text
            #expect(table.contains("\"\(sealed.count)\",\"\(previous)\",\"\(beforeThat)\"\r\n"))

            let verifier = AuditVerifier(pool: console.database.pool, secrets: secrets)
            try await chain.note(try await verifier.verify(log), of: log, now: console.clock.now)
            #expect(try await browser.get(Self.path).text.contains("nothing was changed, up to entry \(sealed.count)"))
            try await console.database.inspection.query("UPDATE audit_events SET action = 'sign_out'")
            try await chain.note(try await verifier.verify(log), of: log, now: console.clock.now)
            let page = try await browser.get(Self.path).text
            #expect(page.contains("Somebody other than Portico wrote in this") && page.contains("at position 1,"))
            #expect(page.contains("It was last checked on") && !page.contains("nothing was changed"))
            // Whoever did that cannot say that nothing was found.
            try await console.database.inspection.query("UPDATE audit_chains SET defect = NULL")
            let forged = try await browser.get(Self.path).text
            #expect(forged.contains("Somebody other than Portico wrote in this") && !forged.contains("checked on"))
            #expect(forged.contains("what its latest check is said to have come to"))
        }
    }

    @Test func tellsWhatCouldNotBeVerifiedOrReadAndWhenNobodyLooks() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let log = AuditLog.workspace(console.scope)
            let pool = console.database.inspection
            let keys = try [6, 7]
                .map { byte in
                    try #require(SecretKeyring([[UInt8](repeating: byte, count: SecretKeyring.keyLength)]))
                }
            _ = try await AuditChainStore(pool: pool, secrets: keys[0]).seal(log)
            let chain = AuditChainStore(pool: pool, secrets: keys[1])
            let verifier = AuditVerifier(pool: pool, secrets: keys[1])
            let now = console.clock.now
            let restart = try await chain.beginAnew(log, after: try await verifier.verify(log), detail: [:], now: now)
            try await chain.note(try await verifier.verify(log), of: log, now: now)
            let page = try await browser.get(Self.path).text
            #expect(page.contains("It was last checked on"))
            #expect(page.contains("entries up to number \(restart.position) of the chain could not be verified"))
            #expect(!page.contains("cannot be read") && !page.contains("has not been for days"))

            let unreadable =
                try await pool.query(
                    """
                    INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, outcome)
                    VALUES (\(console.scope.workspaceID.uuid), 'infinity', 'system', 'sign_in', 'done') RETURNING event_id
                    """
                )
                .singleRow().value("event_id", as: Int.self)
            let before = now.addingTimeInterval(-4 * 86_400)
            try await chain.note(try await verifier.verify(log), of: log, now: before)
            let text = try await browser.get(Self.path).text
            #expect(text.contains("cannot be read are left out here, with the numbers \(unreadable)."))
            #expect(text.contains("and has not been for days"))
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
