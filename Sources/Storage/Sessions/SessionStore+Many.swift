import PostgreSQL
package import Workspaces

extension SessionStore {
    /// Finds the sessions that tokens open, as ``session(_:)`` finds one.
    ///
    /// One round trip for any number, on the same plan.
    ///
    /// - Returns: For each token that opens one its session, or what made its row unreadable, which is no other's affair.
    /// - Throws: `PostgreSQLError`.
    package func sessions(
        _ tokenHashes: [SessionTokenHash]
    ) async throws -> [SessionTokenHash: Result<Session, any Error>] {
        // The function has a plan that holds for every workspace; see its migration.
        let result = try await self.pool.query(
            """
            SELECT f.* FROM unnest(\(tokenHashes.map(\.bytes))) AS t (token_hash)
            CROSS JOIN LATERAL portico_session(t.token_hash) AS f
            """
        )
        var sessions: [SessionTokenHash: Result<Session, any Error>] = [:]
        for row in result.rows {
            guard let hash = SessionTokenHash(bytes: try row.value("token_hash", as: [UInt8].self)) else {
                throw StoredValueError(column: "token_hash")
            }
            sessions[hash] = Result { try Session(row) }
        }
        return sessions
    }
}
