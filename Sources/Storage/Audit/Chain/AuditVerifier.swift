package import PostgreSQL
import Workspaces

/// Computes the chain of an audit log anew and compares it with what is stored.
///
/// The computing happens here and not in the database, which may be what somebody has changed.
package struct AuditVerifier: Sendable {
    private let pool: ConnectionPool
    private let secrets: SecretKeyring?

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

    /// Looks at a whole chain, part by part.
    ///
    /// Each part is read in a transaction of its own, with the ends of the chain as they are then. So nothing is held up by
    /// a long chain, and what is sealed and what expires meanwhile is seen as that.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``; `CancellationError` between two parts.
    package func verify(_ log: AuditLog) async throws -> AuditVerification {
        var walk = AuditChainWalk(.empty)
        var isFirst = true
        while true {
            try Task.checkCancellation()
            let (chain, page) = try await self.read(log, behind: walk.reached)
            let head = chain?.head ?? .empty
            // Only retention moves the beginning, and it seals that: what it has not is no reason to pass anything over.
            if walk.goOn(head), !isFirst, let defect = self.sealDefect(of: chain), !defect.isUnknownKey {
                return try await self.verification(log, chain, walk, defect: defect)
            }
            isFirst = false
            switch try page.go(&walk) {
            case .ends(let defect): return try await self.verification(log, chain, walk, defect: defect)
            case .jumped: continue
            case .goesOn where !page.isLast: continue
            case .goesOn: break
            }
            let end = chain == nil && walk.reached > 0 ? AuditDefect.headRemoved : walk.end(at: head)
            return try await self.verification(log, chain, walk, defect: end ?? self.sealDefect(of: chain))
        }
    }

    // MARK: - Private

    /// Reads the ends of a chain and the links behind a position, as they were at one moment.
    private func read(_ log: AuditLog, behind position: Int) async throws -> (StoredAuditChain?, AuditLinkPage) {
        try await self.pool.withTransaction(isolation: .repeatableRead, prelude: [log.scope.enter]) { transaction in
            let results = try await transaction.pipeline([
                """
                SELECT \(fragment: StoredAuditChain.columns) FROM audit_chains
                WHERE workspace_id = portico_workspace()
                """,
                AuditLinkPage.statement(log, after: position),
            ])
            return (
                try results[0].optionalRow().map { try StoredAuditChain($0) },
                AuditLinkPage(results[1], of: log)
            )
        }
    }

    private func sealDefect(of chain: StoredAuditChain?) -> AuditDefect? {
        self.secrets.flatMap { chain?.defect(with: $0) }
    }

    private func verification(
        _ log: AuditLog,
        _ chain: StoredAuditChain?,
        _ walk: AuditChainWalk,
        defect: AuditDefect?
    ) async throws -> AuditVerification {
        let outside = try await self.outside(log)
        return AuditVerification(
            head: chain?.head ?? .empty,
            verified: walk.count,
            chainDefect: defect,
            inserted: outside.inserted,
            unsealed: outside.unsealed,
            late: walk.lateCount,
            firstLate: walk.firstLate,
            isSealChecked: self.secrets != nil
        )
    }

    /// Counts the events that have no link: those that wait for one, and those that were written past Portico.
    private func outside(_ log: AuditLog) async throws -> (unsealed: Int, inserted: AuditDefect?) {
        // Somebody else may have chosen any number.
        var next = Int.min
        var unsealed = 0
        var first: Int?
        var inserted = 0
        while true {
            try Task.checkCancellation()
            let row =
                try await self.pool
                .query(
                    """
                    WITH part AS MATERIALIZED (
                        SELECT e.event_id FROM \(fragment: log.events) WHERE e.event_id >= \(next)
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
                    """,
                    in: log.scope
                )
                .singleRow()
            unsealed += try row.value("waiting", as: Int.self)
            inserted += try row.value("inserted", as: Int.self)
            first = try first ?? row.optional("first")
            guard try row.value("count", as: Int.self) == Self.eventBatch,
                let last = try row.optional("last", as: Int.self), last < .max
            else { break }
            next = last + 1
        }
        return (unsealed, first.map { .inserted(eventID: $0, count: inserted) })
    }
}
