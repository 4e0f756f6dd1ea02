package import FoundationEssentials
import PostgreSQL
import Workspaces

extension AuditStore {
    /// Looks at the whole chain of a workspace's log now, as nodes do every day, and keeps what that came to.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - secrets: What the ends of the chain are sealed under.
    ///   - patience: After how long a look is given up; the next node that looks for what is due begins with this log.
    ///   - now: The clock.
    /// - Returns: Whether the look came to its end.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func checkChain(
        _ scope: WorkspaceScope,
        with secrets: SecretKeyring,
        patience: Duration,
        now: () -> Date
    ) async throws -> Bool {
        let log = AuditLog.workspace(scope)
        let verifier = AuditVerifier(pool: self.pool, secrets: secrets)
        let verification = try await withThrowingTaskGroup(of: AuditVerification?.self) { group in
            group.addTask { try await verifier.verify(log) }
            group.addTask {
                try await Task.sleep(for: patience)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let verification else {
            try await self.pool.query("UPDATE audit_chains SET verify_after = now() WHERE workspace_id = \(scope.id)")
            return false
        }
        try await AuditChainStore(pool: self.pool, secrets: secrets).note(verification, of: log, now: now())
        return true
    }
}
