import Foundation
import Logging
import PostgreSQL
import Storage
import Testing

@testable import Portico

/// `portico audit`, as a script calls it.
@Suite("Reading the audit log")
struct AuditCommandTests {
    @Test("It tells what the operator did, oldest first")
    func events() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A", "--owner", "ann@a.example")
        _ = try await bench.json("domain", "claim", "company-a", "a.example", "--operator-override")
        _ = try await bench.json("member", "invite", "company-a", "bob@a.example", "--role", "REVIEWER")
        let log = try await bench.json("audit", "company-a", "--since", "1h")
        #expect(log.count >= 3)
        let last = log[log.count - 1]
        #expect(last["actor"] == .text("operator"))
        #expect(last["email"] == .text("bob@a.example"))
        #expect(last["outcome"] == .text("done"))
        let times = (0..<log.count)
            .compactMap { index -> String? in
                guard case .text(let time) = log[index]["time"] else { return nil }
                return time
            }
        #expect(times.count == log.count)
        #expect(times == times.sorted())

        let newest = try await bench.run("audit", "company-a", "--limit", "1")
        #expect(newest.status == 0)
        #expect(newest.output.split(separator: "\n").count == 2)
        #expect(newest.output.contains("bob@a.example"))
        #expect(newest.errors.contains("there are older events"))

