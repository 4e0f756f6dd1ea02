/// What can go wrong between Portico and PostgreSQL.
///
/// `description` is safe to show to anyone; `debugDescription` adds the server's own words and belongs in the log.
/// Neither ever holds a password: texts of libpq are redacted where they are read.
package enum PostgreSQLError: Error, Hashable, Sendable {
    /// The connection string or a limit makes no sense. The text says what to change and holds no secret.
    case invalidConfiguration(String)
    /// No connection could be opened, or the last attempts failed and the next one is not due yet.
    case unavailable(String)
    /// The connection broke while a statement ran, so the statement's outcome is unknown outside a transaction.
    case connectionLost(String)
    /// The connection broke while COMMIT ran: the transaction may or may not have been committed.
    case commitOutcomeUnknown
    /// Every connection stayed busy for longer than the acquire timeout.
    case acquireTimedOut
    /// More tasks wait for a connection than the pool lets wait.
    case tooManyWaiters
    /// The pool was shut down.
    case poolClosed
    /// A statement ran for longer than the statement timeout.
    case statementTimedOut
    /// The task was cancelled while it waited for a connection or for a statement.
    case cancelled
    /// The server refused a statement.
    case server(ServerError)
    /// A column is missing, is NULL where a value was expected, or has another type.
    case decoding(column: String, expected: String)
    /// A statement that must answer with one row answered with this many.
    case unexpectedRowCount(Int)
}

extension PostgreSQLError {
    /// The code of the server's error, if this is one.
    package var sqlState: SQLState? {
        guard case .server(let error) = self else {
            return nil
        }
        return error.sqlState
    }

    /// Whether the error says that the database cannot be reached or is overloaded, rather than that a statement
    /// was wrong: what a face answers with 503 `unavailable`.
    package var isUnavailability: Bool {
        switch self {
        case .unavailable, .connectionLost, .commitOutcomeUnknown, .acquireTimedOut, .tooManyWaiters, .poolClosed,
            .statementTimedOut:
            true
        case .server(let error):
            // 08: connection exception. 53: insufficient resources. 57P: shutdown and crash recovery.
            // 25006: a standby that was promoted or demoted under us.
            error.sqlState.classCode == "08" || error.sqlState.classCode == "53"
                || error.sqlState.rawValue.hasPrefix("57P") || error.sqlState.rawValue == "25006"
        case .invalidConfiguration, .cancelled, .decoding, .unexpectedRowCount:
            false
        }
    }

    /// Whether a transaction that failed with this error before its COMMIT may be run again from its beginning.
    var allowsAnotherAttempt: Bool {
        switch self {
        case .connectionLost:
            true
        case .server(let error):
            error.sqlState == .serializationFailure || error.sqlState == .deadlockDetected || error.isStalePlan
                || error.sqlState == .invalidStatementName || error.sqlState.rawValue.hasPrefix("57P")
        case .invalidConfiguration, .unavailable, .commitOutcomeUnknown, .acquireTimedOut, .tooManyWaiters, .poolClosed,
            .statementTimedOut, .cancelled, .decoding, .unexpectedRowCount:
            false
        }
    }
}

extension PostgreSQLError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidConfiguration(let reason):
            "The database settings are not usable: \(reason)"
        case .unavailable:
            "The database cannot be reached."
        case .connectionLost:
            "The connection to the database broke."
        case .commitOutcomeUnknown:
            "The connection to the database broke during a commit."
        case .acquireTimedOut:
            "No database connection became free in time."
        case .tooManyWaiters:
            "Too many requests wait for a database connection."
        case .poolClosed:
            "The database connections were shut down."
        case .statementTimedOut:
            "A database statement took too long."
        case .cancelled:
            "The database work was cancelled."
        case .server(let error):
            "The database refused a statement (SQLSTATE \(error.sqlState))."
        case .decoding(let column, let expected):
            "The column \(column) of a database answer is not a \(expected)."
        case .unexpectedRowCount(let count):
            "A database answer has \(count) rows where one was expected."
        }
    }
}

extension PostgreSQLError: CustomDebugStringConvertible {
    package var debugDescription: String {
        switch self {
        case .unavailable(let reason), .connectionLost(let reason):
            "\(self.description) \(reason)"
        case .server(let error):
            "\(self.description) \(error.message)\(error.constraint.map { " Constraint: \($0)." } ?? "")"
        case .invalidConfiguration, .commitOutcomeUnknown, .acquireTimedOut, .tooManyWaiters, .poolClosed,
            .statementTimedOut, .cancelled, .decoding, .unexpectedRowCount:
            self.description
        }
    }
}
