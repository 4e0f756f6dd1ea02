import PostgreSQL
import Workspaces

/// Deletes what has expired of audit logs: always the beginning of a chain, event and link together.
///
/// The chain keeps the position and the hash of the newest link that was deleted, so that it holds without it. What is
/// not sealed is not deleted. What is deleted is looked at once more: where somebody else has changed it, or made it seem
/// older than it is, it goes, and the seal of the chain is not made anew, which shows from then on.
///
/// A chain whose secret key is not at hand stays whole: without a seal nobody could tell it from one that was cut short.
struct AuditPruning: Sendable {
    /// Seals the new ends.
    let secrets: SecretKeyring
    /// How many events one transaction deletes at most.
    let batchSize: Int

    /// Deletes a batch, in a transaction that has the role of retention and knows what has expired.
    ///
    /// - Returns: How many events it were.
    func prune(in transaction: Transaction) async throws -> Int {
        // Links of one chain expire in their order, so the last of the batch stands for all before it.
        let expired =
            try await transaction.query(
                """
                SELECT workspace_id, max(position) AS position FROM (
                    SELECT workspace_id, position FROM audit_links
                    WHERE kept_from < portico_retention_cutoff('portico.audit_cutoff')
                        AND workspace_id NOT IN (SELECT workspace_id FROM audit_chains
                            WHERE secret_key_id <> '' AND secret_key_id <> ALL (\(self.secrets.ids)))
                    ORDER BY kept_from, workspace_id, position LIMIT \(self.batchSize)
                ) batch GROUP BY workspace_id ORDER BY workspace_id
                """
            )
            .rows
        var count = 0
        for row in expired {
            count += try await self.prune(
                AuditLog(chain: WorkspaceID(try row.value("workspace_id"))),
                upTo: try row.value("position"),
                in: transaction
            )
        }
        return count
    }

    private func prune(_ log: AuditLog, upTo position: Int, in transaction: Transaction) async throws -> Int {
        let id = log.scope.id
        let opening = try await transaction.pipeline([
            """
            SELECT \(fragment: StoredAuditChain.columns) FROM audit_chains WHERE workspace_id = \(id) FOR UPDATE
            """,
            "SELECT hash FROM audit_links WHERE workspace_id = \(id) AND position = \(position)",
        ])
        var statements = [
            Self.deletion(of: log, upTo: position),
            "DELETE FROM audit_links WHERE workspace_id = \(id) AND position <= \(position)",
        ]
        if let row = try opening[0].optionalRow(), let link = try opening[1].optionalRow() {
            let chain = try StoredAuditChain(row)
            var head = chain.head
            head.prunedPosition = max(head.prunedPosition, min(position, head.position))
            head.prunedHash = try link.auditHash("hash")
            var walk = AuditChainWalk(chain.head)
            let isWhole = try await Self.go(&walk, along: log, upTo: position, in: transaction)
            let seal = isWhole ? chain.seal(of: head, with: self.secrets) : chain.seal
            statements.append(
                """
                UPDATE audit_chains SET pruned_position = \(head.prunedPosition), pruned_hash = \(head.prunedHash.bytes),
                    seal = \(seal.bytes), secret_key_id = \(seal.secretKeyID)
                WHERE workspace_id = \(id)
                """
            )
        }
        return try await transaction.pipeline(statements)[1].affectedRows
    }

    /// Looks at every link and its event, up to a position.
    ///
    /// - Returns: Whether they are as they were sealed, or as they were when the chain was begun anew behind them.
    private static func go(
        _ walk: inout AuditChainWalk,
        along log: AuditLog,
        upTo last: Int,
        in transaction: Transaction
    ) async throws -> Bool {
        var position = 0
        while true {
            let statement = AuditLinkPage.statement(log, after: position, upTo: last)
            let page = AuditLinkPage(try await transaction.query(statement), of: log)
            switch try page.go(&walk) {
            case .ends: return false
            case .goesOn where page.isLast: return true
            case .goesOn, .jumped: position = walk.reached
            }
        }
    }

    private static func deletion(of log: AuditLog, upTo position: Int) -> SQL {
        let sealed: SQL = """
            SELECT event_id FROM audit_links WHERE workspace_id = \(log.scope.id) AND position <= \(position)
            """
        return switch log {
        case .workspace:
            "DELETE FROM audit_events WHERE workspace_id = \(log.scope.id) AND event_id IN (\(fragment: sealed))"
        case .operator: "DELETE FROM operator_audit_events WHERE event_id IN (\(fragment: sealed))"
        }
    }
}
