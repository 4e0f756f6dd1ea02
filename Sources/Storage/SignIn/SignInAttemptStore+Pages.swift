import PostgreSQL
import Workspaces

extension SignInAttemptStore {
    /// Reads a part of a workspace's attempts, newest first.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - filter: Which attempts.
    ///   - position: Where the part begins.
    ///   - limit: How many attempts at most.
    /// - Returns: The attempts, and where the parts around them begin. What is newer than the newest part that is full is
    ///   in the newest part.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func page(
        _ scope: WorkspaceScope,
        filter: SignInAttemptFilter = .everything,
        from position: SignInAttemptPage.Position = .newest,
        limit: Int
    ) async throws -> SignInAttemptPage {
        let read: SQL = """
            SELECT \(fragment: Self.columns) FROM sign_in_attempts
            WHERE workspace_id = portico_workspace() AND \(fragment: Self.condition(filter))
            """
        switch position {
        case .newest:
            return try await self.page(
                scope,
                "\(fragment: read) ORDER BY attempt_id DESC LIMIT \(limit + 1)",
                limit: limit
            )
        case .before(let id):
            let older: SQL = "\(fragment: read) AND attempt_id < \(id) ORDER BY attempt_id DESC LIMIT \(limit + 1)"
            return try await self.page(scope, older, limit: limit, newer: id - 1)
        case .after(let id):
            let newer: SQL = "\(fragment: read) AND attempt_id > \(id) ORDER BY attempt_id LIMIT \(limit + 1)"
            let rows = try await self.pool.query(newer, in: scope).rows
            guard rows.count > limit else { return try await self.page(scope, filter: filter, limit: limit) }
            let shown = rows.prefix(limit).reversed()
            return SignInAttemptPage(
                attempts: try shown.map { try SignInAttempt($0) },
                older: try shown.last.map { .before(try $0.value("attempt_id")) },
                newer: try shown.first.map { .after(try $0.value("attempt_id")) }
            )
        }
    }

    /// Counts the attempts that are kept of a workspace, each reason of a refusal by itself, the most frequent first.
    ///
    /// - Throws: `PostgreSQLError`.
    package func counts(_ scope: WorkspaceScope) async throws -> [SignInAttemptCount] {
        let result = try await self.pool.query(
            """
            SELECT code, count(*) AS attempts FROM sign_in_attempts WHERE workspace_id = portico_workspace()
            GROUP BY code ORDER BY count(*) DESC, code
            """,
            in: scope
        )
        return try result.rows.compactMap { row in
            let name: String? = try row.optional("code")
            let code = name.flatMap { RefusalCode(rawValue: $0) }
            // Another version may know a reason that this one does not.
            guard name == nil || code != nil else { return nil }
            return SignInAttemptCount(code: code, count: try row.value("attempts"))
        }
    }

    /// How the latest sign-ins of a workspace went.
    ///
    /// Nobody vouches for an answer that reports a failure, and anybody can send as many as they like: it does not count.
    ///
    /// - Throws: `PostgreSQLError`.
    package func run(_ scope: WorkspaceScope) async throws -> SignInRun {
        let result = try await self.pool.query(
            """
            WITH done AS (
                SELECT attempt_id, occurred_at FROM sign_in_attempts
                WHERE workspace_id = portico_workspace() AND code IS NULL ORDER BY attempt_id DESC LIMIT 1
            )
            SELECT (SELECT occurred_at FROM done) AS last_done_at, (
                SELECT count(*) FROM sign_in_attempts
                WHERE workspace_id = portico_workspace() AND code <> \(RefusalCode.statusNotSuccess.rawValue)
                    AND attempt_id > coalesce((SELECT attempt_id FROM done), 0)) AS refused_since
            """,
            in: scope
        )
        let row = try result.singleRow()
        return SignInRun(
            lastDoneAt: try row.optional("last_done_at"),
            refusedSince: try row.value("refused_since")
        )
    }

    // MARK: - Private

    // Reads a part whose rows come newest first, one more than are shown if there are older ones; `newer` is the newest
    // attempt that the part could have, and nil for the newest part.
    private func page(
        _ scope: WorkspaceScope,
        _ query: SQL,
        limit: Int,
        newer: Int? = nil
    ) async throws -> SignInAttemptPage {
        let rows = try await self.pool.query(query, in: scope).rows
        let shown = rows.prefix(limit)
        let first: Int? = try shown.first?.value("attempt_id")
        return SignInAttemptPage(
            attempts: try shown.map { try SignInAttempt($0) },
            older: rows.count > limit ? try shown.last.map { .before(try $0.value("attempt_id")) } : nil,
            newer: newer.map { .after(first ?? $0) }
        )
    }

    private static func condition(_ filter: SignInAttemptFilter) -> SQL {
        switch filter {
        case .everything: "true"
        case .accepted: "code IS NULL"
        case .refused: "code IS NOT NULL"
        case .refusedBy(let code): "code = \(code.rawValue)"
        }
    }
}
