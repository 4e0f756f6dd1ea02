import FoundationEssentials
import PostgreSQL
import Workspaces

/// The statements about the links of invitations of the present workspace.
enum InvitationStatements {
    /// Has a mail sent, in the place of an earlier one; its membership must be there.
    static func enqueue(_ mail: InvitationMail, now: Date) -> [SQL] {
        let mailID = UUID()
        return [
            """
            INSERT INTO invitation_mails (workspace_id, user_id, mail_id, state, lifetime_seconds, changed_at)
            VALUES (portico_workspace(), \(mail.userID.uuid), \(mailID), 'waiting', \(mail.lifetime.wholeSeconds), \(now))
            ON CONFLICT (workspace_id, user_id) DO UPDATE SET mail_id = excluded.mail_id, state = excluded.state,
                lifetime_seconds = excluded.lifetime_seconds, attempts = 0, changed_at = excluded.changed_at,
                problem = NULL
            """,
            """
            INSERT INTO invitation_mail_queue (workspace_id, user_id, mail_id, due_at)
            VALUES (portico_workspace(), \(mail.userID.uuid), \(mailID), \(now))
            ON CONFLICT (workspace_id, user_id) DO UPDATE SET mail_id = excluded.mail_id, due_at = excluded.due_at
            """,
        ]
    }

    /// Forgets the mail to a person, sent or not: its link is replaced by one that somebody is shown.
    static func forgetMail(to userID: UserID) -> SQL {
        "DELETE FROM invitation_mails WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid)"
    }

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
