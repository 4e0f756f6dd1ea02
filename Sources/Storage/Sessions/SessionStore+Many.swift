import FoundationEssentials
import PostgreSQL
package import Workspaces

extension SessionStore {
    /// Finds the sessions that tokens open, as ``session(_:)`` finds one.
    ///
    /// Two round trips for any number: which workspaces they open, then of each its own, inside it.
    ///
    /// - Returns: For each token that opens one its session, or what made its row unreadable, which is no other's affair.
    /// - Throws: `PostgreSQLError`.
    package func sessions(
        _ tokenHashes: [SessionTokenHash]
    ) async throws -> [SessionTokenHash: Result<Session, any Error>] {
        if tokenHashes.count == 1, let hash = tokenHashes.first {
            return try await self.session(hash).map { [hash: .success($0)] } ?? [:]
        }
        let results = try await self.pool.withConnection { connection in
            let found = try await connection.query(
                "SELECT workspace_id, token_hash FROM session_tokens WHERE token_hash = ANY (\(tokenHashes.map(\.bytes)))"
            )
            let tokens = try found.rows.map { row in
                (
                    workspace: WorkspaceID(try row.value("workspace_id", as: UUID.self)),
                    hash: try row.value("token_hash", as: [UInt8].self)
                )
            }
            guard !tokens.isEmpty else { return [QueryResult]() }
            var statements = [ConnectionPool.planEach]
            for (workspace, own) in Dictionary(grouping: tokens, by: \.workspace) {
                statements.append(WorkspaceScope(workspace).enter)
                statements.append(Self.select(where: "s.token_hash = ANY (\(own.map(\.hash)))"))
            }
            return try await connection.pipeline(statements)
        }
        var sessions: [SessionTokenHash: Result<Session, any Error>] = [:]
        // Behind the setting: of each workspace what entered it, and its rows.
        for index in stride(from: 2, to: results.count, by: 2) {
            for row in results[index].rows {
                guard let hash = SessionTokenHash(bytes: try row.value("token_hash", as: [UInt8].self)) else {
                    throw StoredValueError(column: "token_hash")
                }
                sessions[hash] = Result { try Session(row) }
            }
        }
        return sessions
    }
}
