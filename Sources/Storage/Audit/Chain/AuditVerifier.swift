package import PostgreSQL
import Workspaces

/// Computes the chain of an audit log anew and compares it with what is stored.
///
/// The computing happens here and not in the database, which may be what somebody has changed.
package struct AuditVerifier: Sendable {
    private let pool: ConnectionPool
    private let secrets: SecretKeyring?

    /// How many links one statement reads.
    private static let linkBatch = 1_000
    /// How many events one statement looks for a link of.
    private static let eventBatch = 10_000

    /// Makes a verifier over a pool.
    ///
    /// - Parameters:
    ///   - pool: Whose role is ``StorageRole/operator`` or, for logs of workspaces, ``StorageRole/service``.
    ///   - secrets: Those under which ends of chains are sealed; without them the seal is not compared.
    package init(pool: ConnectionPool, secrets: SecretKeyring?) {
        self.pool = pool
        self.secrets = secrets
    }

    /// Looks at a whole chain, on one snapshot of the database, which sealing and retention do not disturb.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``; `CancellationError` between two batches.
    package func verify(_ log: AuditLog) async throws -> AuditVerification {
        try await self.pool.withTransaction(isolation: .repeatableRead, prelude: [log.scope.enter]) { transaction in
            let row =
                try await transaction.query(
                    """
                    SELECT \(fragment: StoredAuditChain.columns) FROM audit_chains
                    WHERE workspace_id = portico_workspace()
                    """
                )
                .optionalRow()
            let chain = try row.map { try StoredAuditChain($0) }
            let head = chain?.head ?? .empty
            var walk = AuditChainWalk(head)
            var defect = try await Self.walk(&walk, along: log, in: transaction)
            if defect == nil {
                defect = chain == nil && walk.reached > 0 ? .headRemoved : walk.end(at: head)
            }
            if defect == nil, let secrets { defect = chain?.defect(with: secrets) }
            let outside = try await Self.outside(log, in: transaction)
            if defect == nil || defect?.isUnknownKey == true, let inserted = outside.inserted { defect = inserted }
            return AuditVerification(
                head: head,
                verified: walk.reached - head.prunedPosition,
                defect: defect,
                unsealed: outside.unsealed,
                late: walk.lateCount,
                firstLate: walk.firstLate,
                isSealChecked: self.secrets != nil
            )
        }
    }

    /// Looks at every link and its event, up to a position.
    static func walk(
        _ walk: inout AuditChainWalk,
        along log: AuditLog,
        upTo last: Int = .max,
        in transaction: Transaction
    ) async throws -> AuditDefect? {
        var position = 0
        while true {
            try Task.checkCancellation()
            let rows =
                try await transaction.query(
                    """
                    SELECT \(fragment: AuditLink.columns), \(fragment: AuditRecord.columns),
                        least(e.occurred_at, l.sealed_at) AS own_kept_from,
                        coalesce(l.sealed_at - e.occurred_at > make_interval(secs => \(Self.latenessSeconds)), false) AS is_late
                    FROM audit_links l LEFT JOIN \(fragment: log.events) ON e.event_id = l.event_id
                    WHERE l.workspace_id = \(log.scope.id) AND l.position > \(position) AND l.position <= \(last)
                    ORDER BY l.position LIMIT \(Self.linkBatch)
                    """
                )
                .rows
            for row in rows {
                let link = try AuditLink(row)
                let record = try AuditRecord(row, of: log)
                let defect = walk.step(
                    link,
                    record,
                    ownKeptFrom: record == nil ? nil : try row.value("own_kept_from"),
                    isLate: try row.value("is_late")
                )
                if let defect { return defect }
                position = link.position
            }
            guard rows.count == Self.linkBatch else { return nil }
        }
    }

    // MARK: - Private

    /// Counts the events that have no link: those that wait for one, and those that were written past Portico.
    private static func outside(
        _ log: AuditLog,
        in transaction: Transaction
    ) async throws -> (unsealed: Int, inserted: AuditDefect?) {
        var last = -1
        var unsealed = 0
        var first: Int?
        var inserted = 0
        while true {
            try Task.checkCancellation()
            let row =
                try await transaction.query(
                    """
                    WITH part AS MATERIALIZED (
                        SELECT e.event_id FROM \(fragment: log.events) WHERE e.event_id > \(last)
                        ORDER BY e.event_id LIMIT \(Self.eventBatch)
                    ), unsealed AS MATERIALIZED (
                        SELECT p.event_id, EXISTS (
                            SELECT FROM audit_unsealed u WHERE u.workspace_id = portico_workspace()
                                AND (u.event_id = p.event_id OR u.is_backlog AND u.event_id >= p.event_id)
                        ) AS waits
                        FROM part p WHERE NOT EXISTS (
                            SELECT FROM audit_links l
                            WHERE l.workspace_id = portico_workspace() AND l.event_id = p.event_id
                        )
                    )
                    SELECT (SELECT max(event_id) FROM part) AS last, (SELECT count(*) FROM part) AS count,
                        count(*) FILTER (WHERE waits) AS waiting, count(*) FILTER (WHERE NOT waits) AS inserted,
                        min(event_id) FILTER (WHERE NOT waits) AS first
                    FROM unsealed
                    """
                )
                .singleRow()
            unsealed += try row.value("waiting", as: Int.self)
            inserted += try row.value("inserted", as: Int.self)
            first = try first ?? row.optional("first")
            guard try row.value("count", as: Int.self) == Self.eventBatch,
                let next = try row.optional("last", as: Int.self)
            else { break }
            last = next
        }
        return (unsealed, first.map { .inserted(eventID: $0, count: inserted) })
    }

    private static let latenessSeconds = Int(AuditChainWalk.lateness.components.seconds)
}
