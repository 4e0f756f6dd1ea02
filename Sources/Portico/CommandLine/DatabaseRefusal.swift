import PostgreSQL
import Storage

/// Turns a failure of the database into the line that the operator reads.
enum DatabaseRefusal {
    /// What to tell of `error`; other errors are returned as they are.
    static func explain(_ error: any Error, endpoint: String) -> any Error {
        switch error {
        case let error as PostgreSQLError: CommandRefusal(Self.line(for: error, endpoint: endpoint))
        case let error as MigrationError: CommandRefusal(error.description)
        default: AdministrationFailure.explain(error)
        }
    }

    private static func line(for error: PostgreSQLError, endpoint: String) -> String {
        let reason = String(reflecting: error).split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
        // 22023 is what SET ROLE answers for a role that does not exist.
        if error.sqlState == .undefinedTable || error.sqlState?.rawValue == "22023" {
            return "the database \(endpoint) lacks Portico's tables or roles: run `portico migrate` (\(reason))"
        }
        if error.sqlState == .insufficientPrivilege {
            return
                "this login may not do that in \(endpoint): use the owner's, as PORTICO_MIGRATE_DATABASE_URL (\(reason))"
        }
        guard error.isUnavailability else { return "\(endpoint): \(reason)" }
        return
            "the database \(endpoint) does not answer: check PORTICO_DATABASE_URL and that PostgreSQL runs (\(reason))"
    }
}
