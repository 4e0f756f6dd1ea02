import ArgumentParser
import Foundation
import Logging
import PostgreSQL
import Testing
import XMLSecurity

@testable import Portico

/// Every command that changes something tells it in an audit log, on the operator's word (behavior O1).
///
/// The commands are asked for from the program itself: one that is neither in the list of those that change something nor in
/// the list of those that do not fails the test.
@Suite("What the operator does is audited", .serialized)
struct OperatorAuditTests {
    /// The commands that change no workspace, no person and no key.
    private static let others: Set = [
        "serve", "demo", "migrate", "config check", "doctor", "workspace list", "workspace show", "saml show",
        "saml pending", "saml explain", "domain list", "member list", "session list", "keys list", "audit",
    ]

    /// The names of a command and of those below it, without the program's.
    private static func leaves(of command: any ParsableCommand.Type, _ path: [String] = []) -> [String] {
        let below = command.configuration.subcommands
        guard !below.isEmpty else { return [path.joined(separator: " ")] }
        return below.flatMap { Self.leaves(of: $0, path + [$0.configuration.commandName ?? "\($0)".lowercased()]) }
    }

    /// The steps of one test, in an order in which each changes something.
    private static func steps(_ names: Names) -> [[String]] {
        let id = "company-a"
        let domain = "company-a.example"
        let (ann, bob) = ("ann@\(domain)", "bob@\(domain)")
        return [
            ["workspace", "disable", id], ["workspace", "enable", id], ["workspace", "local-sign-in", id, "members"],
            ["workspace", "apply", "-f", names.file], ["domain", "claim", id, domain, "--operator-override"],
            ["domain", "add", id, names.zone], ["domain", "verify", id, names.zone],
            ["domain", "remove", id, names.zone],
            ["saml", "refresh", id], ["saml", "approve", id, names.fingerprints[0]],
            ["saml", "reject", id, names.fingerprints[1]], ["saml", "configure", id, "--force-authn"],
            ["saml", "enable", id], ["saml", "disable", id], ["member", "invite", id, bob, "--role", "LABELER"],
            ["member", "set-role", id, bob, "REVIEWER"], ["member", "deactivate", id, bob],
            ["member", "reactivate", id, bob], ["member", "break-glass", id, bob], ["member", "remove", id, bob],
            ["member", "transfer-ownership", id, ann], ["setup-link", id], ["session", "revoke", id],
            ["keys", "rotate"], ["workspace", "delete", id, "--yes"],
            ["workspace", "create", "company-b", "--name", "B"],
        ]
    }

    /// What the steps name.
    private struct Names {
        let file: String
        let zone: String
        let fingerprints: [String]
    }

    @Test("Every command of the program is known here: it changes something, and is run below, or it does not")
    func everyCommandIsKnown() {
        let names = Names(file: "", zone: "", fingerprints: ["", ""])
        let leaves = Self.leaves(of: PorticoCommand.self)
        let changing = Set(
            Self.steps(names)
                .map { step in
                    leaves.first { step.starts(with: $0.split(separator: " ").map(String.init)) } ?? "none: \(step)"
                }
        )
        #expect(changing.union(Self.others) == Set(leaves))
        #expect(changing.isDisjoint(with: Self.others))
    }

    @Test("O1 each of them writes an event of the operator's")
    func everyChangeIsAudited() async throws {
        let certificates = try ["one", "two", "three"].map { try MetadataText.certificate($0) }
        try await MetadataBench.with([certificates[0]]) { metadata in
            metadata.server.publish(MetadataText.document(certificates))
            let zone = "zone.example"
            let added = try await metadata.commands.json("domain", "add", "company-a", zone)
            guard case .text(let record) = added["record_text"] else {
                Issue.record("no record")
                return
            }
            let server = try await TestNameServer.start(zone: zone, records: ["_portico-challenge": [[record]]])
            let bench = metadata.commands.changed("PORTICO_DNS_RESOLVER", to: server.address)
            // The claim is begun anew by a step of its own, and its token is the one that is published.
            try await bench.change("UPDATE domain_claims SET state = 'failed'")
            try await bench.change(
                """
                INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, created_at)
                SELECT workspace_id, gen_random_uuid(), 'ann@company-a.example', 'Ann', 'ACTIVE', 'ADMIN', 'manual', now()
                FROM workspaces
                """
            )
            let names = Names(
                file: try bench.file("w.yaml", "workspaces: [{company_id: company-a, name: Another}]"),
                zone: zone,
                fingerprints: certificates.dropFirst().map(\.sha256Fingerprint)
            )
            for step in Self.steps(names) {
                let before = try await self.events(bench)
                if step.starts(with: ["domain", "verify"]) {
                    try await bench.change("UPDATE domain_claims SET token = \(Self.token(record))")
                }
                let run = try await bench.run(step)
                #expect(run.status == 0, "\(step): \(run.errors)")
                #expect(try await self.events(bench) > before, "\(step) left no event")
            }
            // Each change stands in the operator's log too, by the same transaction, and says by which command.
            let untold = try await bench.number(
                """
                SELECT count(*) AS number FROM audit_events a WHERE actor_kind = 'operator' AND NOT EXISTS (
                    SELECT FROM operator_audit_events o
                    WHERE o.action = a.action AND o.xmin = a.xmin AND o.detail @> a.detail
                        AND o.detail ->> 'company_id' IN ('company-a', 'company-b') AND o.detail ? 'command')
                """
            )
            #expect(untold == 0)
            await server.stop()
        }
    }

