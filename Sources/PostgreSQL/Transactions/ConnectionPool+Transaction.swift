extension ConnectionPool {
    /// How often a transaction is run when the server keeps refusing it for reasons of concurrency.
    private static let maximumAttempts = 6

    /// Runs `body` inside a transaction: commits if it returns, rolls back if it throws.
    ///
    /// `body` is run again from its beginning when the server could not serialize it (40001), when it was the victim of
    /// a deadlock (40P01), or when the connection broke before COMMIT was sent, so it must have no effect of its own
    /// outside the transaction.
    ///
    /// - Parameters:
    ///   - isolation: How far the transaction is kept apart from concurrent ones.
    ///   - prelude: Statements sent together with BEGIN, in the same round trip, such as transaction-local settings.
    ///   - body: The work.
    /// - Returns: What `body` returned.
    /// - Throws: ``PostgreSQLError/commitOutcomeUnknown`` if the connection broke during COMMIT, other cases of
    ///   ``PostgreSQLError``, and what `body` throws.
    @discardableResult
    package func withTransaction<Success: Sendable>(
        isolation: IsolationLevel = .readCommitted,
        prelude: [SQL] = [],
        _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        var attempt = 1
        while true {
            do {
                return try await self.withConnection { connection in
                    try await Self.run(body, on: connection, opening: [isolation.begin] + prelude)
                }
            } catch let error as PostgreSQLError where error.allowsAnotherAttempt && attempt < Self.maximumAttempts {
                // The losers of a conflict wait for differing times, so that they do not meet again.
                let spread = 1 << attempt
                try await Task.sleep(for: .milliseconds(Int.random(in: spread...(4 * spread))))
                attempt += 1
            }
        }
    }

    private static func run<Success: Sendable>(
        _ body: (Transaction) async throws -> Success,
        on connection: Connection,
        opening: [SQL]
    ) async throws -> Success {
        let success: Success
        do {
            _ = try await connection.pipeline(opening)
            success = try await body(Transaction(connection: connection))
        } catch {
            // A connection on which the rollback fails is discarded on its return, which rolls back as well.
            await connection.rollBack()
            throw error
        }
        do throws(PostgreSQLError) {
            try await connection.query("COMMIT")
        } catch {
            // A refusal is the server's word that nothing was committed, unless it was about to end.
            guard case .server(let refusal) = error, !refusal.sqlState.rawValue.hasPrefix("57P") else {
                throw PostgreSQLError.commitOutcomeUnknown
            }
            throw error
        }
        return success
    }
}
