package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// Setup links and the visits that they open, both found by the SHA-256 of a secret.
///
/// Making a link takes the role ``StorageRole/operator``.
package struct SetupStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Keeps a new link in the place of every earlier one of its workspace, and ends the visits that those opened.
    ///
    /// - Throws: `PostgreSQLError`.
    package func create(_ link: SetupLink) async throws {
        try await self.pool.withTransaction(in: WorkspaceScope(link.workspaceID)) { transaction in
            _ = try await transaction.pipeline([
                "DELETE FROM setup_links WHERE workspace_id = portico_workspace()",
                "DELETE FROM setup_visits WHERE workspace_id = portico_workspace()",
                """
                INSERT INTO setup_links (token_hash, workspace_id, created_at, expires_at)
                VALUES (\(link.tokenHash.bytes), portico_workspace(), \(link.createdAt), \(link.expiresAt))
                """,
                AuditStore.insert(link.creationEvent),
            ])
        }
    }

    /// The workspace that a link opens.
    ///
    /// - Returns: `nil` for a link that there never was, that was redeemed or taken back, or whose time is over.
    /// - Throws: `PostgreSQLError`.
    package func workspace(ofLink tokenHash: SecretTokenHash<SetupLink>, now: Date) async throws -> WorkspaceScope? {
        let result = try await self.pool.query(
            "SELECT workspace_id FROM setup_links WHERE token_hash = \(tokenHash.bytes) AND expires_at > \(now)"
        )
        return try result.optionalRow().map { WorkspaceScope(WorkspaceID(try $0.value("workspace_id", as: UUID.self))) }
    }

    /// Redeems a link, which opens nothing any more, and keeps the visit that it opens.
    ///
    /// Of two who redeem it at once, one comes in.
    ///
    /// - Parameters:
    ///   - tokenHash: The link.
    ///   - token: The secret of the visit.
    ///   - clientAddress: Where the visitor comes from, for the audit log.
    ///   - now: The present.
    /// - Returns: The visit; `nil` where ``workspace(ofLink:now:)`` is, and for a workspace that is not enabled.
    /// - Throws: `PostgreSQLError`.
    package func redeem(
        _ tokenHash: SecretTokenHash<SetupLink>,
        opening token: SecretToken<SetupVisit>,
        clientAddress: String,
        now: Date
    ) async throws -> SetupVisit? {
        try await self.pool.withTransaction { transaction in
            let deleted = try await transaction.query(
                """
                DELETE FROM setup_links l WHERE l.token_hash = \(tokenHash.bytes) AND l.expires_at > \(now)
                RETURNING l.workspace_id
                """
            )
            guard let row = try deleted.optionalRow() else { return nil }
            let workspaceID = WorkspaceID(try row.value("workspace_id", as: UUID.self))
            let visit = SetupVisit(to: workspaceID, token: token, now: now)
            let results = try await transaction.pipeline([
                WorkspaceScope(workspaceID).enter,
                """
                INSERT INTO setup_visits (token_hash, workspace_id, created_at, expires_at)
                SELECT \(visit.tokenHash.bytes), w.workspace_id, \(now), \(visit.expiresAt) FROM workspaces w
                WHERE w.workspace_id = portico_workspace() AND w.status = 'enabled' AND w.deleted_at IS NULL
                """,
            ])
            guard results.last?.affectedRows == 1 else { return nil }
            _ = try await transaction.query(
                AuditStore.insert(visit.openingEvent(clientAddress: clientAddress, now: now))
            )
            return visit
        }
    }

    /// The visit that a cookie's secret opens.
    ///
    /// - Returns: `nil` when there is none, or its time is over.
    /// - Throws: `PostgreSQLError`.
    package func visit(_ tokenHash: SecretTokenHash<SetupVisit>, now: Date) async throws -> SetupVisit? {
        let result = try await self.pool.query(
            """
            SELECT workspace_id, expires_at FROM setup_visits
            WHERE token_hash = \(tokenHash.bytes) AND expires_at > \(now)
            """
        )
        return try result.optionalRow()
            .map { row in
                SetupVisit(
                    workspaceID: WorkspaceID(try row.value("workspace_id", as: UUID.self)),
                    tokenHash: tokenHash,
                    expiresAt: try row.value("expires_at")
                )
            }
    }

    /// Ends a visit.
    ///
    /// - Throws: `PostgreSQLError`.
    package func end(_ scope: WorkspaceScope, _ visit: SetupVisit, now: Date) async throws {
        try await self.pool.withTransaction(in: scope) { transaction in
            let deleted = try await transaction.query(
                """
                DELETE FROM setup_visits
                WHERE token_hash = \(visit.tokenHash.bytes) AND workspace_id = portico_workspace()
                """
            )
            guard deleted.affectedRows == 1 else { return }
            let event = AuditEvent(
                time: now,
                workspaceID: scope.workspaceID,
                actor: .setup,
                action: .setupVisitEnded
            )
            _ = try await transaction.query(AuditStore.insert(event))
        }
    }
}
