package import FoundationEssentials
package import PostgreSQL

/// Deletes what has served its time, a little at a time (rulings 24).
///
/// It takes the role `portico_retention`, whose policies show it nothing but expired rows. One node at a time prunes;
/// the others find the lock taken and come back later.
package struct Retention: Sendable {
    private let pool: ConnectionPool
    private let auditAge: Duration
    private let attemptAge: Duration
    private let secrets: SecretKeyring?

    /// How many rows one transaction deletes from one table.
    private static let batchSize = 500
    /// Which advisory lock: any number that nothing else in the database uses.
    ///
    /// These are the letters of "prune".
    private static let lockKey = 0x70_72_75_6e_65

    /// Makes a pruner.
    ///
    /// - Parameters:
    ///   - pool: Whose role belongs to `portico_retention`, as `portico_service` does.
    ///   - auditAge: How long audit events are kept, at least a day.
    ///   - attemptAge: How long the records of sign-ins are kept, at least a day.
    ///   - secrets: Seal what is left of the chains of audit logs; without them no audit event is deleted.
    package init(
        pool: ConnectionPool,
        auditAge: Duration,
        attemptAge: Duration = SignInAttemptStore.maximumAge,
        secrets: SecretKeyring? = nil
    ) {
        self.pool = pool
        self.auditAge = auditAge
        self.attemptAge = attemptAge
        self.secrets = secrets
    }

    /// Deletes everything that has expired, batch by batch.
    ///
    /// - Parameter now: The present, from which the ages of logs are counted; expiry is counted by the database's clock.
    /// - Returns: How many rows were deleted.
    /// - Throws: `PostgreSQLError`; what was deleted stays deleted. `CancellationError` between two batches.
    package func prune(now: Date) async throws -> Int {
        var total = 0
        while true {
            try Task.checkCancellation()
            let counts = try await self.pruneOnce(now: now)
            total += counts.reduce(0, +)
            guard counts.contains(where: { $0 >= Self.batchSize }) else {
                return total
            }
        }
    }

    /// Deletes one batch from every table.
    ///
    /// - Returns: The numbers of deleted rows, none if another node is at it.
    private func pruneOnce(now: Date) async throws -> [Int] {
        let role: SQL = "SET LOCAL ROLE \(identifier: StorageRole.retention)"
        let cutoffs: SQL = """
            SELECT set_config('portico.attempt_cutoff', (\(now.addingTimeInterval(-self.attemptAge.asSeconds)))::text, true),
                set_config('portico.audit_cutoff', (\(now.addingTimeInterval(-self.auditAge.asSeconds)))::text, true),
                pg_try_advisory_xact_lock(\(Self.lockKey)) AS is_ours
            """
        return try await self.pool.withTransaction { transaction in
            let opening = try await transaction.pipeline([role, cutoffs])
            guard try opening[1].singleRow().value("is_ours") else {
                return []
            }
            let counts = try await transaction.pipeline(Self.deletions).map(\.affectedRows)
            guard let secrets else { return counts }
            return counts + [try await AuditPruning(secrets: secrets, batchSize: Self.batchSize).prune(in: transaction)]
        }
    }

    private static let deletions: [SQL] = [
        """
        DELETE FROM authn_requests WHERE (workspace_id, request_id) IN
            (SELECT workspace_id, request_id FROM authn_requests WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM authn_request_index WHERE request_id IN
            (SELECT request_id FROM authn_request_index WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM logout_requests WHERE request_id IN
            (SELECT request_id FROM logout_requests WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM replay_keys WHERE replay_key IN
            (SELECT replay_key FROM replay_keys WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM sessions WHERE (workspace_id, session_id) IN
            (SELECT workspace_id, session_id FROM sessions WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM session_tokens WHERE token_hash IN
            (SELECT token_hash FROM session_tokens WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM setup_links WHERE token_hash IN
            (SELECT token_hash FROM setup_links WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM passphrase_links WHERE token_hash IN
            (SELECT token_hash FROM passphrase_links WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM setup_visits WHERE token_hash IN
            (SELECT token_hash FROM setup_visits WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM invitation_links WHERE token_hash IN
            (SELECT token_hash FROM invitation_links WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM kept_forms WHERE (workspace_id, user_id) IN
            (SELECT workspace_id, user_id FROM kept_forms WHERE expires_at < now() LIMIT \(batchSize))
        """,
        """
        DELETE FROM alerts WHERE (workspace_id, kind, subject_sha256) IN
            (SELECT workspace_id, kind, subject_sha256 FROM alerts WHERE raised_at < now() - interval '2 days'
                LIMIT \(batchSize))
        """,
        """
        DELETE FROM alert_mail_queue WHERE mail_id IN
            (SELECT mail_id FROM alert_mail_queue WHERE raised_at < now() - interval '2 days' LIMIT \(batchSize))
        """,
        """
        DELETE FROM sign_in_tests WHERE (workspace_id, request_id) IN
            (SELECT workspace_id, request_id FROM sign_in_tests WHERE expires_at < now() - interval '1 hour'
                LIMIT \(batchSize))
        """,
        """
        DELETE FROM sign_in_attempts WHERE (workspace_id, attempt_id) IN
            (SELECT workspace_id, attempt_id FROM sign_in_attempts
                WHERE occurred_at < portico_retention_cutoff('portico.attempt_cutoff') LIMIT \(batchSize))
        """,
        """
        DELETE FROM operator_sign_in_attempts WHERE attempt_id IN
            (SELECT attempt_id FROM operator_sign_in_attempts
                WHERE occurred_at < portico_retention_cutoff('portico.attempt_cutoff') LIMIT \(batchSize))
        """,
        """
        DELETE FROM sp_keys WHERE key_id IN
            (SELECT key_id FROM sp_keys WHERE retires_at < now() - interval '30 days' LIMIT \(batchSize))
        """,
        """
        DELETE FROM identity_keys WHERE key_id IN
            (SELECT key_id FROM identity_keys WHERE retires_at < now() - interval '30 days' LIMIT \(batchSize))
        """,
    ]
}

extension Duration {
    fileprivate var asSeconds: Double {
        Double(self.components.seconds) + Double(self.components.attoseconds) / 1e18
    }
}
