import FoundationEssentials
import PostgreSQL
import Workspaces

extension AuditRecord {
    /// The columns of an event that its hash is made of, of a table named `e`.
    static let columns: SQL = """
        e.event_id AS record_id, \(fragment: timeText("e.occurred_at")) AS record_time, e.actor_kind, e.actor_email,
        e.action, e.email, e.outcome, e.code, e.detail
        """

    /// Reads the ``columns``.
    ///
    /// - Returns: `nil` where a LEFT JOIN found no event, and for an event that Portico did not write: its times are those
    ///   of calendars, and all that it writes in `detail` is text.
    init?(_ row: Row, of log: AuditLog) throws(PostgreSQLError) {
        guard let eventID = try row.optional("record_id", as: Int.self) else { return nil }
        let json = try row.value("detail", as: PostgreSQLJSON.self)
        guard let time = try row.optional("record_time", as: String.self),
            let detail = try? json.decode(as: [String: String].self)
        else { return nil }
        self.init(
            workspaceID: log.workspaceID,
            eventID: eventID,
            time: time,
            actor: try row.value("actor_kind"),
            actorEmail: try row.optional("actor_email"),
            action: try row.value("action"),
            email: try row.optional("email"),
            outcome: try row.value("outcome"),
            code: try row.optional("code"),
            detail: detail
        )
    }

    /// A time as the chain writes it: RFC 3339 in UTC with six digits of a second; NULL for one that this cannot tell, or
    /// not without meaning another one too.
    static func timeText(_ column: SQL) -> SQL {
        """
        CASE WHEN \(fragment: Self.isTellable(column))
            THEN to_char(\(fragment: column) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END
        """
    }

    /// Whether a time is one of the years 1 to 9999.
    ///
    /// PostgreSQL writes the years before without their sign.
    static func isTellable(_ column: SQL) -> SQL {
        "\(fragment: column) >= '0001-01-02 00:00:00+00' AND \(fragment: column) < '9999-12-31 00:00:00+00'"
    }
}

extension AuditLink {
    /// The columns of a link, of a table named `l`.
    static let columns: SQL = """
        l.position, l.event_id, \(fragment: AuditRecord.timeText("l.sealed_at")) AS sealed_at_text, l.kept_from, l.hash
        """

    /// Reads the ``columns``.
    ///
    /// - Returns: `nil` for a link that Portico did not write.
    init?(_ row: Row) throws {
        guard let sealedAt = try row.optional("sealed_at_text", as: String.self) else { return nil }
        self.init(
            position: try row.value("position"),
            eventID: try row.value("event_id"),
            sealedAt: sealedAt,
            keptFrom: try row.value("kept_from"),
            hash: try row.auditHash("hash")
        )
    }
}

extension Row {
    /// Reads a hash of a chain.
    func auditHash(_ column: String) throws -> AuditHash {
        guard let hash = AuditHash(try self.value(column)) else { throw StoredValueError(column: column) }
        return hash
    }
}
