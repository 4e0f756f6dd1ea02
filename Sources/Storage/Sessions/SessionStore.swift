package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The sessions of signed-in people.
package struct SessionStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Finds the session that a token opens, with the person's present role and names.
    ///
    /// One round trip, on a plan that each connection makes once.
    ///
    /// Whether it has expired is for `Session.validity(at:)` to say.
    ///
    /// - Returns: `nil` if there is none, or if the member is not active or the workspace not enabled any more.
    /// - Throws: `PostgreSQLError`.
    package func session(_ tokenHash: SessionTokenHash) async throws -> Session? {
        try await self.sessions([tokenHash])[tokenHash]?.get()
    }

    /// The tokens of the sessions that will end last: those that were opened last, where all last equally long.
    ///
    /// They say nothing of a workspace: whoever reads one of them finds out whether it opens any.
    ///
    /// - Parameters:
    ///   - count: How many at most.
    ///   - now: The present.
    /// - Returns: The hashes, of the session that ends last first.
    /// - Throws: `PostgreSQLError`.
    package func newestTokens(_ count: Int, now: Date) async throws -> [SessionTokenHash] {
        let result = try await self.pool.query(
            """
            SELECT token_hash FROM session_tokens WHERE expires_at > \(now) ORDER BY expires_at DESC LIMIT \(count)
            """
        )
        return try result.rows.map { row in
            guard let hash = SessionTokenHash(bytes: try row.value("token_hash", as: [UInt8].self)) else {
                throw StoredValueError(column: "token_hash")
            }
            return hash
        }
    }

    /// Writes down when sessions were last used, many at once.
    ///
    /// An older time never overwrites a newer one.
    ///
    /// - Throws: `PostgreSQLError`; then nothing was written.
    package func touch(_ touches: [SessionTouch]) async throws {
        guard !touches.isEmpty else {
            return
        }
        var statements: [SQL] = []
        // In a fixed order, so that two nodes that write the same sessions wait for each other instead of deadlocking.
        let groups = Dictionary(grouping: touches, by: \.workspaceID)
        for (workspaceID, group) in groups.sorted(by: { $0.key.description < $1.key.description }) {
            let ordered = group.sorted { $0.sessionID.description < $1.sessionID.description }
            statements.append(WorkspaceScope(workspaceID).enter)
            statements.append(
                """
                UPDATE sessions s SET last_seen_at = t.last_seen_at
                FROM unnest(\(ordered.map(\.sessionID.uuid)), \(ordered.map(\.lastSeenAt)))
                    AS t (session_id, last_seen_at)
                WHERE s.workspace_id = portico_workspace() AND s.session_id = t.session_id
                    AND s.last_seen_at < t.last_seen_at
                """
            )
        }
        let batch = statements
        _ = try await self.pool.withTransaction { transaction in
            try await transaction.pipeline(batch)
        }
    }

    /// Lists the sessions of a workspace that have not reached their end, newest first.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - email: Only this person's sessions; `nil` for everybody's.
    ///   - now: The present.
    /// - Returns: The sessions that open the workspace at this time.
    /// - Throws: `PostgreSQLError`.
    package func sessions(_ scope: WorkspaceScope, of email: Email? = nil, now: Date) async throws -> [Session] {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: Session.columns)
            FROM sessions s
            JOIN memberships m USING (workspace_id, user_id)
            JOIN workspaces w USING (workspace_id)
            WHERE s.workspace_id = portico_workspace() AND s.expires_at > \(now) AND m.state = 'ACTIVE'
                AND (\(email?.value) IS NULL OR m.email = \(email?.value))
            ORDER BY s.authenticated_at DESC, s.session_id
            """,
            in: scope
        )
        return try result.rows.map { try Session($0) }.filter { $0.validity(at: now) == .valid }
    }

    /// Ends one session because its person signed out; other nodes hear of it.
    ///
    /// - Returns: The session with the identity provider's names for it; `nil` if there was no such session.
    /// - Throws: `PostgreSQLError`.
    @discardableResult
    package func signOut(_ scope: WorkspaceScope, session: Session, now: Date) async throws -> EndedSession? {
        try await self.pool.withTransaction(in: scope) { transaction in
            let results = try await transaction.pipeline([
                """
                SELECT \(fragment: IdentityProviderSession.columns) FROM sessions s
                WHERE s.workspace_id = portico_workspace() AND s.session_id = \(session.id.uuid)
                """,
                SessionDeletion.statement(for: .session(session.id)),
            ])
            guard let row = try results[0].optionalRow(), results[1].affectedRows > 0 else {
                return nil
            }
            let event = AuditEvent(
                time: now,
                workspaceID: scope.workspaceID,
                actor: .member(session.email),
                action: .signOut,
                email: session.email.value,
                detail: ["session": session.id.description]
            )
            try await transaction.pipeline([
                AuditStore.insert(event), SessionDeletion.notify(.session(session.id)),
            ])
            return EndedSession(session: session, identityProviderSession: try IdentityProviderSession(row))
        }
    }

    /// Ends the sessions of a workspace or of one person by the operator's wish; other nodes hear of it.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - email: Only this person's sessions; `nil` for everybody's.
    ///   - actor: On whose word.
    ///   - now: The present.
    /// - Returns: How many sessions there were.
    /// - Throws: `PostgreSQLError`.
    package func revoke(
        _ scope: WorkspaceScope,
        of email: Email? = nil,
        by actor: AuditActor,
        now: Date
    ) async throws -> Int {
        try await self.pool.withTransaction(in: scope) { transaction in
            try await scope.lock(in: transaction)
            var invalidation = SessionInvalidation.workspace(scope.workspaceID)
            if let email {
                let member = try await transaction.query(
                    "SELECT user_id FROM memberships WHERE workspace_id = portico_workspace() AND email = \(email.value)"
                )
                guard let row = try member.optionalRow() else {
                    return 0
                }
                invalidation = .member(scope.workspaceID, UserID(try row.value("user_id", as: UUID.self)))
            }
            let deleted = try await transaction.query(SessionDeletion.statement(for: invalidation))
            let count = deleted.affectedRows
            let event = AuditEvent(
                time: now,
                workspaceID: scope.workspaceID,
                actor: actor,
                action: .sessionsRevoked,
                email: email?.value,
                detail: ["sessions": "\(count)"]
            )
            try await transaction.pipeline([AuditStore.insert(event), SessionDeletion.notify(invalidation)])
            return count
        }
    }
}
