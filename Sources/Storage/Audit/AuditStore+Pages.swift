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
    /// - Throws: `PostgreSQLError`.
    package func page(
        _ scope: WorkspaceScope,
        filter: AuditFilter = AuditFilter(),
        from position: Int? = nil,
        limit: Int
    ) async throws -> AuditPage {
        let result = try await self.pool.query(
            """
            SELECT event_id, workspace_id, occurred_at, actor_kind, actor_email, action, email, outcome, code, detail
            FROM audit_events
            WHERE workspace_id = portico_workspace() AND event_id < coalesce(\(position), 9223372036854775807)
                AND \(fragment: Self.condition(filter))
            ORDER BY event_id DESC LIMIT \(limit + 1)
            """,
            in: scope
        )
        let rows = result.rows.prefix(limit)
        let excerpt = try AuditExcerpt(rows, workspaceID: scope.workspaceID)
        return AuditPage(
            events: excerpt.events,
            unreadable: excerpt.unreadable,
            next: result.rows.count > limit ? try rows.last?.value("event_id") : nil
        )
    }

    /// Reads a part of the log of a workspace as it is stored, with the links, newest first: all that it takes to compute
    /// the hashes anew.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - filter: Which events.
    ///   - position: The `next` of the part before; `nil` for the newest.
    ///   - limit: How many events at most.
    /// - Returns: The events, each with its link where it has one, and where older ones go on.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func entries(
        _ scope: WorkspaceScope,
        filter: AuditFilter,
        from position: Int? = nil,
        limit: Int
    ) async throws -> AuditEntryPage {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: AuditRecord.columns), \(fragment: AuditLink.columns),
                coalesce(p.hash, c.pruned_hash) AS previous_hash
            FROM (
                SELECT * FROM audit_events
                WHERE workspace_id = portico_workspace() AND event_id < coalesce(\(position), 9223372036854775807)
                    AND \(fragment: Self.condition(filter))
                ORDER BY event_id DESC LIMIT \(limit)
            ) e
            LEFT JOIN audit_links l ON l.workspace_id = e.workspace_id AND l.event_id = e.event_id
            LEFT JOIN audit_links p ON p.workspace_id = l.workspace_id AND p.position = l.position - 1
            LEFT JOIN audit_chains c ON c.workspace_id = l.workspace_id AND c.pruned_position = l.position - 1
            ORDER BY e.event_id DESC
            """,
            in: scope
        )
        return AuditEntryPage(
            entries: try result.rows.compactMap { try AuditEntry($0, of: .workspace(scope)) },
            next: result.rows.count == limit ? try result.rows.last?.value("record_id") : nil
        )
    }

    private static func condition(_ filter: AuditFilter) -> SQL {
        let email = filter.email?.storable.lowercased()
        let outcome = filter.isRefusalsOnly ? AuditEvent.Outcome.refused(.unavailable).name : nil
        return """
            (\(filter.action?.rawValue)::text IS NULL OR action = \(filter.action?.rawValue))
                AND (\(outcome)::text IS NULL OR outcome = \(outcome))
                AND (\(email)::text IS NULL OR strpos(lower(coalesce(email, '')), \(email)) > 0
                    OR strpos(coalesce(actor_email, ''), \(email)) > 0)
                AND (\(filter.since)::timestamptz IS NULL OR occurred_at >= \(filter.since))
                AND (\(filter.until)::timestamptz IS NULL OR occurred_at < \(filter.until))
            """
    }
}
