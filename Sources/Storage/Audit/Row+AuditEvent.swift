import FoundationEssentials
import PostgreSQL
import Workspaces

extension AuditEvent {
    /// The years 1 to 9999, which calendars and files can tell.
    private static let times =
        Date(timeIntervalSince1970: -62_135_510_400)..<Date(timeIntervalSince1970: 253_402_214_400)

    /// Reads a row of an audit log.
    ///
    /// - Throws: ``StoredValueError`` for one that this version of Portico cannot have written.
    init(_ row: Row, workspaceID: WorkspaceID?) throws {
        let time: Date = try row.value("occurred_at")
        // As which infinity is read.
        guard Self.times.contains(time), time != .distantFuture else { throw StoredValueError(column: "occurred_at") }
        let json = try row.value("detail", as: PostgreSQLJSON.self)
        guard let detail = try? json.decode(as: [String: String].self) else { throw StoredValueError(column: "detail") }
        let actorEmail = try row.optional("actor_email") { Email($0) }
        let code = try row.optional("code") { RefusalCode(rawValue: $0) }
        let isRefused = try row.value("outcome", as: String.self) == AuditEvent.Outcome.commandRefused.name
        self.init(
            time: time,
            workspaceID: workspaceID,
            actor: try row.value("actor_kind") { AuditActor(kind: $0, email: actorEmail) },
            action: try row.value("action") { AuditAction(rawValue: $0) },
            email: try row.optional("email"),
            outcome: code.map { .refused($0) } ?? (isRefused ? .commandRefused : .done),
            detail: detail
        )
    }
}
