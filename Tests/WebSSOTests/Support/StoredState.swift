import PostgreSQL
import Testing

/// What is stored about people, as text to compare before and after.
struct StoredState: Equatable {
    private let tables: [String]

    /// Reads every table that a refused response must not touch.
    static func read(_ installation: TestInstallation) async throws -> StoredState {
        var tables: [String] = []
        let latches = "(SELECT company_id, roles_first_seen_at FROM workspaces)"
        for table in ["users", "memberships", "identity_links", "sessions", "session_tokens", "replay_keys", latches] {
            let rows = "coalesce(string_agg(t::text, '|' ORDER BY t::text), '')"
            let sql = SQL(unsafeSQL: "SELECT \(rows) AS rows FROM \(table) t")
            tables.append(try await installation.database.inspection.query(sql).singleRow().value("rows"))
        }
        return StoredState(tables: tables)
    }

    /// The codes of the refused sign-ins in the audit logs of all workspaces and the operator, in their order.
    static func refusals(_ installation: TestInstallation) async throws -> [String] {
        let result = try await installation.database.inspection.query(
            """
            SELECT code FROM audit_events WHERE outcome = 'refused' AND action = 'sign_in'
            UNION ALL SELECT code FROM operator_audit_events WHERE outcome = 'refused' AND action = 'sign_in'
            ORDER BY 1
            """
        )
        return try result.rows.map { try $0.value("code") }
    }

    /// The number of rows of a table.
    static func count(_ table: String, _ installation: TestInstallation) async throws -> Int {
        let sql = SQL(unsafeSQL: "SELECT count(*) AS rows FROM \(table)")
        return try await installation.database.inspection.query(sql).singleRow().value("rows")
    }
}
