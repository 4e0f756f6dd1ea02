package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The numbers of a workspace's overview.
package struct OverviewStore: Sendable {
    private let pool: ConnectionPool

    private static let secondsOfDay: TimeInterval = 86_400

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// How many seats of a workspace are taken (behavior C1).
    ///
    /// - Throws: `PostgreSQLError`.
    package func activeMembers(_ scope: WorkspaceScope) async throws -> Int {
        let result = try await self.pool.query(
            """
            SELECT count(*) AS members FROM memberships
            WHERE workspace_id = portico_workspace() AND state = 'ACTIVE'
            """,
            in: scope
        )
        return try result.optionalRow()?.value("members") ?? 0
    }

    /// The newest sign-in with a passphrase since a time, and how many there were.
    ///
    /// - Throws: `PostgreSQLError`.
    package func localSignIns(_ scope: WorkspaceScope, since: Date) async throws -> LocalSignInSummary? {
        let result = try await self.pool.query(
            """
            SELECT occurred_at, email, detail ->> 'client_address' AS address, count(*) OVER () AS total
            FROM audit_events
            WHERE workspace_id = portico_workspace() AND occurred_at >= \(since) AND action = 'local_sign_in'
                AND outcome = 'done'
            ORDER BY event_id DESC LIMIT 1
            """,
            in: scope
        )
        return try result.optionalRow()
            .map { row in
                LocalSignInSummary(
                    count: try row.value("total"),
                    lastAt: try row.value("occurred_at"),
                    lastEmail: try row.optional("email") ?? "",
                    lastAddress: try row.optional("address") ?? ""
                )
            }
    }

    /// How the sign-ins of the last days went, each day of UTC by itself, today last.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - days: How many days, today among them.
    ///   - now: The present.
    /// - Returns: One entry for each day, also for one without a sign-in.
    /// - Throws: `PostgreSQLError`.
    package func signIns(_ scope: WorkspaceScope, days: Int, now: Date) async throws -> [SignInCount] {
        let today = (now.timeIntervalSince1970 / Self.secondsOfDay).rounded(.down)
        let first = Date(timeIntervalSince1970: (today - Double(days - 1)) * Self.secondsOfDay)
        let result = try await self.pool.query(
            """
            SELECT floor(extract(epoch FROM occurred_at) / 86400)::bigint AS day,
                count(*) FILTER (WHERE outcome = 'done') AS done,
                count(*) FILTER (WHERE outcome = 'refused') AS refused
            FROM audit_events
            WHERE workspace_id = portico_workspace() AND occurred_at >= \(first) AND action = 'sign_in'
            GROUP BY 1
            """,
            in: scope
        )
        var counts: [Int: (done: Int, refused: Int)] = [:]
        for row in result.rows {
            counts[try row.value("day")] = (try row.value("done"), try row.value("refused"))
        }
        return (0..<days)
            .map { offset in
                let day = Int(today) - days + 1 + offset
                return SignInCount(
                    day: Date(timeIntervalSince1970: Double(day) * Self.secondsOfDay),
                    done: counts[day]?.done ?? 0,
                    refused: counts[day]?.refused ?? 0
                )
            }
    }
}
