package import FoundationEssentials
package import PostgreSQL
package import SAML
package import Workspaces

/// Single logout in both directions.
///
///     ours      begin ──► logout request ──► consume, by the browser that signed out
///     theirs    workspaces(ofIdentityProvider:) ──► rules of SAML ──► end ──► sessions gone on every node
package struct LogoutStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    // MARK: - Requests of ours

    /// Stores a request before the browser is sent to the identity provider.
    ///
    /// - Throws: `PostgreSQLError`.
    package func begin(_ logout: OutstandingLogout) async throws {
        try await self.pool.query(
            """
            INSERT INTO logout_requests (request_id, workspace_id, browser_hash, expires_at)
            VALUES (\(logout.id.value), \(logout.workspaceID.uuid), \(logout.browserHash.bytes), \(logout.expiresAt))
            """
        )
    }

    /// Takes the request that a response answers, if the browser that signed out brings it.
    ///
    /// - Parameters:
    ///   - id: The request that the response claims to answer.
    ///   - browserHash: The browser that brings the response; another one's leaves the request where it is.
    ///   - now: The present.
    /// - Returns: The workspace whose certificates decide on the response; `nil` for a request that was never made, was
    ///   answered, ran out, or is another browser's.
    /// - Throws: `PostgreSQLError`.
    package func consume(_ id: MessageID, of browserHash: BrowserHash, now: Date) async throws -> WorkspaceScope? {
        let result = try await self.pool.query(
            """
            DELETE FROM logout_requests
            WHERE request_id = \(id.value) AND browser_hash = \(browserHash.bytes) AND expires_at > \(now)
            RETURNING workspace_id
            """
        )
        return try result.optionalRow()
            .map { row in WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self))) }
    }

    // MARK: - Requests of an identity provider's

    /// Finds the workspaces that have an identity provider of this name, whoever claims the name.
    ///
    /// Several may have one (behavior T3). Whether a message is that identity provider's is for each workspace's
    /// certificates to say.
    ///
    /// - Parameters:
    ///   - issuer: The name.
    ///   - limit: How many to find at most.
    /// - Returns: The workspaces in a fixed order.
    /// - Throws: `PostgreSQLError`.
    package func workspaces(ofIdentityProvider issuer: EntityID, limit: Int) async throws -> [WorkspaceScope] {
        let result = try await self.pool.query(
            """
            SELECT workspace_id FROM saml_names WHERE side = 'idp' AND name_sha256 = \(issuer.nameKey)
            ORDER BY workspace_id LIMIT \(limit)
            """
        )
        return try result.rows.map { row in WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self))) }
    }

    /// Ends the sessions that a request names, in one transaction with the note that the request was carried out; other
    /// nodes hear of it.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - targets: The workspaces whose certificates verified it; nothing of any other is touched.
    ///   - requestID: The id of the HTTP request, for the audit log.
    ///   - now: The present.
    /// - Returns: The workspaces in which sessions ended; `nil` for a request that was carried out before.
    /// - Throws: `PostgreSQLError`; then nothing has happened.
    package func end(
        _ request: ValidatedLogoutRequest,
        in targets: [LogoutTarget],
        requestID: RequestID,
        now: Date
    ) async throws -> [WorkspaceScope]? {
        let replayKey = ReplayKey(issuer: request.issuer, id: request.id)
        return try await self.pool.withTransaction { transaction in
            let remembered = try await transaction.query(replayKey.remember(until: request.replayableUntil))
            guard remembered.affectedRows == 1 else {
                return nil
            }
            var ended: [WorkspaceScope] = []
            for target in targets {
                let sessions = try await Self.sessions(namedBy: request, in: target, transaction)
                guard !sessions.isEmpty else {
                    continue
                }
                ended.append(target.scope)
                for (id, email) in sessions {
                    let event = AuditEvent(
                        time: now,
                        workspaceID: target.scope.workspaceID,
                        actor: .identityProvider,
                        action: .signOut,
                        email: email,
                        detail: ["session": id.description, "request_id": requestID.value]
                    )
                    try await transaction.pipeline([
                        SessionDeletion.statement(for: .session(id)), AuditStore.insert(event),
                        SessionDeletion.notify(.session(id)),
                    ])
                }
            }
            return ended
        }
    }

    /// Enters a workspace and finds the sessions that a request names there.
    private static func sessions(
        namedBy request: ValidatedLogoutRequest,
        in target: LogoutTarget,
        _ transaction: Transaction
    ) async throws -> [(SessionID, String)] {
        let results = try await transaction.pipeline([
            target.scope.enter,
            """
            SELECT s.session_id, m.email, \(fragment: IdentityProviderSession.columns)
            FROM sessions s JOIN memberships m USING (workspace_id, user_id)
            WHERE s.workspace_id = portico_workspace() AND s.idp_issuer = \(request.issuer.value)
                AND s.idp_name_id = \(request.nameID.value.storable)
            ORDER BY s.session_id
            """,
        ])
        return try results[1].rows
            .compactMap { row in
                guard let session = try IdentityProviderSession(row),
                    session.isNamed(by: request, serviceProvider: target.serviceProvider)
                else {
                    return nil
                }
                return (SessionID(try row.value("session_id", as: UUID.self)), try row.value("email"))
            }
    }
}
