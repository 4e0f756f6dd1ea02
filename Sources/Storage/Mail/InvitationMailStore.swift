package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The mails of invitations that have to be sent; ``MembershipStore`` puts them there, in the transaction that invites.
///
/// A mail leaves the queue after the server has taken it: a node that dies in between sends it again, with another link and
/// the same identifier.
package struct InvitationMailStore: Sendable {
    private let pool: ConnectionPool

    /// The greatest length of a problem that is kept.
    private static let maximumProblem = 300

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Takes the mail that is due for the longest time; for five minutes no other node takes it.
    ///
    /// - Returns: `nil` when none is due.
    /// - Throws: `PostgreSQLError`.
    package func takeDue(now: Date) async throws -> DueInvitationMail? {
        let result = try await self.pool.query(
            """
            UPDATE invitation_mail_queue SET due_at = \(now.addingTimeInterval(MailSchedule.claimLength))
            WHERE (workspace_id, user_id) = (
                SELECT workspace_id, user_id FROM invitation_mail_queue WHERE due_at <= \(now)
                ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING workspace_id, user_id, mail_id
            """
        )
        return try result.optionalRow()
            .map { row in
                DueInvitationMail(
                    scope: WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self))),
                    userID: UserID(try row.value("user_id", as: UUID.self)),
                    mailID: try row.value("mail_id", as: UUID.self)
                )
            }
    }

    /// Makes the link of a mail, which takes the place of an earlier one, and counts the attempt.
    ///
    /// - Parameters:
    ///   - mail: The mail.
    ///   - token: The link's secret, of which the hash is kept.
    ///   - now: The present.
    /// - Returns: `nil` when it must not be sent any more, and is forgotten: the workspace is closed or deleted, the person
    ///   has come in or is not invited, the link was shown to somebody instead, another mail was asked for meanwhile, or it
    ///   was begun too often without an end.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func link(
        _ mail: DueInvitationMail,
        by token: SecretToken<InvitationLink>,
        now: Date
    ) async throws -> LinkedInvitationMail? {
        try await self.pool.withTransaction(in: mail.scope) { transaction in
            // Whoever changes people has this lock first; a sign-in locks the membership.
            let results = try await transaction.pipeline([
                """
                SELECT workspace_id FROM workspaces
                WHERE workspace_id = portico_workspace() AND status = 'enabled' AND deleted_at IS NULL FOR SHARE
                """,
                """
                SELECT \(fragment: Membership.columns), q.attempts, q.lifetime_seconds
                FROM memberships m JOIN invitation_mails q USING (workspace_id, user_id)
                WHERE m.workspace_id = portico_workspace() AND m.user_id = \(mail.userID.uuid) AND m.state = 'INVITED'
                    AND q.mail_id = \(mail.mailID) AND q.state = 'waiting'
                    AND q.attempts < \(MailSchedule.maximumAttempts) FOR SHARE OF m
                """,
            ])
            guard results.count == 2, try results[0].optionalRow() != nil, let row = try results[1].optionalRow() else {
                try await transaction.query(
                    "DELETE FROM invitation_mails WHERE \(fragment: Self.isStill(mail)) AND state = 'waiting'"
                )
                return nil
            }
            let link = InvitationLink(
                to: try Membership(row),
                of: mail.scope.workspaceID,
                token: token,
                lifetime: .seconds(try row.value("lifetime_seconds", as: Int.self)),
                now: now
            )
            let attempts = try row.value("attempts", as: Int.self) + 1
            _ = try await transaction.pipeline(
                ["UPDATE invitation_mails SET attempts = \(attempts) WHERE \(fragment: Self.isStill(mail))"]
                    + InvitationStatements.replace(with: link)
            )
            return LinkedInvitationMail(due: mail, link: link, attempts: attempts)
        }
    }

    /// Notes that the server has taken a mail.
    ///
    /// - Throws: `PostgreSQLError`.
    package func noteSent(_ mail: DueInvitationMail, event: AuditEvent, now: Date) async throws {
        try await self.finish(mail, event: event, setting: "state = 'sent', problem = NULL, changed_at = \(now)")
    }

    /// Gives a mail up and keeps why, for whoever looks at the invitation.
    ///
    /// - Throws: `PostgreSQLError`.
    package func giveUp(_ mail: DueInvitationMail, problem: String, event: AuditEvent, now: Date) async throws {
        let kept = Self.kept(problem)
        try await self.finish(mail, event: event, setting: "state = 'failed', problem = \(kept), changed_at = \(now)")
    }

    /// Says when a mail is tried again, and keeps why it was not sent.
    ///
    /// - Throws: `PostgreSQLError`.
    package func postpone(_ mail: DueInvitationMail, until time: Date, problem: String, now: Date) async throws {
        let kept = Self.kept(problem)
        try await self.pool.withTransaction(in: mail.scope) { transaction in
            _ = try await transaction.pipeline([
                """
                UPDATE invitation_mails SET problem = \(kept), changed_at = \(now)
                WHERE \(fragment: Self.isStill(mail)) AND state = 'waiting'
                """,
                "UPDATE invitation_mail_queue SET due_at = \(time) WHERE \(fragment: Self.isStill(mail))",
            ])
        }
    }

    private func finish(_ mail: DueInvitationMail, event: AuditEvent, setting: SQL) async throws {
        try await self.pool.withTransaction(in: mail.scope) { transaction in
            _ = try await transaction.pipeline([
                "UPDATE invitation_mails SET \(fragment: setting) WHERE \(fragment: Self.isStill(mail))",
                "DELETE FROM invitation_mail_queue WHERE \(fragment: Self.isStill(mail))",
                AuditStore.insert(event),
            ])
        }
    }

    private static func kept(_ problem: String) -> String {
        String(problem.storable.prefix(Self.maximumProblem))
    }

    /// Whether a row is the mail that was taken, and not one that was asked for since.
    private static func isStill(_ mail: DueInvitationMail) -> SQL {
        """
        workspace_id = portico_workspace() AND user_id = \(mail.userID.uuid) AND mail_id = \(mail.mailID)
        """
    }
}
