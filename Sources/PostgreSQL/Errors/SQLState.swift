/// The five-character code of an error that PostgreSQL reported (PostgreSQL manual, appendix A).
package struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The code, for example `23505`.
    package let rawValue: String

    /// Wraps a code as the server sent it.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A row with this key is there already (23505).
    package static let uniqueViolation = Self(rawValue: "23505")
    /// A row that this one refers to is missing, or is still referred to (23503).
    package static let foreignKeyViolation = Self(rawValue: "23503")
    /// A CHECK constraint refused the row (23514).
    package static let checkViolation = Self(rawValue: "23514")
    /// Row-level security or a missing grant refused the statement (42501).
    package static let insufficientPrivilege = Self(rawValue: "42501")
    /// A table named by the statement does not exist (42P01).
    package static let undefinedTable = Self(rawValue: "42P01")
    /// An object that was to be created is there already (42710).
    package static let duplicateObject = Self(rawValue: "42710")
    /// Two transactions could not be ordered; the loser may try again (40001).
    package static let serializationFailure = Self(rawValue: "40001")
    /// Two transactions waited for each other; the loser may try again (40P01).
    package static let deadlockDetected = Self(rawValue: "40P01")
    /// A statement was cancelled, by its timeout or by request (57014).
    package static let queryCanceled = Self(rawValue: "57014")
    /// A lock was not to be had within `lock_timeout`, or at once with NOWAIT (55P03).
    package static let lockNotAvailable = Self(rawValue: "55P03")
    /// The server is shutting down by its administrator's wish (57P01).
    package static let adminShutdown = Self(rawValue: "57P01")
    /// A prepared statement is no longer known to the session (26000).
    package static let invalidStatementName = Self(rawValue: "26000")
    /// A feature is not supported; also sent for a prepared statement whose result type changed (0A000).
    package static let featureNotSupported = Self(rawValue: "0A000")

    /// The class of the code: its first two characters.
    package var classCode: Substring {
        self.rawValue.prefix(2)
    }

    package var description: String {
        self.rawValue
    }
}
