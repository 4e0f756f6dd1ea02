import FoundationEssentials
import PostgreSQL
import Workspaces

extension Session {
    /// The columns of a session, for a statement whose tables have the aliases `s`, `m` for the membership and `w` for
    /// the workspace.
    static let columns: SQL = """
        s.session_id, s.token_hash, s.workspace_id, s.user_id, s.authenticated_at, s.method, s.confirmed_at,
        s.expires_at, s.max_idle_seconds, s.last_seen_at, w.company_id, m.email, m.display_name, m.role,
        ARRAY(SELECT g.group_name FROM member_groups g WHERE g.workspace_id = s.workspace_id AND g.user_id = s.user_id
            ORDER BY g.group_name COLLATE "C") AS groups,
        ARRAY(SELECT c.space_id FROM member_spaces c WHERE c.workspace_id = s.workspace_id AND c.user_id = s.user_id
            ORDER BY c.space_id COLLATE "C") AS spaces,
        ARRAY(SELECT p.project_id FROM member_projects p WHERE p.workspace_id = s.workspace_id
            AND p.user_id = s.user_id ORDER BY p.project_id COLLATE "C") AS projects,
        ARRAY(SELECT p.role FROM member_projects p WHERE p.workspace_id = s.workspace_id
            AND p.user_id = s.user_id ORDER BY p.project_id COLLATE "C") AS project_roles
        """

    /// Reads a row that has ``columns``.
    init(_ row: Row) throws {
        guard let tokenHash = SessionTokenHash(bytes: try row.value("token_hash", as: [UInt8].self)) else {
            throw StoredValueError(column: "token_hash")
        }
        let projects: [String] = try row.value("projects")
        let roles: [String] = try row.value("project_roles")
        self.init(
            id: SessionID(try row.value("session_id", as: UUID.self)),
            tokenHash: tokenHash,
            workspaceID: WorkspaceID(try row.value("workspace_id", as: UUID.self)),
            companyID: try row.value("company_id") { CompanyID($0) },
            userID: UserID(try row.value("user_id", as: UUID.self)),
            email: try row.value("email") { Email($0) },
            displayName: try row.value("display_name"),
            role: try row.value("role") { Role($0) },
            groups: try row.value("groups"),
            spaces: try row.value("spaces"),
            projects: zip(projects, roles).map { ProjectAssignment(id: $0, role: ProjectRole(rawValue: $1)?.role) },
            authenticatedAt: try row.value("authenticated_at"),
            method: try row.value("method") { AuthenticationMethod(rawValue: $0) },
            confirmedAt: try row.optional("confirmed_at"),
            expiresAt: try row.value("expires_at"),
            maxIdle: .seconds(try row.value("max_idle_seconds", as: Int.self)),
            lastSeenAt: try row.value("last_seen_at")
        )
    }
}
