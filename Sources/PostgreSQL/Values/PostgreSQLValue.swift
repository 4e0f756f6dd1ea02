/// A Swift value with a binary form in PostgreSQL, to be bound to a parameter or read from a column.
///
/// Conformances are made here, for the few types that the schema uses; other modules wrap their ids around these.
package protocol PostgreSQLValue: Sendable {
    /// The type that a parameter is declared with.
    static var type: PostgreSQLType { get }

    /// Appends the value's binary form.
    func encode(into buffer: inout [UInt8])

    /// Reads a value from its binary form, or returns `nil` if the bytes or their type are not this value's.
    static func decode(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> Self?
}
