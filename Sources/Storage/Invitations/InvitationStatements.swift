import PostgreSQL
import Workspaces

/// The statements about the links of invitations of the present workspace.
enum InvitationStatements {
    /// Keeps a link in the place of the earlier one; its membership must be there.
    static func replace(with link: InvitationLink) -> [SQL] {
        [
            """
            DELETE FROM invitations WHERE workspace_id = portico_workspace() AND user_id = \(link.userID.uuid)
            """,
            """
            INSERT INTO invitations (workspace_id, user_id, token_hash, created_at, expires_at)
            VALUES (portico_workspace(), \(link.userID.uuid), \(link.tokenHash.bytes), \(link.createdAt),
                \(link.expiresAt))
            """,
            """
            INSERT INTO invitation_links (token_hash, workspace_id, expires_at)
            VALUES (\(link.tokenHash.bytes), portico_workspace(), \(link.expiresAt))
            """,
        ]
    }
}
