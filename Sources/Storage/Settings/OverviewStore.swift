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
