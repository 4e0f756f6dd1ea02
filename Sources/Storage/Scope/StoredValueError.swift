/// A row holds a value that this version of Portico does not know: somebody changed it by hand, or a newer version did.
package struct StoredValueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The column.
    package let column: String

    /// Names the column; the value may be a person's data and is left out.
    init(column: String) {
        self.column = column
    }

    package var description: String {
        "The database holds a value in the column \(self.column) that this version does not understand."
    }
}
