import FoundationEssentials
import PostgreSQL
import Workspaces

extension AuditChainStore {
    /// How long a chain is left alone after a look at the whole of it.
    private static let interval = 86_400

    /// Takes the log of a workspace whose chain was not looked at for a day; other nodes leave it alone from then on.
    ///
    /// The operator's log is not among them: the service cannot read it.
    ///
    /// - Throws: `PostgreSQLError`.
    package func takeDue() async throws -> AuditLog? {
        let row = try await self.pool
            .query(
                """
                UPDATE audit_chains SET verify_after = now() + make_interval(secs => \(Self.interval))
                WHERE workspace_id = (
                    SELECT workspace_id FROM audit_chains
                    WHERE verify_after <= now() AND workspace_id <> \(AuditLog.operator.scope.id)
                    ORDER BY verify_after LIMIT 1 FOR UPDATE SKIP LOCKED
                ) RETURNING workspace_id
                """
            )
            .optionalRow()
        return try row.map { AuditLog(chain: WorkspaceID(try $0.value("workspace_id"))) }
    }

    /// Writes down what a look at a chain came to, for the settings.
    ///
    /// - Throws: `PostgreSQLError`.
    package func note(_ verification: AuditVerification, of log: AuditLog) async throws {
        try await self.pool.query(
            """
            UPDATE audit_chains SET verified_at = now(), verified_position = \(verification.head.position),
                defect = \(verification.defect?.description)
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
