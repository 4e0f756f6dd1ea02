package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The passphrases of members, and the links by which they are set.
///
/// Making a link takes the role ``StorageRole/operator``.
package struct LocalCredentialStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// The passphrase of a member.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func credential(_ scope: WorkspaceScope, of userID: UserID) async throws -> StoredLocalCredential? {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: StoredLocalCredential.columns) FROM local_credentials c
            WHERE c.workspace_id = portico_workspace() AND c.user_id = \(userID.uuid)
            """,
            in: scope
        )
        return try result.optionalRow().flatMap { try StoredLocalCredential(joined: $0) }
    }

    /// Keeps a new link in the place of every earlier one of its member.
    ///
    /// - Throws: `PostgreSQLError`.
    package func create(_ link: PassphraseLink, for email: Email) async throws {
        try await self.pool.withTransaction(in: WorkspaceScope(link.workspaceID)) { transaction in
            _ = try await transaction.pipeline([
                Self.forgetLinks(of: link.userID),
                """
                INSERT INTO passphrase_links (token_hash, workspace_id, user_id, created_at, expires_at)
                VALUES (\(link.tokenHash.bytes), portico_workspace(), \(link.userID.uuid), \(link.createdAt),
                    \(link.expiresAt))
                """,
                AuditStore.insert(link.creationEvent(about: email)),
            ])
        }
    }

    /// Whose passphrase a link sets.
    ///
    /// - Returns: `nil` for a link that there never was, that was used or taken back, or whose time is over.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func holder(
        ofLink tokenHash: SecretTokenHash<PassphraseLink>,
        now: Date
    ) async throws -> PassphraseLinkHolder? {
        try await self.pool.withTransaction { transaction in
            let found = try await transaction.query(
                """
                SELECT workspace_id, user_id FROM passphrase_links
                WHERE token_hash = \(tokenHash.bytes) AND expires_at > \(now)
                """
            )
            guard let row = try found.optionalRow() else { return nil }
            let scope = WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self)))
            let userID = UserID(try row.value("user_id", as: UUID.self))
            let results = try await transaction.pipeline([
                scope.enter,
                """
                SELECT \(fragment: Membership.columns) FROM memberships m
                WHERE m.workspace_id = portico_workspace() AND m.user_id = \(userID.uuid)
                """,
            ])
            return try results[1].optionalRow()
                .map { PassphraseLinkHolder(scope: scope, membership: try Membership($0)) }
        }
    }

    /// Sets the passphrase of a link's holder; the link sets nothing any more, and no authenticator app is left.
    ///
    /// Of two who use it at once, one does. The sessions that an older passphrase opened end.
    ///
    /// - Returns: Whether the link was still there.
    /// - Throws: `PostgreSQLError`.
    package func setPassphrase(
        byLink tokenHash: SecretTokenHash<PassphraseLink>,
        of holder: PassphraseLinkHolder,
        to hash: PassphraseHash,
        clientAddress: String,
        now: Date
    ) async throws -> Bool {
        try await self.pool.withTransaction(in: holder.scope) { transaction in
            // With the workspace locked, as a sign-in does: of one that goes on meanwhile, this ends the session or is seen.
            let results = try await transaction.pipeline([
                MembershipFacts.lock,
                "DELETE FROM passphrase_links WHERE token_hash = \(tokenHash.bytes) AND expires_at > \(now)",
            ])
            guard results[1].affectedRows == 1 else { return false }
            let membership = holder.membership
            let event = AuditEvent(
                time: now,
                workspaceID: holder.scope.workspaceID,
                actor: .setup,
                action: .passphraseSet,
                email: membership.email.value,
                detail: ["by": "link", "client_address": clientAddress]
            )
            _ = try await transaction.pipeline([
                Self.forget(membership.userID), Self.insert(hash, of: membership.userID, now: now),
                SessionDeletion.statement(openedByPassphraseOf: membership.userID, keeping: nil),
                SessionDeletion.notify(.member(holder.scope.workspaceID, membership.userID)),
                AuditStore.insert(event),
            ])
            return true
        }
    }

    /// Takes the passphrase of a member away, with the links that would set another one, and ends its sessions.
    ///
    /// - Returns: Whether there was one, or a link.
    /// - Throws: ``AuthorityLost``, `PostgreSQLError`.
    package func remove(
        _ scope: WorkspaceScope,
        of membership: Membership,
        by actor: AuditActor,
        now: Date
    ) async throws -> Bool {
        try await self.pool.withTransaction(in: scope) { transaction in
            try await scope.lock(in: transaction)
            return try await Self.remove(scope, of: membership, by: actor, now: now, in: transaction)
        }
    }

    /// The same with the workspace locked.
    static func remove(
        _ scope: WorkspaceScope,
        of membership: Membership,
        by actor: AuditActor,
        now: Date,
        in transaction: Transaction
    ) async throws -> Bool {
        let results = try await transaction.pipeline([
            Self.forgetLinks(of: membership.userID), Self.forget(membership.userID),
        ])
        guard results[0].affectedRows + results[1].affectedRows > 0 else { return false }
        let event = AuditEvent(
            time: now,
            workspaceID: scope.workspaceID,
            actor: actor,
            action: .passphraseRemoved,
            email: membership.email.value
        )
        _ = try await transaction.pipeline([
            SessionDeletion.statement(openedByPassphraseOf: membership.userID, keeping: nil),
            SessionDeletion.notify(.member(scope.workspaceID, membership.userID)), AuditStore.insert(event),
        ])
        return true
    }

    // MARK: - Statements

    /// Deletes the links of a member.
    static func forgetLinks(of userID: UserID) -> SQL {
        "DELETE FROM passphrase_links WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid)"
    }

    /// Deletes the passphrase of a member.
    static func forget(_ userID: UserID) -> SQL {
        "DELETE FROM local_credentials WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid)"
    }

    /// Deletes the passphrase and the links of a member who does not own the workspace.
    static func forget(unlessOwner userID: UserID) -> [SQL] {
        ["local_credentials", "passphrase_links"]
            .map { table in
                """
                DELETE FROM \(identifier: table) t WHERE t.workspace_id = portico_workspace() AND t.user_id = \(userID.uuid)
                    AND NOT EXISTS (SELECT 1 FROM memberships m
                        WHERE m.workspace_id = t.workspace_id AND m.user_id = t.user_id AND m.is_owner)
                """
            }
    }

    /// Deletes the links that a mode does not allow any more.
    static func forgetLinks(notAllowedBy mode: LocalSignInMode) -> SQL {
        """
        DELETE FROM passphrase_links t WHERE t.workspace_id = portico_workspace() AND \(mode != .members)
            AND (\(mode == .off) OR NOT EXISTS (SELECT 1 FROM memberships m
                WHERE m.workspace_id = t.workspace_id AND m.user_id = t.user_id AND m.is_owner))
        """
    }

    /// Keeps the passphrase of a member that has none.
    static func insert(_ hash: PassphraseHash, of userID: UserID, now: Date) -> SQL {
        """
        INSERT INTO local_credentials (workspace_id, user_id, salt, digest, cost_rounds, cost_block_size,
            cost_parallelism, set_at)
        VALUES (portico_workspace(), \(userID.uuid), \(hash.salt), \(hash.digest), \(hash.cost.rounds),
            \(hash.cost.blockSize), \(hash.cost.parallelism), \(now))
        """
    }
}
