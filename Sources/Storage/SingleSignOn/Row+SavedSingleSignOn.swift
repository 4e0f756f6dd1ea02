import FoundationEssentials
import PostgreSQL
import Workspaces

extension SavedSingleSignOn {
    /// Reads a row of ``SingleSignOnVersionStatements/columns``.
    init(_ row: Row) throws {
        let email = try row.optional("actor_email") { Email($0) }
        guard let actor = AuditActor(kind: try row.value("actor_kind"), email: email) else {
            throw StoredValueError(column: "actor_kind")
        }
        self.init(
            number: try row.value("number"),
            settings: try row.singleSignOnSettings(),
            actor: actor,
            savedAt: try row.value("saved_at"),
            isDraft: try row.value("is_draft"),
            inForceAt: try row.optional("in_force_at"),
            passedAt: try row.optional("passed_at")
        )
    }
}
