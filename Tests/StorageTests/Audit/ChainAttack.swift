import PostgreSQL
import Storage
import Testing
import Workspaces

/// One thing that somebody who can write in the database does to a sealed log, and what it shows as.
struct ChainAttack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What is run as the owner of the tables; `audit_links` and the others hold one workspace alone.
    let statements: [SQL]
    /// What is found, given the numbers of the events in the order of their positions.
    let defect: @Sendable ([Int]) -> AuditDefect

    private init(_ name: String, _ statements: [SQL], _ defect: @escaping @Sendable ([Int]) -> AuditDefect) {
        self.testDescription = name
        self.statements = statements
        self.defect = defect
    }

    /// The number of the event at a position.
    private static func event(_ position: Int) -> SQL {
        "(SELECT event_id FROM audit_links WHERE position = \(position))"
    }

    private static func changing(_ name: String, _ assignment: SQL) -> ChainAttack {
        ChainAttack(
            "an event: \(name)",
            ["UPDATE audit_events SET \(fragment: assignment) WHERE event_id = \(fragment: Self.event(3))"]
        ) { .altered(position: 3, eventID: $0[2]) }
    }

    private static let changes: [ChainAttack] = [
        changing("its time, by a microsecond", "occurred_at = occurred_at + interval '1 microsecond'"),
        changing("its actor", "actor_kind = 'idp'"),
        changing("its actor's address", "actor_email = 'eve@company-a.example'"),
        changing("what was done", "action = 'sign_out'"),
        changing("whom it is about", "email = 'eve@company-a.example'"),
        changing("nothing in place of nobody", "email = CASE WHEN email IS NULL THEN '' END"),
        changing("its outcome", "outcome = CASE outcome WHEN 'done' THEN 'refused' ELSE 'done' END"),
        changing("its code", "code = 'role_not_allowed'"),
        changing("more detail", "detail = detail || '{\"more\": \"x\"}'"),
        changing("a value that is no text", "detail = detail || '{\"more\": 1}'"),
        changing("a detail of another form", "detail = '[]'"),
        changing("a time that no calendar has", "occurred_at = 'infinity'"),
        changing(
            "the same time before our era",
            "occurred_at = (to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00 BC')::timestamptz"
        ),
        changing("its number", "event_id = DEFAULT").as { .eventRemoved(position: 3, eventID: $0[2]) },
    ]

    private func `as`(_ defect: @escaping @Sendable ([Int]) -> AuditDefect) -> ChainAttack {
        ChainAttack(self.testDescription, self.statements, defect)
    }

    private static let removals: [ChainAttack] = [
        ChainAttack("the first event removed", ["DELETE FROM audit_events WHERE event_id = \(fragment: event(1))"]) {
            .eventRemoved(position: 1, eventID: $0[0])
        },
        ChainAttack("an event removed", ["DELETE FROM audit_events WHERE event_id = \(fragment: event(4))"]) {
            .eventRemoved(position: 4, eventID: $0[3])
        },
        ChainAttack(
            "the newest event removed",
            ["DELETE FROM audit_events WHERE event_id = (SELECT max(event_id) FROM audit_events)"]
        ) { .eventRemoved(position: $0.count, eventID: $0[$0.count - 1]) },
        ChainAttack(
            "an event removed with its link",
            [
                "DELETE FROM audit_events WHERE event_id = \(fragment: event(4))",
                "DELETE FROM audit_links WHERE position = 4",
            ]
        ) { _ in .linkRemoved(position: 4) },
        ChainAttack(
            "the newest event removed with its link",
            [
                "DELETE FROM audit_events WHERE event_id = (SELECT max(event_id) FROM audit_events)",
                "DELETE FROM audit_links WHERE position = (SELECT max(position) FROM audit_links)",
            ]
        ) { .headMoved(position: $0.count, end: $0.count - 1) },
        ChainAttack(
            "the newest event removed with its link, and the end set back",
            [
                "DELETE FROM audit_events WHERE event_id = (SELECT max(event_id) FROM audit_events)",
                "DELETE FROM audit_links WHERE position = (SELECT max(position) FROM audit_links)",
                """
                UPDATE audit_chains c SET position = l.position, hash = l.hash
                FROM (SELECT position, hash FROM audit_links ORDER BY position DESC LIMIT 1) l
                WHERE c.position > 1
                """,
            ]
        ) { _ in .sealBroken },
        ChainAttack(
            "the oldest events removed as if retention had done it",
            [
                """
                UPDATE audit_chains c SET pruned_position = 2, pruned_hash = l.hash
                FROM audit_links l WHERE l.position = 2 AND l.workspace_id = c.workspace_id
                """,
                "DELETE FROM audit_events WHERE event_id IN (SELECT event_id FROM audit_links WHERE position < 3)",
                "DELETE FROM audit_links WHERE position < 3",
            ]
        ) { _ in .sealBroken },
    ]

    private static let additions: [ChainAttack] = [
        ChainAttack(
            "an event put in past the queue",
            [
                """
                INSERT INTO audit_events (workspace_id, event_id, occurred_at, actor_kind, action, outcome)
                OVERRIDING SYSTEM VALUE SELECT workspace_id, 1000000, now(), 'system', 'sign_in', 'done'
                FROM audit_events LIMIT 1
                """,
                "DELETE FROM audit_unsealed",
            ]
        ) { _ in .inserted(eventID: 1_000_000, count: 1) },
        ChainAttack(
            "a link put in between",
            [
                "UPDATE audit_links SET position = position + 1000 WHERE position > 3",
                "UPDATE audit_links SET position = position - 999 WHERE position > 1000",
                """
                INSERT INTO audit_links
                SELECT workspace_id, 4, event_id + 1000000, sealed_at, kept_from, hash FROM audit_links WHERE position = 3
                """,
                """
                INSERT INTO audit_events (workspace_id, event_id, occurred_at, actor_kind, action, outcome)
                OVERRIDING SYSTEM VALUE SELECT workspace_id, event_id, now(), 'system', 'sign_in', 'done'
                FROM audit_links WHERE position = 4
                """,
            ]
        ) { .altered(position: 4, eventID: $0[2] + 1_000_000) },
        ChainAttack(
            "two events exchanged",
            [
                "UPDATE audit_links SET event_id = -event_id WHERE position IN (3, 4)",
                """
                UPDATE audit_links l SET event_id = -o.event_id FROM audit_links o
                WHERE l.position IN (3, 4) AND o.position = 7 - l.position
                """,
            ]
        ) { .altered(position: 3, eventID: $0[3]) },
    ]

    private static let numbers: [ChainAttack] = [
        ChainAttack(
            "an event with a number below all",
            [
                """
                INSERT INTO audit_events (workspace_id, event_id, occurred_at, actor_kind, action, outcome)
                OVERRIDING SYSTEM VALUE SELECT workspace_id, -9223372036854775808, 'infinity', 'system', 'sign_in', 'done'
                FROM audit_events LIMIT 1
                """,
                "DELETE FROM audit_unsealed",
            ]
        ) { _ in .inserted(eventID: .min, count: 1) },
        ChainAttack(
            "an end behind which nothing fits",
            ["UPDATE audit_chains SET position = 9223372036854775807"]
        ) { .headMoved(position: .max, end: $0.count) },
        ChainAttack(
            "a beginning behind which nothing fits",
            ["UPDATE audit_chains SET position = 9223372036854775807, pruned_position = 9223372036854775807"]
        ) { _ in .linkRemoved(position: .max) },
        ChainAttack(
            "when a link was made, to no time",
            ["UPDATE audit_links SET sealed_at = '-infinity' WHERE position = 4"]
        ) { .altered(position: 4, eventID: $0[3]) },
        ChainAttack(
            "from when an event is counted, to no time",
            ["UPDATE audit_links SET kept_from = 'infinity' WHERE position = 4"]
        ) { .altered(position: 4, eventID: $0[3]) },
        ChainAttack(
            "events that retention is said to have deleted",
            [
                """
                UPDATE audit_chains c SET pruned_position = 2, pruned_hash = l.hash
                FROM audit_links l WHERE l.position = 2 AND l.workspace_id = c.workspace_id
                """
            ]
        ) { _ in .linkRemoved(position: 3) },
        ChainAttack(
            "a restart that the operator knows nothing of",
            [
                "UPDATE audit_events SET email = 'eve@company-a.example' WHERE event_id = \(fragment: event(3))",
                """
                UPDATE audit_chains SET restart_position = position, restart_hash = hash, restart_broken_from = 1
                WHERE position > 3
                """,
            ]
        ) { _ in .sealBroken },
    ]

    private static let links: [ChainAttack] = [
        ChainAttack("a link removed", ["DELETE FROM audit_links WHERE position = 4"]) { _ in .linkRemoved(position: 4)
        },
        ChainAttack("a link's hash", ["UPDATE audit_links SET hash = sha256('x') WHERE position = 4"]) {
            .altered(position: 4, eventID: $0[3])
        },
        ChainAttack(
            "when a link was made",
            ["UPDATE audit_links SET sealed_at = sealed_at - interval '1 second' WHERE position = 4"]
        ) { .altered(position: 4, eventID: $0[3]) },
        ChainAttack(
            "from when an event is counted",
            ["UPDATE audit_links SET kept_from = kept_from - interval '2 years' WHERE position = 4"]
        ) { .altered(position: 4, eventID: $0[3]) },
        ChainAttack("the end's hash", ["UPDATE audit_chains SET hash = sha256('x')"]) {
            .headMoved(position: $0.count, end: $0.count)
        },
        ChainAttack("the end removed", ["DELETE FROM audit_chains"]) { _ in .headRemoved },
        ChainAttack("the seal", ["UPDATE audit_chains SET seal = sha256('x')"]) { _ in .sealBroken },
        ChainAttack("no seal", ["UPDATE audit_chains SET seal = ''"]) { _ in .sealBroken },
        ChainAttack("whose seal it is", ["UPDATE audit_chains SET secret_key_id = '0123456789abcdef'"]) { _ in
            .sealUnknown(secretKeyID: "0123456789abcdef")
        },
    ]

    /// Every attack.
    static let all = changes + removals + additions + numbers + links
}
