import FoundationEssentials
import PostgreSQL
import Workspaces

extension AuditEvent {
    /// Reads a row of an audit log.
    init(_ row: Row, workspaceID: WorkspaceID?) throws {
        let actorEmail = try row.optional("actor_email") { Email($0) }
        let code = try row.optional("code") { RefusalCode(rawValue: $0) }
        self.init(
            time: try row.value("occurred_at"),
            workspaceID: workspaceID,
            actor: try row.value("actor_kind") { AuditActor(kind: $0, email: actorEmail) },
            action: try row.value("action") { AuditAction(rawValue: $0) },
            email: try row.optional("email"),
            outcome: code.map { .refused($0) } ?? .done,
            detail: try row.value("detail", as: PostgreSQLJSON.self).decode(as: [String: String].self)
        )
    }
}
