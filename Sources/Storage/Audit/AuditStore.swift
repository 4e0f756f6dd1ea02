package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The audit logs: one for each workspace, and the operator's for what concerns none.
package struct AuditStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Writes events that belong to no other change, into the log of the scope's workspace.
    ///
    /// - Throws: `PostgreSQLError`.
    package func append(_ scope: WorkspaceScope, _ events: [AuditEvent]) async throws {
        try await self.pool.withTransaction(in: scope) { transaction in
            _ = try await transaction.pipeline(events.map(Self.insert))
        }
    }

    /// Writes an event that concerns no workspace, or none that exists, into the operator's log.
    ///
    /// - Throws: `PostgreSQLError`.
    package func appendForOperator(_ event: AuditEvent) async throws {
        try await self.pool.query(Self.insertForOperator(event))
    }

    /// Reads the log of a workspace, oldest first.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - since: The time of the oldest event to read; `nil` for all that are kept.
    ///   - limit: How many of the newest events to read at most.
    /// - Returns: The events in the order of their times.
    /// - Throws: `PostgreSQLError`.
    package func events(_ scope: WorkspaceScope, since: Date? = nil, limit: Int = 1_000) async throws -> AuditExcerpt {
        let result = try await self.pool.query(
            """
            SELECT event_id, workspace_id, occurred_at, actor_kind, actor_email, action, email, outcome, code, detail
            FROM audit_events
            WHERE workspace_id = portico_workspace() AND occurred_at >= coalesce(\(since), '-infinity')
            ORDER BY occurred_at DESC, event_id DESC LIMIT \(limit)
            """,
            in: scope
        )
        return try AuditExcerpt(result.rows.reversed(), workspaceID: scope.workspaceID)
    }

    /// The statement that writes an event into the log of the present workspace.
    ///
    /// What a command of the operator's does or is refused stands in the operator's log, too, and what the administrators
    /// have to know is mailed to them: that lies here, so that no caller can forget it.
    static func insert(_ event: AuditEvent) -> SQL {
        event.actor == .operator || event.alert != nil ? self.insert(event, unless: "false") : self.insertAlone(event)
    }

    /// The statement that writes an event into the log of the present workspace and nowhere else.
    static func insertAlone(_ event: AuditEvent) -> SQL {
        """
        INSERT INTO audit_events
            (workspace_id, occurred_at, actor_kind, actor_email, action, email, outcome, code, detail)
        VALUES (portico_workspace(), \(fragment: Self.values(event)))
        """
    }

    /// The statement that writes an event into the operator's log.
    static func insertForOperator(_ event: AuditEvent) -> SQL {
        """
        INSERT INTO operator_audit_events
            (occurred_at, actor_kind, actor_email, action, email, outcome, code, detail)
        SELECT \(fragment: Self.columns), e.detail || \(fragment: Self.command)
        FROM (SELECT \(fragment: Self.values(event))) e (\(fragment: Self.columns), detail)
        """
    }

    // MARK: - Commands

    /// The setting of a connection that names the command for which it was opened.
    package static let commandSetting = "portico.command"
    /// The setting of a connection that says who is said to have run the command.
    package static let claimedUserSetting = "portico.claimed_user"

    private static let columns: SQL = "occurred_at, actor_kind, actor_email, action, email, outcome, code"

    /// What an event says of the command; an empty object where the connection is no command's.
    private static let command: SQL = """
        jsonb_strip_nulls(jsonb_build_object(
            'command', nullif(current_setting(\(Self.commandSetting), true), ''),
            'claimed_user', nullif(current_setting(\(Self.claimedUserSetting), true), '')))
        """

    /// The statement that writes an event into the log of the present workspace unless a condition holds.
    static func insert(_ event: AuditEvent, unless condition: SQL) -> SQL {
        let told: SQL = event.actor == .operator ? ", told AS (\(fragment: Self.tell))" : ""
        let written: SQL = """
            INSERT INTO audit_events
                (workspace_id, occurred_at, actor_kind, actor_email, action, email, outcome, code, detail)
            SELECT portico_workspace(), \(fragment: Self.columns), detail FROM event
            """
        let raised = event.alert.map { AlertStatements.raise($0, at: event.time) }
        let end: SQL = raised.map { ", written AS (\(fragment: written) RETURNING event_id)\(fragment: $0)" } ?? written
        return """
            WITH event (\(fragment: Self.columns), detail) AS MATERIALIZED (
                SELECT \(fragment: Self.values(event)) WHERE NOT (\(fragment: condition))
            )\(fragment: told)
            \(fragment: end)
            """
    }

    /// Writes into the operator's log as well, on a connection of a command's.
    private static let tell: SQL = """
        INSERT INTO operator_audit_events
            (occurred_at, actor_kind, actor_email, action, email, outcome, code, detail)
        SELECT \(fragment: Self.columns), e.detail || \(fragment: Self.command) || jsonb_build_object('company_id',
            (SELECT w.company_id FROM workspaces w WHERE w.workspace_id = portico_workspace()))
        FROM event e WHERE coalesce(current_setting(\(Self.commandSetting), true), '') <> ''
        """

    private static func values(_ event: AuditEvent) -> SQL {
        let detail = event.detail.mapValues(\.storable)
        // Encoding text under text keys cannot fail; an empty object would be the honest answer if it did.
        let json = (try? PostgreSQLJSON(encoding: detail)) ?? PostgreSQLJSON(bytes: Array("{}".utf8))
        return """
            \(event.time), \(event.actor.kind), \(event.actor.email?.value), \(event.action.rawValue),
            \(event.email?.storable), \(event.outcome.name), \(event.outcome.code?.rawValue), \(json)::jsonb
            """
    }
}
