import Foundation
import PostgreSQL
import Workspaces

/// Some links of a chain with their events, in their order: as much as one transaction reads.
struct AuditLinkPage: Sendable {
    /// How many links it has at most.
    static let length = 1_000

    private let log: AuditLog
    private let rows: [Row]

    /// The statement that reads the links behind a position.
    static func statement(_ log: AuditLog, after position: Int, upTo last: Int = .max) -> SQL {
        """
        SELECT \(fragment: AuditLink.columns), \(fragment: AuditRecord.columns),
            least(e.occurred_at, l.sealed_at) AS own_kept_from,
            CASE WHEN \(fragment: AuditRecord.isTellable("e.occurred_at"))
                AND \(fragment: AuditRecord.isTellable("l.sealed_at"))
                THEN l.sealed_at - e.occurred_at > make_interval(secs => \(Self.latenessSeconds)) ELSE false END AS is_late
        FROM audit_links l LEFT JOIN \(fragment: log.events) ON e.event_id = l.event_id
        WHERE l.workspace_id = \(log.scope.id) AND l.position > \(position) AND l.position <= \(last)
        ORDER BY l.position LIMIT \(Self.length)
        """
    }

    /// Takes the answer.
    init(_ result: QueryResult, of log: AuditLog) {
        self.log = log
        self.rows = result.rows
    }

    /// Whether there are no links behind these, of those that were asked for.
    var isLast: Bool { self.rows.count < Self.length }

    /// Whether the way goes on behind the page, which has not been gone to its end.
    enum Way: Hashable, Sendable {
        /// Every link was looked at, or what was wrong is no news.
        case goesOn
        /// The rest of the page was passed over: the next one is to be read from where the walk is.
        case jumped
        /// Something is wrong.
        case ends(AuditDefect)
    }

    /// Walks along the links.
    func go(_ walk: inout AuditChainWalk) throws -> Way {
        for row in self.rows {
            guard let defect = try self.step(&walk, row) else { continue }
            guard let position = defect.position, walk.passOver(position) else { return .ends(defect) }
            return .jumped
        }
        return .goesOn
    }

    private func step(_ walk: inout AuditChainWalk, _ row: Row) throws -> AuditDefect? {
        let record = try AuditRecord(row, of: self.log)
        guard let link = try AuditLink(row), try record != nil || row.optional("record_id", as: Int.self) == nil else {
            return .altered(position: try row.value("position"), eventID: try row.value("event_id"))
        }
        return walk.step(
            link,
            record,
            ownKeptFrom: record == nil ? nil : try row.value("own_kept_from"),
            isLate: try row.value("is_late")
        )
    }

    private static let latenessSeconds = Int(AuditChainWalk.lateness.components.seconds)
}
