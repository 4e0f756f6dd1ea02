package import FoundationEssentials
import PostgreSQL
import Workspaces

extension AuditChainStore {
    /// How many seconds a chain is left alone after a look at the whole of it.
    private static let interval = 86_400
    /// After how many seconds another node may begin, because the one that did has not come to an end.
    private static let patience = 3_600

    /// Takes the log of a workspace whose chain was not looked at for a day; other nodes leave it alone for an hour.
    ///
    /// The operator's log is not among them: the service cannot read it. A time that is more than a day ahead is not
    /// Portico's.
    ///
    /// - Throws: `PostgreSQLError`.
    package func takeDue() async throws -> AuditLog? {
        let row = try await self.pool
            .query(
                """
                UPDATE audit_chains SET verify_after = now() + make_interval(secs => \(Self.patience))
                WHERE workspace_id = (
                    SELECT workspace_id FROM audit_chains
                    WHERE (verify_after <= now() OR verify_after > now() + make_interval(secs => \(Self.interval + 1)))
                        AND workspace_id <> \(AuditLog.operator.scope.id)
                    ORDER BY verify_after LIMIT 1 FOR UPDATE SKIP LOCKED
                ) RETURNING workspace_id
                """
            )
            .optionalRow()
        return try row.map { AuditLog(chain: WorkspaceID(try $0.value("workspace_id"))) }
    }

    /// Makes the rows of chains that have none, for workspaces whose events are all sealed: somebody took them away, so that
    /// no node would look there.
    ///
    /// - Returns: How many those were. Where there are links, the next look finds the chain without a seal.
    /// - Throws: `PostgreSQLError`.
    @discardableResult
    package func restoreMissing() async throws -> Int {
        let rows =
            try await self.pool
            .query(
                """
                SELECT DISTINCT i.workspace_id FROM company_ids i
                WHERE NOT EXISTS (SELECT FROM audit_chains c WHERE c.workspace_id = i.workspace_id)
                    AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.workspace_id = i.workspace_id)
                LIMIT \(Self.batchSize)
                """
            )
            .rows
        for row in rows {
            let scope = WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self)))
            try await self.pool.query(Self.begin, in: scope)
        }
        return rows.count
    }

    /// Writes down what a look at a chain came to, for the settings.
    ///
    /// - Throws: `PostgreSQLError`.
    package func note(_ verification: AuditVerification, of log: AuditLog, now: Date) async throws {
        let verdict = AuditVerdict(verification, now: now)
        let seal = self.secrets.authenticate(verdict.sealedBytes(of: log))
        try await self.pool.query(
            """
            UPDATE audit_chains SET verified_at = \(verdict.verifiedAt), verified_position = \(verdict.position),
                unverified_position = \(verdict.unverifiedPosition), defect = \(verdict.defect),
                verdict_seal = \(seal.bytes), verdict_key_id = \(seal.secretKeyID),
                verify_after = now() + make_interval(secs => \(Self.interval))
            WHERE workspace_id = \(log.scope.id)
            """
        )
    }

    /// Seals the ends of chains under the first secret key that are sealed under another, batch by batch.
    ///
    /// Wrong seals stay as they are, and so do those under a secret key that was not given.
    ///
    /// - Returns: How many there were.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``; what was sealed stays sealed.
    @discardableResult
    package func reseal() async throws -> Int {
        var last: UUID?
        var total = 0
        repeat {
            try Task.checkCancellation()
            let batch = try await self.reseal(after: last)
            last = batch.last
            total += batch.count
        } while last != nil
        try await self.pool.query(
            """
            UPDATE audit_chains SET verify_after = now()
            WHERE verdict_key_id <> \(self.secrets.currentID) AND verify_after > now()
            """
        )
        return total
    }

    private func reseal(after last: UUID?) async throws -> (last: UUID?, count: Int) {
        try await self.pool.withTransaction { transaction in
            let rows =
                try await transaction.query(
                    """
                    SELECT \(fragment: StoredAuditChain.columns) FROM audit_chains
                    WHERE secret_key_id NOT IN (\(self.secrets.currentID), '')
                        AND (\(last) IS NULL OR workspace_id > \(last))
                    ORDER BY workspace_id LIMIT \(Self.batchSize) FOR UPDATE
                    """
                )
                .rows
            let chains = try rows.map { try StoredAuditChain($0) }
            let updates: [SQL] = chains.filter { $0.defect(with: self.secrets) == nil }
                .map { chain in
                    let seal = chain.seal(of: chain.head, with: self.secrets)
                    return """
                        UPDATE audit_chains SET seal = \(seal.bytes), secret_key_id = \(seal.secretKeyID)
                        WHERE workspace_id = \(chain.log.scope.id)
                        """
                }
            _ = try await transaction.pipeline(updates)
            return (chains.count == Self.batchSize ? chains.last?.log.scope.id : nil, updates.count)
        }
    }
}
