import FoundationEssentials
import PostgreSQL
import Workspaces

extension WorkspaceScope {
    /// The statement that puts a transaction into the scope, until its end.
    var enter: SQL {
        "SELECT set_config('portico.workspace_id', \(self.workspaceID.description), true)"
    }

    /// The identifier as a value to bind.
    var id: UUID {
        self.workspaceID.uuid
    }
}

extension ConnectionPool {
    /// Runs a transaction inside one workspace; see `withTransaction` for when `body` runs again.
    func withTransaction<Success: Sendable>(
        in scope: WorkspaceScope,
        _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        try await self.withTransaction(prelude: [scope.enter], body)
    }

    /// Runs one statement inside one workspace, in one round trip.
    ///
    /// Statements that are sent together without BEGIN are one transaction (PostgreSQL manual, section 55.2.4), so the
    /// setting holds for the second and ends with it.
    @discardableResult
    func query(_ sql: SQL, in scope: WorkspaceScope) async throws -> QueryResult {
        try await self.lastResult(of: [scope.enter, sql])
    }

    /// Runs one statement inside the workspace that another statement finds, if it finds one.
    ///
    /// The statement is planned for the workspace that was entered. Where anybody can ask for what there is not, a plan for all
    /// values may be made while none is, when every index looks as good as another, and then reads all sessions of the next
    /// workspace.
    @discardableResult
    func query(_ sql: SQL, entering enter: SQL) async throws -> QueryResult {
        try await self.lastResult(of: [enter, Self.planEach, sql])
    }

    /// Has the statements that follow in the transaction planned for the values that they have.
    private static var planEach: SQL { "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)" }

    private func lastResult(of statements: [SQL]) async throws -> QueryResult {
        let results = try await self.withConnection { connection in
            try await connection.pipeline(statements)
        }
        guard let result = results.last else {
            throw PostgreSQLError.unexpectedRowCount(0)
        }
        return result
    }
}
