import PostgreSQL
import Workspaces

extension AuditStore {
    /// Reads a part of the log of a workspace, newest first.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - filter: Which events.
    ///   - position: The `next` of the part before; `nil` for the newest.
    ///   - limit: How many events at most.
    /// - Returns: The events and where older ones go on.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func page(
        _ scope: WorkspaceScope,
        filter: AuditFilter = AuditFilter(),
        from position: Int? = nil,
        limit: Int
    ) async throws -> AuditPage {
        let email = filter.email?.storable.lowercased()
        let outcome = filter.isRefusalsOnly ? AuditEvent.Outcome.refused(.unavailable).name : nil
        let result = try await self.pool.query(
            """
            SELECT event_id, workspace_id, occurred_at, actor_kind, actor_email, action, email, outcome, code, detail
            FROM audit_events
            WHERE workspace_id = portico_workspace() AND event_id < coalesce(\(position), 9223372036854775807)
                AND (\(filter.action?.rawValue)::text IS NULL OR action = \(filter.action?.rawValue))
                AND (\(outcome)::text IS NULL OR outcome = \(outcome))
                AND (\(email)::text IS NULL OR strpos(lower(coalesce(email, '')), \(email)) > 0
                    OR strpos(coalesce(actor_email, ''), \(email)) > 0)
            ORDER BY event_id DESC LIMIT \(limit + 1)
            """,
            in: scope
        )
        let rows = result.rows.prefix(limit)
        return AuditPage(
            events: try rows.map { try AuditEvent($0, workspaceID: scope.workspaceID) },
            next: result.rows.count > limit ? try rows.last?.value("event_id") : nil
        )
    }
}
