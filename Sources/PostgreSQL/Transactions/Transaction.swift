/// An open transaction, good for as long as the closure that received it runs.
package struct Transaction: Sendable {
    private let connection: Connection

    init(connection: Connection) {
        self.connection = connection
    }

    /// Runs one statement.
    ///
    /// - Throws: ``PostgreSQLError``; after it the transaction can only be given up, so do not catch it.
    @discardableResult
    package func query(_ sql: SQL) async throws(PostgreSQLError) -> QueryResult {
        try await self.connection.query(sql)
    }

    /// Runs several statements in one round trip.
    ///
    /// - Throws: ``PostgreSQLError``, the first failure; do not catch it.
    @discardableResult
    package func pipeline(_ batch: [SQL]) async throws(PostgreSQLError) -> [QueryResult] {
        try await self.connection.pipeline(batch)
    }
}
