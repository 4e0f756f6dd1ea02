/// The cells of one answer, copied out of libpq's memory into one buffer that all rows share.
final class ResultTable: Sendable {
    /// One column of the answer.
    struct Column: Sendable {
        let name: String
        let type: PostgreSQLType
    }

    /// Where a cell lies in ``bytes``; `nil` for NULL.
    typealias Cell = Range<Int>?

    let columns: [Column]
    private let cells: [Cell]
    private let bytes: [UInt8]

    /// Takes the cells row by row.
    init(columns: [Column], cells: [Cell], bytes: [UInt8]) {
        self.columns = columns
        self.cells = cells
        self.bytes = bytes
    }

    /// The binary form of one cell, `nil` for NULL.
    func bytes(row: Int, column: Int) -> ArraySlice<UInt8>? {
        self.cells[row * self.columns.count + column].map { self.bytes[$0] }
    }
}