    /// The commands that work on no workspace and no key; what they do is told where they do it.
    private static let unaudited: Set = ["serve", "demo", "migrate", "config check", "doctor"]

    /// The types of the commands by their names.
    private static func types(
        below command: any ParsableCommand.Type,
        _ path: [String] = []
    ) -> [(name: String, type: any ParsableCommand.Type)] {
        let below = command.configuration.subcommands
        guard !below.isEmpty else { return [(path.joined(separator: " "), command)] }
        return below.flatMap { Self.types(below: $0, path + [$0.configuration.commandName ?? "\($0)".lowercased()]) }
    }

    @Test("Every command of the operator's goes the way on which it is audited, under its own name")
    func everyCommandIsAudited() {
        for (name, type) in Self.types(below: PorticoCommand.self) {
            #expect((type is any OperatorCommand.Type) == !Self.unaudited.contains(name), "\(name)")
            #expect(OperatorRun(of: type, environment: [:]).command == name)
        }
    }

    @Test("Who ran a command is what the environment claims, without what ends a line")
    func claimedUser() {
        let user = { OperatorRun(of: KeysListCommand.self, environment: $0).claimedUser }
        #expect(user(["SUDO_USER": "olga", "USER": "root"]) == "olga")
        #expect(user(["SUDO_USER": "", "USER": "root"]) == "root")
        #expect(user(["LOGNAME": "a\nb"]) == #"a\u000ab"#)
        #expect(user([:]) == nil)
    }

    @Test("O1 a command that only reads leaves one event, and one that is refused leaves one with the reason")
    func readingAndRefusedCommands() async throws {
        let bench = try await CommandBench().changed("SUDO_USER", to: "olga")
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A")
        let id = "company-a"
        let wrongFile = try bench.file("w.yaml", "workspaces: [{company_id: company-a, nmae: x}]")
        let response = try bench.file("response.xml", "<x/>")
        let reading = [
            ["workspace", "list"], ["workspace", "show", id], ["saml", "pending", id], ["domain", "list", id],
            ["member", "list", id], ["session", "list", id], ["keys", "list"], ["audit", id], ["audit", "--operator"],
        ]
        let refused = [
            (["workspace", "show", "nobody"], "there is no workspace nobody"),
            (["workspace", "delete", id], "say --yes"), (["workspace", "apply", "-f", wrongFile], "nmae"),
            (["member", "invite", id, "b@a.example", "--role", "LABELER", "--expires", "1m"], "an hour to 30 days"),
            (["saml", "explain", id, response], "has no identity provider"),
            (["saml", "enable", id], "configure SAML first"),
        ]
        for arguments in reading + refused.map(\.0) {
            let before = try await self.operatorEvents(bench)
            _ = try await bench.run(arguments)
            #expect(try await self.operatorEvents(bench) == before + 1, "\(arguments)")
        }
        guard case .array(let events) = try await bench.json("audit", "--operator") else { return }
        let runs = events.filter { $0["action"] == .text("command_run") }.dropFirst()
        #expect(runs.count == reading.count + refused.count)
        for (event, arguments) in zip(runs, reading) {
            #expect(event["outcome"] == .text("done") && event["detail"]["claimed_user"] == .text("olga"))
            let command = arguments.prefix(arguments[0] == "audit" ? 1 : 2).joined(separator: " ")
            #expect(event["detail"]["command"] == .text(command))
            #expect(event["detail"]["company_id"] == (arguments.contains(id) ? .text(id) : .null))
        }
        for (event, (arguments, words)) in zip(runs.dropFirst(reading.count), refused) {
            #expect(event["outcome"] == .text("refused"), "\(arguments)")
            guard case .text(let reason) = event["detail"]["reason"] else {
                Issue.record("no reason of \(arguments)")
                continue
            }
            #expect(reason.contains(words), "\(reason)")
        }
    }

    @Test("O1 no secret of a command stands in the log")
    func noSecrets() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A", "--owner", "ann@a.example")
        let url = try await bench.json("setup-link", "company-a")["url"]
        guard case .text(let text) = url, let token = text.split(separator: "/").last else {
            Issue.record("no link")
            return
        }
        let log = try await bench.run("audit", "--operator").output
        #expect(log.contains("setup_link_created") && !log.contains(token), "\(log)")
    }

    /// How many events the operator's log has.
    private func operatorEvents(_ bench: CommandBench) async throws -> Int {
        try await bench.number("SELECT count(*) AS number FROM operator_audit_events")
    }

    /// The token in the text of a record.
    private static func token(_ record: String) -> String { String(record.split(separator: "=")[1]) }

    /// How many events there are of the operator's in all logs.
    private func events(_ bench: CommandBench) async throws -> Int {
        try await bench.number(
            """
            SELECT (SELECT count(*) FROM audit_events WHERE actor_kind = 'operator')
                + (SELECT count(*) FROM operator_audit_events WHERE actor_kind = 'operator') AS number
            """
        )
    }
}
