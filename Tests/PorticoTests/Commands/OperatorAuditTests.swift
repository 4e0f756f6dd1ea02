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
            await server.stop()
        }
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
