package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The mails to administrators that have to be sent; ``AuditStore`` puts them there, in the transaction of the event.
///
///     event ──▶ a row for all ── a node asks whom it concerns ──▶ a row for each ── handed over, or given up ──▶ gone
///
/// A mail leaves the queue after the server has taken it: a node that dies in between sends it again under the same
/// identifier. Whoever is no administrator any more when it is written does not get it.
package struct AlertMailStore: Sendable {
    private let pool: ConnectionPool
    private let administrator: Role

    /// Makes a store over a pool.
    ///
    /// - Parameters:
    ///   - pool: The pool.
    ///   - catalogue: The roles of the installation, of which the first administers.
    package init(pool: ConnectionPool, catalogue: RoleCatalogue) {
        self.pool = pool
        self.administrator = catalogue.admin
    }

    /// Takes the mail that is due for the longest time; for five minutes no other node takes it.
    ///
    /// - Returns: `nil` when none is due.
    /// - Throws: `PostgreSQLError`.
    package func takeDue(now: Date) async throws -> DueAlertMail? {
        let result = try await self.pool.query(
            """
            UPDATE alert_mail_queue SET due_at = \(now.addingTimeInterval(MailSchedule.claimLength))
            WHERE mail_id = (
                SELECT mail_id FROM alert_mail_queue
                WHERE due_at <= \(now) AND raised_at > \(now.addingTimeInterval(-Alert.lifetime))
                ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING workspace_id, mail_id, user_id
            """
        )
        return try result.optionalRow()
            .map { row in
                DueAlertMail(
                    scope: WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self))),
                    mailID: try row.value("mail_id", as: UUID.self),
                    userID: try row.optional("user_id", as: UUID.self).map { UserID($0) }
                )
            }
    }

    /// Puts a mail for each whom the event concerns in the place of the one for all: the owner first, then who has been there
    /// for the longest time.
    ///
    /// - Returns: How many there are; none where the workspace is closed or deleted, or nobody but the one who did it
    ///   administers it.
    /// - Throws: `PostgreSQLError`.
    package func address(_ mail: DueAlertMail, now: Date) async throws -> Int {
        try await self.pool
            .query(
                """
                WITH everybody AS (
                    DELETE FROM alert_mail_queue WHERE mail_id = \(mail.mailID) AND user_id IS NULL
                    RETURNING event_id, raised_at
                )
                INSERT INTO alert_mail_queue (mail_id, workspace_id, event_id, user_id, raised_at, due_at)
                SELECT gen_random_uuid(), portico_workspace(), q.event_id, m.user_id, q.raised_at, \(now)
                FROM everybody q, \(fragment: self.concerned)
                ORDER BY m.is_owner DESC, m.created_at, m.user_id LIMIT \(Alert.maximumRecipients)
                """,
                in: mail.scope
            )
            .affectedRows
    }

    /// Reads what a mail says and counts the attempt.
    ///
    /// - Returns: `nil` when it must not be sent any more, and is forgotten: the workspace is closed or deleted, the person
    ///   does not administer it any more, or it was begun too often without an end.
    /// - Throws: `PostgreSQLError`; ``StoredValueError`` for an event that this version of Portico cannot read or does not
    ///   mail, whose attempt is not counted.
    package func write(_ mail: DueAlertMail) async throws -> AlertMail? {
        try await self.pool.withTransaction(in: mail.scope) { transaction in
            let result = try await transaction.query(
                """
                SELECT m.email AS recipient, w.name, w.company_id, q.attempts, e.occurred_at, e.actor_kind, e.actor_email,
                    e.action, e.email, e.outcome, e.code, e.detail, EXISTS (
                        SELECT FROM memberships a WHERE a.workspace_id = portico_workspace() AND a.email = e.actor_email
                    ) AS is_actor_member
                FROM alert_mail_queue q, \(fragment: self.concerned)
                    AND q.mail_id = \(mail.mailID) AND q.workspace_id = portico_workspace() AND q.user_id = m.user_id
                    AND q.attempts < \(MailSchedule.maximumAttempts)
                """
            )
            guard let row = try result.optionalRow() else {
                try await transaction.query(Self.forget(mail))
                return nil
            }
            let event = try AuditEvent(row, workspaceID: mail.scope.workspaceID)
            guard let alert = event.alert else { throw StoredValueError(column: "action") }
            let attempts = try row.value("attempts", as: Int.self) + 1
            try await transaction.query(
                "UPDATE alert_mail_queue SET attempts = \(attempts) WHERE mail_id = \(mail.mailID)"
            )
            return AlertMail(
                due: mail,
                kind: alert.kind,
                event: event,
                isActorMember: try row.value("is_actor_member"),
                recipient: try row.value("recipient") { Email($0) },
                workspaceName: try row.value("name"),
                companyID: try row.value("company_id") { CompanyID($0) },
                attempts: attempts
            )
        }
    }

    /// Forgets a mail: the server has taken it, or it is given up.
    ///
    /// - Throws: `PostgreSQLError`.
    package func finish(_ mail: DueAlertMail) async throws {
        try await self.pool.query(Self.forget(mail))
    }

    /// Says when a mail is tried again.
    ///
    /// - Throws: `PostgreSQLError`.
    package func postpone(_ mail: DueAlertMail, until time: Date) async throws {
        try await self.pool.query("UPDATE alert_mail_queue SET due_at = \(time) WHERE mail_id = \(mail.mailID)")
    }

    // MARK: - Statements

    /// The event of the row `q`, its workspace while that is open, and those whom it concerns: the owner and the active
    /// administrators, but not the one who did it.
    ///
    /// Whose passphrase was used is told as well: that it was them is only claimed.
    private var concerned: SQL {
        """
        audit_events e, workspaces w, memberships m
        WHERE e.workspace_id = portico_workspace() AND e.event_id = q.event_id
            AND w.workspace_id = portico_workspace() AND w.status = 'enabled' AND w.deleted_at IS NULL
            AND m.workspace_id = portico_workspace()
            AND (m.email IS DISTINCT FROM e.actor_email OR e.action = \(AuditAction.localSignIn.rawValue))
            AND ((m.is_owner AND m.state <> 'DEACTIVATED')
                OR (m.state = 'ACTIVE' AND m.role = \(self.administrator.name)))
        """
    }

    private static func forget(_ mail: DueAlertMail) -> SQL {
        "DELETE FROM alert_mail_queue WHERE mail_id = \(mail.mailID)"
    }
}
