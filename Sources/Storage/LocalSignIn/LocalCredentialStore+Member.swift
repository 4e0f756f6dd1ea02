package import FoundationEssentials
import PostgreSQL
package import Workspaces

/// What a member does about their own passphrase, signed in.
extension LocalCredentialStore {
    /// Sets or changes the passphrase of a member; the authenticator app stays.
    ///
    /// The sessions that the older one opened end, but for the one in which it is changed.
    ///
    /// - Throws: ``AuthorityLost``, `PostgreSQLError`.
    package func setPassphrase(
        _ scope: WorkspaceScope,
        of membership: Membership,
        to hash: PassphraseHash,
        keeping session: SessionID,
        clientAddress: String,
        now: Date
    ) async throws {
        let event = AuditEvent(
            time: now,
            workspaceID: scope.workspaceID,
            actor: .member(membership.email),
            action: .passphraseSet,
            email: membership.email.value,
            detail: ["by": "settings", "client_address": clientAddress]
        )
        let userID = membership.userID
        try await self.pool.withTransaction(in: scope) { transaction in
            // A hash takes its time, in which a sign-in may go on or the right be taken away.
            try await scope.lock(in: transaction)
            _ = try await transaction.pipeline([
                """
                INSERT INTO local_credentials AS c (workspace_id, user_id, salt, digest, cost_rounds, cost_block_size,
                    cost_parallelism, set_at)
                VALUES (portico_workspace(), \(userID.uuid), \(hash.salt), \(hash.digest), \(hash.cost.rounds),
                    \(hash.cost.blockSize), \(hash.cost.parallelism), \(now))
                ON CONFLICT (workspace_id, user_id) DO UPDATE SET salt = excluded.salt, digest = excluded.digest,
                    cost_rounds = excluded.cost_rounds, cost_block_size = excluded.cost_block_size,
                    cost_parallelism = excluded.cost_parallelism, set_at = excluded.set_at
                """,
                Self.forgetLinks(of: userID),
                SessionDeletion.statement(openedByPassphraseOf: userID, keeping: session),
                SessionDeletion.notify(.member(scope.workspaceID, userID)), AuditStore.insert(event),
            ])
        }
    }

    /// Takes the passphrase of a member away on their own word, unless nobody could get in then.
    ///
    /// - Throws: `AdministrationRefusal`; ``WorkspaceStoreError/workspaceDeleted``, ``AuthorityLost``, `PostgreSQLError`.
    package func removeOwn(
        _ scope: WorkspaceScope,
        of membership: Membership,
        catalogue: RoleCatalogue,
        now: Date
    ) async throws {
        try await self.pool.withTransaction(in: scope) { transaction in
            let configured = try await WorkspaceStore.lock(scope, in: transaction)
            let found = try await transaction.query(
                """
                SELECT \(fragment: Membership.columns) FROM memberships m JOIN local_credentials USING (workspace_id, user_id)
                WHERE m.workspace_id = portico_workspace() AND m.user_id <> \(membership.userID.uuid)
                """
            )
            try PassphraseRemoval.check(
                of: membership,
                beside: try found.rows.map { try Membership($0) },
                in: configured,
                catalogue: catalogue
            )
            _ = try await Self.remove(scope, of: membership, by: .member(membership.email), now: now, in: transaction)
        }
    }

    /// Sets up the authenticator app of a member who has a passphrase, or takes it away.
    ///
    /// - Returns: Whether anything changed: there must be a passphrase, and an app to take away.
    /// - Throws: ``AuthorityLost``, `PostgreSQLError`.
    @discardableResult
    package func setCodes(
        _ scope: WorkspaceScope,
        of membership: Membership,
        to codes: StoredLocalCredential.CodeSetup?,
        now: Date
    ) async throws -> Bool {
        let event = AuditEvent(
            time: now,
            workspaceID: scope.workspaceID,
            actor: .member(membership.email),
            action: codes == nil ? .authenticatorRemoved : .authenticatorSet,
            email: membership.email.value
        )
        return try await self.pool.withTransaction(in: scope) { transaction in
            try await scope.lock(in: transaction)
            let updated = try await transaction.query(
                """
                UPDATE local_credentials SET sealed_code_secret = \(codes?.sealedSecret.bytes),
                    code_secret_key_id = \(codes?.sealedSecret.secretKeyID), last_code_step = \(codes?.lastStep)
                WHERE workspace_id = portico_workspace() AND user_id = \(membership.userID.uuid)
                    AND (sealed_code_secret IS NOT NULL OR \(codes != nil))
                """
            )
            guard updated.affectedRows == 1 else { return false }
            _ = try await transaction.query(AuditStore.insert(event))
            return true
        }
    }
}
