package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// Finds invitations: by the SHA-256 of a link's secret, and for whoever manages people.
///
/// They are made and withdrawn by ``MembershipStore``, since an invitation is a membership.
package struct InvitationStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// The invitation that a link opens.
    ///
    /// One round trip.
    ///
    /// - Returns: `nil` for a link that there never was, that was replaced or withdrawn, whose time is over, or whose
    ///   person has come in.
    /// - Throws: `PostgreSQLError`.
    package func invitation(
        ofLink tokenHash: SecretTokenHash<InvitationLink>,
        now: Date
    ) async throws -> OpenInvitation? {
        let result = try await self.pool.query(
            """
            SELECT i.workspace_id, i.user_id FROM invitations i JOIN memberships m USING (workspace_id, user_id)
            WHERE i.workspace_id = portico_workspace() AND i.token_hash = \(tokenHash.bytes)
                AND i.expires_at > \(now) AND m.state = 'INVITED'
            """,
            entering: """
                SELECT set_config('portico.workspace_id',
                    (SELECT workspace_id::text FROM invitation_links WHERE token_hash = \(tokenHash.bytes)), true)
                """
        )
        return try result.optionalRow()
            .map { row in
                OpenInvitation(
                    workspaceID: WorkspaceID(try row.value("workspace_id", as: UUID.self)),
                    userID: UserID(try row.value("user_id", as: UUID.self))
                )
            }
    }

    /// Lists who is invited and has not come in, by address.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - beginning: How the address begins; empty for all.
    ///   - limit: How many are listed at most.
    /// - Returns: The open invitations.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func pending(
        _ scope: WorkspaceScope,
        beginning: String = "",
        limit: Int
    ) async throws -> [PendingInvitation] {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: Membership.columns), i.expires_at AS link_expires_at,
                q.state AS mail_state, q.changed_at AS mail_changed_at, q.problem AS mail_problem
            FROM memberships m LEFT JOIN invitations i USING (workspace_id, user_id)
                LEFT JOIN invitation_mails q USING (workspace_id, user_id)
            WHERE m.workspace_id = portico_workspace() AND m.state = 'INVITED'
                AND starts_with(m.email, \(beginning.storable))
            ORDER BY m.email LIMIT \(limit)
            """,
            in: scope
        )
        return try result.rows.map { row in
            PendingInvitation(
                membership: try Membership(row),
                linkExpiresAt: try row.optional("link_expires_at"),
                mail: try Self.mailStatus(row)
            )
        }
    }

    private static func mailStatus(_ row: Row) throws -> InvitationMailStatus? {
        guard let state = try row.optional("mail_state", as: String.self) else { return nil }
        let problem = try row.optional("mail_problem", as: String.self)
        return switch state {
        case "waiting": .waiting(problem: problem)
        case "sent": .sent(try row.value("mail_changed_at"))
        case "failed": .failed(problem: problem ?? "")
        case _: throw StoredValueError(column: "mail_state")
        }
    }
}
