import PostgreSQL
import Workspaces

extension AuditStore {
    /// Reads from the log of a workspace who became active last and who was refused for want of a seat (behavior C2).
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - limit: How many events of each kind at most.
    /// - Returns: The events, newest first.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func seatHistory(_ scope: WorkspaceScope, limit: Int) async throws -> SeatHistory {
        SeatHistory(
            taken: try await self.newest(
                scope,
                "action IN ('member_registered', 'member_activated') AND outcome = 'done' AND detail ->> 'state' = 'ACTIVE'",
                limit: limit
            ),
            refused: try await self.newest(scope, "action = 'seat_limit_reached'", limit: limit)
        )
    }

    private func newest(_ scope: WorkspaceScope, _ condition: SQL, limit: Int) async throws -> [AuditEvent] {
        let result = try await self.pool.query(
            """
            SELECT event_id, workspace_id, occurred_at, actor_kind, actor_email, action, email, outcome, code, detail
            FROM audit_events WHERE workspace_id = portico_workspace() AND \(fragment: condition)
            ORDER BY event_id DESC LIMIT \(limit)
            """,
            in: scope
        )
        return try AuditExcerpt(result.rows, workspaceID: scope.workspaceID).events
    }
}
