package import FoundationEssentials
import PostgreSQL
package import Workspaces

/// What the latest look of a node at the whole chain of an audit log came to.
package struct AuditChainStatus: Hashable, Sendable {
    /// When that was.
    package let verifiedAt: Date
    /// The end of the chain then.
    package let position: Int
    /// What was wrong, in a sentence without its full stop; `nil` when nothing was.
    package let defect: String?
}

extension AuditStore {
    /// Reads what the latest look at the chain of a workspace's log came to.
    ///
    /// - Returns: `nil` before the first.
    /// - Throws: `PostgreSQLError`.
    package func chainStatus(_ scope: WorkspaceScope) async throws -> AuditChainStatus? {
        let row = try await self.pool
            .query(
                """
                SELECT verified_at, verified_position, defect FROM audit_chains
                WHERE workspace_id = \(scope.id) AND verified_at IS NOT NULL
                """
            )
            .optionalRow()
        return try row.map { row in
            AuditChainStatus(
                verifiedAt: try row.value("verified_at"),
                position: try row.value("verified_position"),
                defect: try row.optional("defect")
            )
        }
    }

    /// Reads the operator's log, oldest first.
    ///
    /// It takes the role ``StorageRole/operator``.
    ///
    /// - Parameters:
    ///   - since: The time of the oldest event to read; `nil` for all that are kept.
    ///   - limit: How many of the newest events to read at most.
    /// - Returns: The events in the order in which they were written.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func operatorEvents(since: Date? = nil, limit: Int) async throws -> [AuditEvent] {
        let result = try await self.pool.query(
            """
            SELECT occurred_at, actor_kind, actor_email, action, email, outcome, code, detail
            FROM operator_audit_events WHERE occurred_at >= coalesce(\(since), '-infinity')
            ORDER BY event_id DESC LIMIT \(limit)
            """
        )
        return try result.rows.reversed().map { try AuditEvent($0, workspaceID: nil) }
    }
}
