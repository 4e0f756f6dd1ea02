package import FoundationEssentials
import PostgreSQL
package import Workspaces

extension SessionStore {
    /// Reads a part of the list of the sessions that open a workspace at this time, newest first.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - text: Only of people whose address or name has this part, whatever its case; `nil` for everybody's.
    ///   - after: The `next` of the part before; `nil` for the first.
    ///   - limit: How many sessions at most.
    ///   - now: The present.
    /// - Returns: The sessions and where the list goes on.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func page(
        _ scope: WorkspaceScope,
        text: String? = nil,
        after: SessionPage.Position? = nil,
        limit: Int,
        now: Date
    ) async throws -> SessionPage {
        let text = text?.storable.lowercased()
        let result = try await self.pool.query(
            """
            SELECT \(fragment: Session.columns), s.idp_issuer,
                (extract(epoch FROM s.authenticated_at) * 1000000)::bigint AS began
            FROM sessions s
            JOIN memberships m USING (workspace_id, user_id)
            JOIN workspaces w USING (workspace_id)
            WHERE s.workspace_id = portico_workspace() AND s.expires_at > \(now)
                AND s.last_seen_at + make_interval(secs => s.max_idle_seconds) > \(now) AND m.state = 'ACTIVE'
                AND (s.authenticated_at, s.session_id) < (
                    coalesce('epoch'::timestamptz + make_interval(secs => \(after?.microseconds)::bigint / 1000000)
                        + (\(after?.microseconds)::bigint % 1000000) * interval '1 microsecond', 'infinity'),
                    coalesce(\(after?.session.uuid), 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
                AND (\(text)::text IS NULL OR strpos(m.email, \(text)) > 0
                    OR strpos(lower(m.display_name), \(text)) > 0)
            ORDER BY s.authenticated_at DESC, s.session_id DESC LIMIT \(limit + 1)
            """,
            in: scope
        )
        let rows = result.rows.prefix(limit)
        let last = result.rows.count > limit ? rows.last : nil
        return SessionPage(
            entries: try rows.map { ListedSession(session: try Session($0), issuer: try $0.optional("idp_issuer")) },
            next: try last.map { row in
                SessionPage.Position(
                    microseconds: try row.value("began"),
                    session: SessionID(try row.value("session_id", as: UUID.self))
                )
            }
        )
    }

    /// Ends one session by an administrator's wish; other nodes hear of it.
    ///
    /// - Returns: Whether the workspace had such a session.
    /// - Throws: `PostgreSQLError`.
    package func revoke(
        _ scope: WorkspaceScope,
        session: SessionID,
        by actor: AuditActor,
        now: Date
    ) async throws -> Bool {
        try await self.pool.withTransaction(in: scope) { transaction in
            try await scope.lock(in: transaction)
            let results = try await transaction.pipeline([
                """
                SELECT m.email FROM sessions s JOIN memberships m USING (workspace_id, user_id)
                WHERE s.workspace_id = portico_workspace() AND s.session_id = \(session.uuid)
                """,
                SessionDeletion.statement(for: .session(session)),
            ])
            guard let row = try results.first?.optionalRow(), results.last?.affectedRows ?? 0 > 0 else { return false }
            let event = AuditEvent(
                time: now,
                workspaceID: scope.workspaceID,
                actor: actor,
                action: .sessionsRevoked,
                email: try row.value("email", as: String.self),
                detail: ["sessions": "1", "session": session.description]
            )
            try await transaction.pipeline([AuditStore.insert(event), SessionDeletion.notify(.session(session))])
            return true
        }
    }

    /// Ends every session of a workspace but one, by the wish of whoever has that one; other nodes hear of it.
    ///
    /// - Returns: How many sessions there were.
    /// - Throws: `PostgreSQLError`.
    package func revokeAll(
        _ scope: WorkspaceScope,
        but kept: SessionID,
        by actor: AuditActor,
        now: Date
    ) async throws -> Int {
        try await self.pool.withTransaction(in: scope) { transaction in
            try await scope.lock(in: transaction)
            let count = try await transaction.query(SessionDeletion.statement(keeping: kept)).affectedRows
            let event = AuditEvent(
                time: now,
                workspaceID: scope.workspaceID,
                actor: actor,
                action: .sessionsRevoked,
                detail: ["sessions": "\(count)", "kept": kept.description]
            )
            // The one that stays is loaded anew, as after a change of its role.
            try await transaction.pipeline([
                AuditStore.insert(event), SessionDeletion.notify(.workspace(scope.workspaceID)),
            ])
            return count
        }
    }
}
