/// One row of an answer; its values are read by the names of their columns.
package struct Row: Sendable {
    private let table: ResultTable
    private let index: Int

    init(table: ResultTable, index: Int) {
        self.table = table
        self.index = index
    }

    /// The value of a column that is not NULL.
    ///
    /// - Throws: ``PostgreSQLError/decoding(column:expected:)`` if the column is missing, NULL or of another type.
    package func value<Value: PostgreSQLValue>(
        _ column: String,
        as type: Value.Type = Value.self
    ) throws(PostgreSQLError) -> Value {
        guard let value = try self.optional(column, as: type) else {
            throw .decoding(column: column, expected: "\(type)")
        }
        return value
    }

    /// The value of a column, `nil` for NULL.
    ///
    /// - Throws: ``PostgreSQLError/decoding(column:expected:)`` if the column is missing or of another type.
    package func optional<Value: PostgreSQLValue>(
        _ column: String,
        as type: Value.Type = Value.self
    ) throws(PostgreSQLError) -> Value? {
        guard let position = self.table.columns.firstIndex(where: { $0.name == column }) else {
            throw .decoding(column: column, expected: "column of the answer")
        }
        guard let bytes = self.table.bytes(row: self.index, column: position) else {
            return nil
        }
        guard let value = Value.decode(bytes, type: self.table.columns[position].type) else {
            throw .decoding(column: column, expected: "\(type)")
        }
        return value
    }
}
