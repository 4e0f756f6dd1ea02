import PostgreSQL
import Workspaces

extension WorkspaceScope {
    /// Locks the workspace that a transaction is in, and asks again whether whoever changes something still may.
    ///
    /// Whoever asks was let in a moment ago. What they send may have waited for the lock since, behind the very change that
    /// took their role: without this, an administrator who is being put out puts themselves back.
    ///
    /// - Throws: ``AuthorityLost``, `PostgreSQLError`.
    func lock(in transaction: Transaction) async throws {
        _ = try await transaction.query(MembershipFacts.lock)
        try await self.confirmAuthority(in: transaction)
    }

    /// The same where the workspace is locked already.
    func confirmAuthority(in transaction: Transaction) async throws {
        let right: SQL
        switch self.authority {
        case .caller: return
        case .session(let session, let administrator):
            right = """
                SELECT true AS granted FROM sessions s JOIN memberships m USING (workspace_id, user_id)
                WHERE s.workspace_id = portico_workspace() AND s.session_id = \(session.uuid) AND m.state = 'ACTIVE'
                    AND (m.is_owner OR m.role = \(administrator.name))
                """
        case .visit(let hash):
            right = """
                SELECT true AS granted FROM setup_visits
                WHERE workspace_id = portico_workspace() AND token_hash = \(hash.bytes)
                """
        }
        guard try await transaction.query(right).optionalRow() != nil else { throw AuthorityLost() }
    }
}
