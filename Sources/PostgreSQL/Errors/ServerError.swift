/// An error that the server reported for one statement.
///
/// The server's detail line is left out on purpose: it repeats values of the row (`Key (email)=(…) already exists`).
package struct ServerError: Hashable, Sendable {
    /// What kind of error it is.
    package let sqlState: SQLState
    /// The server's primary message.
    ///
    /// It may quote a value, so it belongs in a log at most.
    package let message: String
    /// The constraint that refused the row, where one did.
    package let constraint: String?
    /// The table that the error is about, where the server names one.
    package let table: String?
    /// Whether the error came from a prepared statement whose plan no longer fits the schema.
    let isStalePlan: Bool

    /// Makes an error from the fields of a server message.
    init(sqlState: SQLState, message: String, constraint: String?, table: String?, isStalePlan: Bool = false) {
        self.sqlState = sqlState
        self.message = message
        self.constraint = constraint
        self.table = table
        self.isStalePlan = isStalePlan
    }
}
