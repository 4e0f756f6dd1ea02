import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The records of sign-ins: what was checked, and what exactly was wrong, for whoever has to mend it.
///
/// A workspace keeps its newest ones that succeeded and its newest ones that were refused, the operator the newest ones
/// that led to no workspace, and none is kept longer than the retention time.
package struct SignInAttemptStore: Sendable {
    /// How many attempts of a workspace are kept at most that succeeded, and how many that were refused.
    package static let maximumCount = 500
    /// How long an attempt is kept at most (rulings 24).
    package static let maximumAge: Duration = .seconds(14 * 86_400)

    let pool: ConnectionPool

    /// What is read of an attempt of a workspace; the person is named by its event in the audit log, which is of the same
    /// moment.
    static let columns: SQL = """
        attempt_id, request_id, occurred_at, code, rule, wanted, got, checks, findings, (
            SELECT e.email FROM audit_events e
            WHERE e.workspace_id = portico_workspace() AND e.occurred_at = sign_in_attempts.occurred_at
                AND e.action = 'sign_in' AND e.detail ->> 'request_id' = sign_in_attempts.request_id
            ORDER BY e.event_id DESC LIMIT 1) AS email
        """

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Reads the newest attempts of a workspace, newest first.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - requestID: The id on the error page; nil for the attempts of everybody.
    ///   - limit: How many to read at most.
    /// - Returns: The attempts; a proxy in front may have given several of them one id.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func attempts(
        _ scope: WorkspaceScope,
        requestID: RequestID? = nil,
        limit: Int = 2 * Self.maximumCount
    ) async throws -> [SignInAttempt] {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: Self.columns) FROM sign_in_attempts
            WHERE workspace_id = portico_workspace()
                AND (\(requestID?.value)::text IS NULL OR request_id = \(requestID?.value))
            ORDER BY attempt_id DESC LIMIT \(limit)
            """,
            in: scope
        )
        return try result.rows.map { try SignInAttempt($0) }
    }

    /// Finds attempts by an id that somebody typed, newest first.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - typed: The id, or how it begins.
    ///   - limit: How many to read at most.
    /// - Returns: The attempts.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func attempts(_ scope: WorkspaceScope, typed: TypedRequestID, limit: Int) async throws -> [SignInAttempt] {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: Self.columns) FROM sign_in_attempts
            WHERE workspace_id = portico_workspace()
                AND (request_id = \(typed.text) OR starts_with(request_id, \(typed.beginning)))
            ORDER BY attempt_id DESC LIMIT \(limit)
            """,
            in: scope
        )
        return try result.rows.map { try SignInAttempt($0) }
    }

    /// Reads the newest attempt that led to no workspace, for the operator.
    ///
    /// - Parameter requestID: The id on the error page.
    /// - Returns: The attempt; nil when none with this id is kept.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func attemptWithoutWorkspace(requestID: RequestID) async throws -> SignInAttempt? {
        let result = try await self.pool.query(
            """
            SELECT request_id, occurred_at, code, rule, wanted, got, checks, '{}'::jsonb AS findings,
                NULL::text AS email
            FROM operator_sign_in_attempts WHERE request_id = \(requestID.value) ORDER BY attempt_id DESC LIMIT 1
            """
        )
        return try result.optionalRow().map { try SignInAttempt($0) }
    }

    // MARK: - Statements

    /// Writes an attempt down, and drops what is more than the newest ``maximumCount`` of its kind in the workspace.
    ///
    /// What is dropped is found in the order of an index, newest first. Such a scan marks the entries of rows that were dropped
    /// before, so that the next one passes them by; one for everything older than a row reads them all anew until the next
    /// vacuum, which a table of all workspaces seldom needs.
    static func record(_ attempt: SignInAttempt) -> [SQL] {
        let sameKind: SQL = attempt.code == nil ? "code IS NULL" : "code IS NOT NULL"
        return [
            """
            INSERT INTO sign_in_attempts (workspace_id, request_id, occurred_at, code, rule, wanted, got, checks, findings)
            VALUES (portico_workspace(), \(fragment: Self.values(attempt)),
                \(Self.json(KeptSignInFindings(attempt.findings), or: "{}")))
            """,
            """
            DELETE FROM sign_in_attempts
            WHERE workspace_id = portico_workspace() AND attempt_id = ANY (ARRAY(
                SELECT attempt_id FROM sign_in_attempts WHERE workspace_id = portico_workspace() AND \(fragment: sameKind)
                ORDER BY attempt_id DESC OFFSET \(Self.maximumCount) LIMIT \(Self.maximumCount)))
            """,
        ]
    }

    /// Writes a refusal down that led to no workspace, and drops what is more than the newest ``maximumCount`` of these.
    static func recordForOperator(_ attempt: SignInAttempt) -> [SQL] {
        [
            """
            INSERT INTO operator_sign_in_attempts (request_id, occurred_at, code, rule, wanted, got, checks)
            VALUES (\(fragment: Self.values(attempt)))
            """,
            """
            DELETE FROM operator_sign_in_attempts WHERE attempt_id <= (
                SELECT attempt_id FROM operator_sign_in_attempts
                ORDER BY attempt_id DESC OFFSET \(Self.maximumCount) LIMIT 1)
            """,
        ]
    }

    private static func values(_ attempt: SignInAttempt) -> SQL {
        """
        \(attempt.requestID.value), \(attempt.occurredAt), \(attempt.code?.rawValue), \(attempt.rule),
        \(attempt.wanted?.storable), \(attempt.got?.storable),
        \(Self.json(attempt.checks.map(KeptSignInCheck.init), or: "[]"))
        """
    }

    /// Encoding text cannot fail; nothing would be the honest answer if it did.
    private static func json(_ value: some Encodable, or nothing: String) -> PostgreSQLJSON {
        (try? PostgreSQLJSON(encoding: value)) ?? PostgreSQLJSON(bytes: Array(nothing.utf8))
    }
}

extension SignInAttempt {
    /// Reads a row that has ``SignInAttemptStore/columns``.
    init(_ row: Row) throws {
        self.init(
            requestID: try row.value("request_id") { RequestID($0) },
            occurredAt: try row.value("occurred_at"),
            code: try row.optional("code") { RefusalCode(rawValue: $0) },
            rule: try row.optional("rule"),
            wanted: try row.optional("wanted"),
            got: try row.optional("got"),
            checks: try row.value("checks", as: PostgreSQLJSON.self).decode(as: [KeptSignInCheck].self)
                .compactMap(\.restored),
            findings: try row.value("findings", as: PostgreSQLJSON.self).decode(as: KeptSignInFindings.self).restored,
            email: try row.optional("email")
        )
    }
}
