import FoundationEssentials
import PostgreSQL
import Workspaces

extension Session {
    /// The columns of a session, for a statement whose tables have the aliases `s`, `m` for the membership and `w` for
    /// the workspace.
    static let columns: SQL = """
        s.session_id, s.token_hash, s.workspace_id, s.user_id, s.authenticated_at, s.expires_at, s.max_idle_seconds,
        s.last_seen_at, w.company_id, m.email, m.display_name, m.role
        """

    /// Reads a row that has ``columns``.
    init(_ row: Row) throws {
        guard let tokenHash = SessionTokenHash(bytes: try row.value("token_hash", as: [UInt8].self)) else {
            throw StoredValueError(column: "token_hash")
        }
        self.init(
            id: SessionID(try row.value("session_id", as: UUID.self)),
            tokenHash: tokenHash,
            workspaceID: WorkspaceID(try row.value("workspace_id", as: UUID.self)),
            companyID: try row.value("company_id") { CompanyID($0) },
            userID: UserID(try row.value("user_id", as: UUID.self)),
            email: try row.value("email") { Email($0) },
            displayName: try row.value("display_name"),
            role: try row.value("role") { Role($0) },
            authenticatedAt: try row.value("authenticated_at"),
            expiresAt: try row.value("expires_at"),
            maxIdle: .seconds(try row.value("max_idle_seconds", as: Int.self)),
            lastSeenAt: try row.value("last_seen_at")
        )
    }
}
