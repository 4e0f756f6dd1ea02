import PostgreSQL
import Workspaces

extension ConnectionPool {
    /// How often a transaction runs before its stale facts are an error.
    private static let maximumRuns = 5

    /// Runs a transaction that reads facts, decides, and writes a ``MembershipWrite``: again when another one has changed the
    /// facts in between.
    ///
    /// - Throws: What `body` throws; ``MembershipWrite/StaleFacts`` when the facts changed five times.
    func withFreshFacts<Success: Sendable>(
        in scope: WorkspaceScope,
        _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        for _ in 1..<Self.maximumRuns {
            do {
                return try await self.withTransaction(in: scope, body)
            } catch is MembershipWrite.StaleFacts {
                continue
            }
        }
        return try await self.withTransaction(in: scope, body)
    }
}
