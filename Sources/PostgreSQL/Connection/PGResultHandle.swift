import CLibPQ

/// Owns one `PGresult` and frees it.
@safe
struct PGResultHandle: ~Copyable {
    private let pointer: OpaquePointer

    /// Takes ownership of a result that libpq returned.
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe PQclear(self.pointer)
    }

    var status: ExecStatusType {
        unsafe PQresultStatus(self.pointer)
    }

    /// Copies rows and counts out of libpq's memory.
    func makeQueryResult() -> QueryResult {
        let rowCount = unsafe Int(PQntuples(self.pointer))
        let affected = unsafe PQcmdTuples(self.pointer).flatMap { unsafe Int(String(cString: $0)) } ?? 0
        guard rowCount > 0 else {
            return QueryResult(rows: [], affectedRows: affected)
        }
        let columnCount = unsafe PQnfields(self.pointer)
        let columns = (0..<columnCount)
            .map { column in
                ResultTable.Column(
                    name: unsafe PQfname(self.pointer, column).map { unsafe String(cString: $0) } ?? "",
                    type: PostgreSQLType(rawValue: unsafe PQftype(self.pointer, column))
                )
            }
        var cells: [ResultTable.Cell] = []
        cells.reserveCapacity(rowCount * columns.count)
        var bytes: [UInt8] = []
        for row in 0..<Int32(rowCount) {
            for column in 0..<columnCount {
                guard
                    unsafe PQgetisnull(self.pointer, row, column) == 0,
                    let start = unsafe PQgetvalue(self.pointer, row, column)
                else {
                    cells.append(nil)
                    continue
                }
                let length = unsafe Int(PQgetlength(self.pointer, row, column))
                let cell = unsafe UnsafeRawBufferPointer(start: start, count: length)
                unsafe bytes.append(contentsOf: cell)
                cells.append(bytes.count - length..<bytes.count)
            }
        }
        let table = ResultTable(columns: columns, cells: cells, bytes: bytes)
        return QueryResult(rows: (0..<rowCount).map { Row(table: table, index: $0) }, affectedRows: affected)
    }

    /// The error that the server reported, without its detail line, which repeats values.
    func makeServerError(redactedBy connectionString: ConnectionString) -> ServerError {
        let sqlState = self.field(.sqlState) ?? "XX000"
        return ServerError(
            sqlState: SQLState(rawValue: sqlState),
            message: connectionString.redacted(self.field(.message) ?? "no message"),
            constraint: self.field(.constraint),
            table: self.field(.table),
            // plancache.c: "cached plan must not change result type" has the code 0A000 like many other errors; the
            // function that raised it tells it apart in every language.
            isStalePlan: sqlState == SQLState.featureNotSupported.rawValue
                && self.field(.sourceFunction) == "RevalidateCachedQuery"
        )
    }

    private func field(_ field: DiagnosticField) -> String? {
        let text = unsafe PQresultErrorField(self.pointer, Int32(bitPattern: field.rawValue.value))
        return unsafe text.map { unsafe String(cString: $0) }
    }
}

/// The fields of an error message: `PG_DIAG_…` of postgres_ext.h, macros of C characters that Swift does not see alike
/// everywhere.
private enum DiagnosticField: UnicodeScalar {
    case sqlState = "C"
    case message = "M"
    case table = "t"
    case constraint = "n"
    case sourceFunction = "R"
}
