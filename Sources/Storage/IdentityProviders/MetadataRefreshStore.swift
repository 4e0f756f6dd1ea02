package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// How the metadata of workspaces is kept fresh: whose turn it is, how it went, and what waits for an administrator.
package struct MetadataRefreshStore: Sendable {
    private let pool: ConnectionPool

    /// How long a workspace is left to the node that took it: longer than any fetch.
    private static let claimLength: TimeInterval = 300

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Takes the workspace whose metadata is due for the longest time; for five minutes no other node takes it.
    ///
    /// - Returns: `nil` when none is due.
    /// - Throws: `PostgreSQLError`.
    package func claim(now: Date) async throws -> WorkspaceScope? {
        let result = try await self.pool.query(
            """
            UPDATE metadata_refresh_queue SET due_at = \(now.addingTimeInterval(Self.claimLength))
            WHERE workspace_id = (
                SELECT workspace_id FROM metadata_refresh_queue WHERE due_at <= \(now)
                ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING workspace_id
            """
        )
        return try result.optionalRow()
            .map { row in
                WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self)))
            }
    }

    /// Reads how the refreshes of a workspace went.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func state(_ scope: WorkspaceScope) async throws -> MetadataRefreshState {
        try await self.pool.withTransaction(in: scope) { try await Self.state(in: $0) }
    }

    /// Reads a workspace and its state under the workspace's lock, lets `decide` decide, and writes the outcome, in one
    /// transaction.
    ///
    /// A workspace without a source of metadata leaves the queue.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - now: The present.
    ///   - decide: A decision of `MetadataRefresh` or `MetadataReview`; `nil` writes nothing.
    /// - Returns: What was written.
    /// - Throws: What `decide` throws; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    @discardableResult
    package func refresh(
        _ scope: WorkspaceScope,
        now: Date,
        decide: @Sendable (ConfiguredWorkspace, MetadataRefreshState) throws -> MetadataRefreshOutcome?
    ) async throws -> MetadataRefreshOutcome? {
        try await self.pool.withTransaction(in: scope) { transaction in
            let configured = try await WorkspaceStore.lock(scope, in: transaction)
            let before = try await Self.state(in: transaction)
            let outcome = try decide(configured, before)
            var write = MembershipWrite()
            if let outcome {
                if let configuration = outcome.configuration {
                    try WorkspaceStore.add(configuration, to: &write, over: configured, now: now)
                }
                for statement in MetadataRefreshStatements.replace(before, with: outcome.state) {
                    write.add(statement)
                }
                write.add(outcome.events)
            } else if configured.identityProvider?.metadataSource == nil {
                write.add(MetadataRefreshStatements.leaveQueue)
            }
            try await write.apply(in: transaction)
            return outcome
        }
    }

    private static func state(in transaction: Transaction) async throws -> MetadataRefreshState {
        let results = try await transaction.pipeline(MetadataRefreshStatements.select)
        guard results.count == 2 else { throw PostgreSQLError.unexpectedRowCount(results.count) }
        return try MetadataRefreshState(results[0].optionalRow(), proposals: results[1].rows)
    }
}
