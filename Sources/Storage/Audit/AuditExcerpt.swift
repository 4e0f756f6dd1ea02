package import FoundationEssentials
import PostgreSQL
package import Workspaces

/// The newest events of an audit log, oldest first.
package struct AuditExcerpt: Hashable, Sendable {
    /// Those that this version can read.
    package private(set) var events: [AuditEvent] = []
    /// The numbers of the others: somebody other than Portico wrote them, or a newer version.
    package private(set) var unreadable: [Int] = []

    /// Reads rows with the columns of events and `event_id`.
    init(_ rows: some Sequence<Row>, workspaceID: WorkspaceID?) throws {
        for row in rows {
            do {
                self.events.append(try AuditEvent(row, workspaceID: workspaceID))
            } catch is StoredValueError {
                self.unreadable.append(try row.value("event_id"))
            }
        }
    }

    /// How many rows there were.
    package var count: Int { self.events.count + self.unreadable.count }
}

extension AuditStore {
    /// Reads the operator's log, oldest first.
    ///
    /// It takes the role ``StorageRole/operator``.
    ///
    /// - Parameters:
    ///   - since: The time of the oldest event to read; `nil` for all that are kept.
    ///   - limit: How many of the newest events to read at most.
    /// - Returns: The events in the order in which they were written.
    /// - Throws: `PostgreSQLError`.
    package func operatorEvents(since: Date? = nil, limit: Int) async throws -> AuditExcerpt {
        let result = try await self.pool.query(
            """
            SELECT event_id, occurred_at, actor_kind, actor_email, action, email, outcome, code, detail
            FROM operator_audit_events WHERE occurred_at >= coalesce(\(since), '-infinity')
            ORDER BY event_id DESC LIMIT \(limit)
            """
        )
        return try AuditExcerpt(result.rows.reversed(), workspaceID: nil)
    }
}