        #expect(try await bench.json("audit", "company-a", "--since", "2100-01-01").count == 0)
    }

    @Test("It tells whether somebody changed the log, in words, in JSON and by its exit status")
    func verification() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A", "--owner", "ann@a.example")
        _ = try await bench.json("keys", "rotate")
        let fresh = try await bench.json("audit", "company-a", "--verify")
        #expect(fresh["intact"] == .bool(true) && fresh["position"] == .number(0))
        #expect(fresh["unsealed"] != .number(0))

        let service = try PostgreSQLConfiguration(uri: bench.uri, sessionRole: StorageRole.service)
        let pool = ConnectionPool(configuration: service, logger: Logger(label: "portico.tests"))
        let secret = try #require(Data(base64Encoded: SettingsExample.secretKey))
        let store = AuditChainStore(pool: pool, secrets: try #require(SecretKeyring([Array(secret)])))
        for log in try await store.unsealed(limit: 10) { _ = try await store.seal(log) }
        await pool.shutDown()
        for arguments in [["company-a"], ["--operator"]] {
            let sealed = try await bench.json(["audit"] + arguments + ["--verify"])
            #expect(sealed["intact"] == .bool(true) && sealed["seal_checked"] == .bool(true))
            // Of the operator's log, that the first of the two was run.
            #expect(sealed["unsealed"] == .number(arguments == ["--operator"] ? 1 : 0))
            #expect(sealed["verified"] == sealed["position"])
            #expect(sealed["position"] != .number(0))
        }
        #expect(try await bench.json("audit", "--operator").count > 0)
        let words = try await bench.run("audit", "company-a", "--verify")
        #expect(words.status == 0 && words.output.contains("nothing was changed"))
        let blind = try await bench.without("PORTICO_SECRET_KEY").run("audit", "company-a", "--verify")
        #expect(blind.status == 0 && blind.errors.contains("the seal was not compared"))

        let owner = ConnectionPool(
            configuration: try PostgreSQLConfiguration(uri: bench.uri),
            logger: Logger(label: "portico.tests")
        )
        try await owner.query("UPDATE audit_events SET email = 'eve@a.example'")
        await owner.shutDown()
        let changed = try await bench.run("audit", "company-a", "--verify", "--json")
        #expect(changed.status == 1 && changed.output.contains("\"intact\""))
        #expect(changed.errors.contains("was changed by somebody other than Portico: event "))
    }

    @Test("A log whose secret key is lost goes on at the operator's word, and says ever after what is not verified")
    func beginningAnew() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A", "--owner", "ann@a.example")
        _ = try await bench.json("keys", "rotate")
        try await Self.seal(bench, SettingsExample.secretKey)
        let whole = try await bench.run("audit", "company-a", "--begin-anew", "--yes")
        #expect(whole.status == 1 && whole.errors.contains("nothing is wrong with its chain"), "\(whole.errors)")

        let other = bench.changed("PORTICO_SECRET_KEY", to: SettingsExample.otherSecretKey)
        let lost = try await other.run("audit", "company-a", "--verify")
        #expect(lost.status == 1 && lost.errors.contains("--begin-anew"), "\(lost.errors)")
        let doctor = try await other.run("doctor").output
        #expect(doctor.contains("2 audit logs under ") && doctor.contains("FAILURE  operator's audit log"), "\(doctor)")
        let asked = try await other.run("audit", "company-a", "--begin-anew")
        #expect(asked.status == 1 && asked.errors.contains("say --yes"), "\(asked.errors)")
        let missing = try await other.without("PORTICO_SECRET_KEY").run("audit", "company-a", "--begin-anew", "--yes")
        #expect(missing.status == 2 && missing.errors.contains("PORTICO_SECRET_KEY is missing"), "\(missing.errors)")
        for arguments in [["company-a"], ["--operator"]] {
            let begun = try await other.json(["audit"] + arguments + ["--begin-anew", "--yes"])
            #expect(begun["position"] != .number(0))
            try await Self.seal(other, SettingsExample.otherSecretKey)
            let verified = try await other.json(["audit"] + arguments + ["--verify"])
            #expect(verified["intact"] == .bool(true) && verified["unverified_position"] == begun["position"])
            let words = try await other.run(["audit"] + arguments + ["--verify"])
            #expect(words.status == 0 && words.output.contains("the operator began the chain anew behind it"))
        }
        let events = try await other.run("audit", "--operator").output
        #expect(events.components(separatedBy: "audit_chain_restarted").count == 3, "\(events)")
        #expect(
            try await other.run("doctor").output.contains("warning  operator's audit log: its events up to position")
        )
    }

    @Test(
        "rulings 23: the log of a deleted workspace is read, verified and begun anew by its Company ID, which ends the alarm"
    )
    func deletedWorkspace() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A", "--owner", "ann@a.example")
        _ = try await bench.json("workspace", "delete", "company-a", "--yes")
        try await Self.seal(bench, SettingsExample.secretKey)
        let events = try await bench.run("audit", "Company-A")
        #expect(events.status == 0 && events.output.contains("workspace_deleted"), "\(events.errors)")
        #expect(try await bench.json("audit", "company-a", "--verify")["intact"] == .bool(true))

        try await bench.change("UPDATE audit_events SET email = 'eve@a.example'")
        try await bench.change("UPDATE audit_chains SET verify_after = now()")
        try await Self.seal(bench, SettingsExample.secretKey)
        #expect(try await bench.run("audit", "company-a", "--verify").status == 1)
        let alarmed = try await bench.run("doctor").output
        #expect(alarmed.contains("FAILURE  audit log of company-a"), "\(alarmed)")
        _ = try await bench.json("audit", "company-a", "--begin-anew", "--yes")
        try await Self.seal(bench, SettingsExample.secretKey)
        let verified = try await bench.json("audit", "company-a", "--verify")
        #expect(verified["intact"] == .bool(true) && verified["unverified_position"] != .null)
        let calm = try await bench.run("doctor").output
        #expect(!calm.contains("FAILURE  audit log"), "\(calm)")
        #expect(calm.contains("warning  audit log of company-a: its events up to position"), "\(calm)")
        let told = try await bench.run("audit", "--operator").output
        #expect(told.contains("audit_chain_restarted") && told.contains("company_id=company-a"))
        #expect(try await bench.run("audit", "company-b").status == 1)
    }

    @Test("An event that cannot be read hides no other, and is named")
    func unreadable() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A", "--owner", "ann@a.example")
        let owner = ConnectionPool(
            configuration: try PostgreSQLConfiguration(uri: bench.uri),
            logger: Logger(label: "portico.tests")
        )
        let id: Int =
            try await owner.query(
                """
                INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, outcome)
                SELECT workspace_id, 'infinity', 'system', 'sign_in', 'done' FROM workspaces RETURNING event_id
                """
            )
            .singleRow().value("event_id")
        await owner.shutDown()
        try await Self.seal(bench, SettingsExample.secretKey)
        let run = try await bench.run("audit", "company-a")
        #expect(run.status == 0 && run.output.contains("workspace_created"))
        #expect(run.errors.contains("cannot be read") && run.errors.contains("\(id)"), "\(run.errors)")
        let verified = try await bench.run("audit", "company-a", "--verify")
        #expect(
            verified.status == 1 && verified.errors.contains("event \(id) was put in past Portico"),
            "\(verified.errors)"
        )
    }

    /// Seals and looks at what waits, as `serve` does with a secret key.
    private static func seal(_ bench: CommandBench, _ secretKey: String) async throws {
        let configuration = try PostgreSQLConfiguration(uri: bench.uri, sessionRole: StorageRole.service)
        let logger = Logger(label: "portico.tests") { _ in SwiftLogNoOpLogHandler() }
        let pool = ConnectionPool(configuration: configuration, logger: logger)
        let bytes = try #require(Data(base64Encoded: secretKey))
        let secrets = try #require(SecretKeyring([Array(bytes)]))
        try await AuditChainService(pool: pool, secrets: secrets, counts: AuditChainCounts(), logger: logger).work()
        try await AuditVerificationService(pool: pool, secrets: secrets, logger: logger).work()
        await pool.shutDown()
    }

    @Test(
        "What it cannot read is refused",
        arguments: [
            ["--since", "yesterday"], ["--limit", "0"], ["--limit", "all"], ["--operator"],
            ["--verify", "--since", "1h"], ["--begin-anew", "--since", "1h"], ["--begin-anew", "--verify"], ["--yes"],
        ]
    )
    func mistakes(_ arguments: [String]) async throws {
        let run = try await ProgramRun(["audit", "company-a"] + arguments)
        #expect(run.status == 2, "\(run.errors)")
    }

    @Test(
        "A time is a date, a time in UTC, or how long ago",
        arguments: [
            ("2026-11-20", 1_795_132_800.0), ("2026-11-20T08:00:00Z", 1_795_161_600), ("24h", 1_799_913_600),
            ("90s", 1_799_999_910),
        ]
    )
    func times(_ text: String, _ expected: Double) throws {
        let since = try #require(AuditSince(argument: text))
        #expect(since.date(now: Date(timeIntervalSince1970: 1_800_000_000)).timeIntervalSince1970 == expected)
    }
}
