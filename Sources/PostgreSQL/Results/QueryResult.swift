/// What a statement answered: its rows, and how many rows it touched.
package struct QueryResult: Sendable {
    /// The rows, in the server's order.
    package let rows: [Row]
    /// How many rows an INSERT, UPDATE, DELETE or SELECT touched; 0 for other statements.
    package let affectedRows: Int

    /// The only row, or `nil` if there is none.
    ///
    /// - Throws: ``PostgreSQLError/unexpectedRowCount(_:)`` if there are several.
    package func optionalRow() throws(PostgreSQLError) -> Row? {
        guard self.rows.count <= 1 else {
            throw .unexpectedRowCount(self.rows.count)
        }
        return self.rows.first
    }

    /// The only row.
    ///
    /// - Throws: ``PostgreSQLError/unexpectedRowCount(_:)`` if there is none, or if there are several.
    package func singleRow() throws(PostgreSQLError) -> Row {
        guard let row = try self.optionalRow() else {
            throw .unexpectedRowCount(0)
        }
        return row
    }
}
