import FoundationEssentials
package import PostgreSQL
import Workspaces

/// Seals the audit logs: gives each event a link in the chain of its log.
///
/// Whoever writes an event takes no part in that, so that nobody waits for a chain. A trigger notes the event in
/// `audit_unsealed`, and nodes seal what stands there, log by log, in transactions of their own.
package struct AuditChainStore: Sendable {
    let pool: ConnectionPool
    let secrets: SecretKeyring

    /// How many events one transaction seals at most.
    static let batchSize = 500

    /// Makes a store over a pool.
    ///
    /// - Parameters:
    ///   - pool: Whose role is ``StorageRole/service``.
    ///   - secrets: The first seals the ends of chains.
    package init(pool: ConnectionPool, secrets: SecretKeyring) {
        self.pool = pool
        self.secrets = secrets
    }

    /// Names logs with events that are not sealed yet, those that have waited longest first; not those whose end is sealed
    /// under a secret key that is not there, which would keep the others waiting.
    ///
    /// - Throws: `PostgreSQLError`.
    package func unsealed(limit: Int) async throws -> [AuditLog] {
        let result = try await self.pool.query(
            """
            SELECT workspace_id FROM audit_unsealed
            WHERE workspace_id NOT IN (SELECT workspace_id FROM audit_chains
                WHERE secret_key_id <> '' AND secret_key_id <> ALL (\(self.secrets.ids)))
            GROUP BY workspace_id ORDER BY min(event_id) LIMIT \(limit)
            """
        )
        return try result.rows.map { AuditLog(chain: WorkspaceID(try $0.value("workspace_id"))) }
    }

    /// Seals the oldest events of a log that are not sealed, at most a batch of them.
    ///
    /// The row of the chain is locked meanwhile, so several nodes may try at once.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func seal(_ log: AuditLog) async throws -> AuditSealing {
        try await self.pool.withTransaction(in: log.scope) { transaction in
            let opening = try await transaction.pipeline([Self.begin, Self.lock, Self.end, Self.queue])
            let chain = try StoredAuditChain(try opening[1].singleRow())
            let queue = opening[3].rows
            // With another seal in its place, the node that has the key would find the chain broken for ever.
            guard !chain.isSealedElsewhere(self.secrets), let first = queue.first else {
                return AuditSealing(head: chain.head, count: 0, goesOn: false)
            }
            let ids = try queue.map { try $0.value("event_id", as: Int.self) }
            let end = try AuditChainEnd(try opening[2].singleRow(), of: chain)
            guard end.hasRoom else { return AuditSealing(head: chain.head, count: 0, goesOn: false) }
            // What was there before the chains comes first, and in the order of its numbers.
            let isBacklog: Bool = try first.value("is_backlog")
            var rows: [Row] = []
            var links: [AuditLink] = []
            var last = end.eventID
            repeat {
                let waiting =
                    isBacklog ? log.unsealed(after: last, until: ids[0], maximum: Self.batchSize) : log.unsealed(ids)
                rows = try await transaction.query(Self.events(waiting)).rows
                links = try end.links(to: rows, of: log)
                last = try rows.last?.value("record_id") ?? last
                // A whole batch that gets no links must not keep what comes behind it from them.
            } while isBacklog && links.isEmpty && rows.count == Self.batchSize
            let isFull = (isBacklog ? rows : queue).count == Self.batchSize
            var statements = self.addition(of: links, to: chain, sealedAt: end.now)
            if links.count < rows.count { statements.append(Self.haste) }
            if !isBacklog {
                statements.append(Self.deletion(of: ids))
            } else if !isFull {
                statements.append(Self.deletion(of: [ids[0]]))
            }
            _ = try await transaction.pipeline(statements)
            // Behind what was there before the chains stands what was written since.
            let goesOn = isFull || isBacklog
            return AuditSealing(head: chain.head(after: links), count: links.count, goesOn: goesOn)
        }
    }

    // MARK: - Private

    private func addition(of links: [AuditLink], to chain: StoredAuditChain, sealedAt: Date) -> [SQL] {
        guard !links.isEmpty else { return [] }
        let head = chain.head(after: links)
        let seal = chain.seal(of: head, with: self.secrets)
        return [
            """
            INSERT INTO audit_links (workspace_id, position, event_id, sealed_at, kept_from, hash)
            SELECT portico_workspace(), position, event_id, \(sealedAt), kept_from, decode(hash, 'hex')
            FROM unnest(\(links.map(\.position)), \(links.map(\.eventID)), \(links.map(\.keptFrom)),
                \(links.map(\.hash.description))) AS added (position, event_id, kept_from, hash)
            """,
            """
            UPDATE audit_chains SET position = \(head.position), hash = \(head.hash.bytes),
                seal = \(seal.bytes), secret_key_id = \(seal.secretKeyID)
            WHERE workspace_id = portico_workspace()
            """,
        ]
    }

    /// Makes the row of a chain that has none: empty, or at the end of the links that there are, and then without a seal.
    static let begin: SQL = """
        INSERT INTO audit_chains (workspace_id, position, hash, pruned_position, pruned_hash, seal, secret_key_id,
            verify_after)
        SELECT portico_workspace(), coalesce(l.position, 0), coalesce(l.hash, \(AuditHash.origin.bytes)), 0,
            \(AuditHash.origin.bytes), '', '', now() + interval '1 minute'
        FROM (SELECT) nothing LEFT JOIN LATERAL (
            SELECT position, hash FROM audit_links WHERE workspace_id = portico_workspace()
            ORDER BY position DESC LIMIT 1
        ) l ON true
        ON CONFLICT (workspace_id) DO NOTHING
        """

    static let lock: SQL = """
        SELECT \(fragment: StoredAuditChain.columns) FROM audit_chains
        WHERE workspace_id = portico_workspace() FOR UPDATE
        """

    private static let end: SQL = """
        SELECT now() AS now, \(fragment: AuditRecord.timeText("now()")) AS now_text, l.position, l.event_id, l.kept_from
        FROM (SELECT) nothing LEFT JOIN LATERAL (
            SELECT position, event_id, kept_from FROM audit_links WHERE workspace_id = portico_workspace()
            ORDER BY position DESC LIMIT 1
        ) l ON true
        """

    private static func events(_ waiting: SQL) -> SQL {
        "SELECT \(fragment: AuditRecord.columns), e.occurred_at FROM \(fragment: waiting) ORDER BY e.event_id"
    }

    /// Has the whole chain looked at soon, because something is wrong with it.
    private static let haste: SQL = """
        UPDATE audit_chains SET verify_after = now() WHERE workspace_id = portico_workspace()
        """

    private static let queue: SQL = """
        SELECT event_id, is_backlog FROM audit_unsealed WHERE workspace_id = portico_workspace()
        ORDER BY is_backlog DESC, event_id LIMIT \(Self.batchSize)
        """

    private static func deletion(of eventIDs: [Int]) -> SQL {
        """
        DELETE FROM audit_unsealed WHERE workspace_id = portico_workspace() AND event_id = ANY(\(eventIDs))
        """
    }
}
