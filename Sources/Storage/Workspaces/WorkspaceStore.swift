package import FoundationEssentials
package import PostgreSQL
import SAML
package import Workspaces

/// Makes, changes and deletes workspaces.
///
/// Making and deleting take the role ``StorageRole/operator``.
package struct WorkspaceStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Makes a workspace and, if it has one, its owner's membership.
    ///
    /// - Throws: ``WorkspaceStoreError/companyIDTaken``, `PostgreSQLError`.
    package func create(_ creation: WorkspaceCreation, catalogue: RoleCatalogue) async throws {
        try await self.pool.withTransaction(in: WorkspaceScope(creation.workspace.id)) { transaction in
            try await Self.create(creation, catalogue: catalogue, in: transaction)
        }
    }

    /// Changes a workspace or its SAML configuration: reads it under its lock, lets `decide` decide, and writes the
    /// outcome, in one transaction.
    ///
    ///     try await workspaces.administer(scope, actor: .operator, now: now) { try $0.enableSAML() }
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - actor: On whose word.
    ///   - now: The present.
    ///   - decide: One of the decisions of `WorkspaceAdministration` that end in a `WorkspaceOutcome`; not its
    ///     `delete()`, which ``delete(_:actor:now:)`` applies.
    /// - Returns: What was written.
    /// - Throws: What `decide` throws; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    @discardableResult
    package func administer(
        _ scope: WorkspaceScope,
        actor: AuditActor,
        now: Date,
        decide: @Sendable (WorkspaceAdministration) throws -> WorkspaceOutcome
    ) async throws -> WorkspaceOutcome {
        try await self.pool.withTransaction(in: scope) { transaction in
            try await Self.administer(scope, actor: actor, now: now, in: transaction, decide: decide)
        }
    }

    /// Deletes a workspace: its sessions, people and configuration.
    ///
    /// Its audit log and a tombstone stay (rulings 23).
    ///
    /// - Throws: ``WorkspaceStoreError/workspaceDeleted`` if it was deleted before, `PostgreSQLError`.
    package func delete(_ scope: WorkspaceScope, actor: AuditActor, now: Date) async throws {
        try await self.pool.withTransaction(in: scope) { transaction in
            let configured = try await Self.lock(scope, in: transaction)
            let outcome = WorkspaceAdministration(configured: configured, actor: actor, now: now).delete()
            var write = MembershipWrite()
            for effect in outcome.sessionEffects {
                write.add(effect)
            }
            for statement in Self.deletion(now: now) {
                write.add(statement)
            }
            write.add(outcome.events)
            try await write.apply(in: transaction)
        }
    }

    /// Claims a domain: reads the workspace under its lock, lets `decide` decide, and writes the claim.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - actor: On whose word.
    ///   - now: The present.
    ///   - decide: `WorkspaceAdministration.claimDomain`.
    /// - Returns: The claim.
    /// - Throws: What `decide` throws; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    @discardableResult
    package func claimDomain(
        _ scope: WorkspaceScope,
        actor: AuditActor,
        now: Date,
        decide: @Sendable (WorkspaceAdministration) throws -> DomainClaimOutcome
    ) async throws -> DomainClaimOutcome {
        try await self.pool.withTransaction(in: scope) { transaction in
            try await Self.claimDomain(scope, actor: actor, now: now, in: transaction, decide: decide)
        }
    }

    /// Lists the domains that a workspace has claimed.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func domains(_ scope: WorkspaceScope) async throws -> [ClaimedDomain] {
        let result = try await self.pool.query(
            """
            SELECT domain, proof, claimed_at, lapsed_at FROM domains
            WHERE workspace_id = portico_workspace() ORDER BY domain
            """,
            in: scope
        )
        return try result.rows.map { row in
            ClaimedDomain(
                domain: try row.value("domain") { EmailDomain($0) },
                proof: try row.value("proof") { ClaimedDomain.Proof(rawValue: $0) },
                claimedAt: try row.value("claimed_at"),
                lapsedAt: try row.optional("lapsed_at")
            )
        }
    }

    // MARK: - Parts of a transaction

    /// What ``create(_:catalogue:)`` does.
    static func create(
        _ creation: WorkspaceCreation,
        catalogue: RoleCatalogue,
        in transaction: Transaction
    ) async throws {
        let workspace = creation.workspace
        let name = try await transaction.query(
            """
            INSERT INTO company_ids (folded, workspace_id)
            VALUES (\(workspace.companyID.folded), \(workspace.id.uuid)) ON CONFLICT (folded) DO NOTHING
            """
        )
        guard name.affectedRows == 1 else {
            throw WorkspaceStoreError.companyIDTaken
        }
        var write = MembershipWrite()
        write.add(
            """
            INSERT INTO workspaces (workspace_id, company_id, name, sp_issuer, default_role, created_at)
            VALUES (portico_workspace(), \(workspace.companyID.value), \(workspace.name),
                \(workspace.spIssuer.value), \(workspace.defaultRole.description), \(creation.createdAt))
            """
        )
        write.add(Self.update(workspace))
        if let owner = creation.owner {
            let known = try await transaction.query(
                "SELECT user_id FROM users WHERE email_sha256 = \(MembershipFacts.key(owner))"
            )
            let user = try known.optionalRow()
                .map { row in
                    UserRegistration.registered(UserID(try row.value("user_id", as: UUID.self)))
                }
            let registration = user ?? .unregistered(newID: .random())
            if let membership = creation.ownerMembership(user: registration, catalogue: catalogue) {
                write.add(.inserted(membership), user: registration, now: creation.createdAt)
            }
        }
        write.add(creation.events)
        try await write.apply(in: transaction)
    }

    /// What ``administer(_:actor:now:decide:)`` does.
    static func administer(
        _ scope: WorkspaceScope,
        actor: AuditActor,
        now: Date,
        in transaction: Transaction,
        decide: (WorkspaceAdministration) throws -> WorkspaceOutcome
    ) async throws -> WorkspaceOutcome {
        let configured = try await Self.lock(scope, in: transaction)
        // Behind the lock, so that nobody puts other settings in force meanwhile.
        let passed = try await transaction.query(
            SingleSignOnVersionStatements.passedAt(SingleSignOnVersion(of: configured))
        )
        let administration = WorkspaceAdministration(
            configured: configured,
            actor: actor,
            now: now,
            passedAt: try passed.optionalRow()?.optional("passed_at")
        )
        let outcome = try decide(administration)
        var write = MembershipWrite()
        try Self.add(outcome, to: &write, over: configured, now: now)
        try await write.apply(in: transaction)
        return outcome
    }

    /// What ``claimDomain(_:actor:now:decide:)`` does; the transaction may be in another workspace afterwards.
    static func claimDomain(
        _ scope: WorkspaceScope,
        actor: AuditActor,
        now: Date,
        in transaction: Transaction,
        decide: (WorkspaceAdministration) throws -> DomainClaimOutcome
    ) async throws -> DomainClaimOutcome {
        let configured = try await Self.lock(scope, in: transaction)
        let outcome = try decide(WorkspaceAdministration(configured: configured, actor: actor, now: now))
        var write = MembershipWrite()
        write.add(DomainClaimStatements.claim(outcome.claim))
        write.add(DomainClaimStatements.forgetClaim(of: outcome.claim.domain))
        write.add(outcome.events)
        try await write.apply(in: transaction)
        try await EarlierClaimants(domain: outcome.claim.domain, now: now).tell(in: transaction)
        return outcome
    }

    /// Adds what an outcome writes over what the transaction has read.
    static func add(
        _ outcome: WorkspaceOutcome,
        to write: inout MembershipWrite,
        over current: ConfiguredWorkspace,
        now: Date
    ) throws {
        let digest = SingleSignOnVersion(of: outcome.configured)
        if digest != SingleSignOnVersion(of: current), let settings = SingleSignOnSettings(of: outcome.configured) {
            for statement in try SingleSignOnVersionStatements.baseline(current, now: now) { write.add(statement) }
            let actor = outcome.events.first?.actor ?? .system
            write.add(
                try SingleSignOnVersionStatements.insert(
                    settings,
                    digest: digest,
                    as: .inForce,
                    actor: actor,
                    now: now
                )
            )
            write.add(SingleSignOnVersionStatements.prune)
        }
        if outcome.configured.workspace != current.workspace {
            write.add(Self.update(outcome.configured.workspace))
            for statement in SessionShortening.statements(from: current.workspace, to: outcome.configured.workspace) {
                write.add(statement)
            }
        }
        if outcome.configured.workspace.localSignIn != current.workspace.localSignIn {
            write.add(SessionDeletion.statement(notAllowedBy: outcome.configured.workspace.localSignIn))
            write.add(LocalCredentialStore.forgetLinks(notAllowedBy: outcome.configured.workspace.localSignIn))
            write.add(SessionDeletion.notify(.workspace(current.workspace.id)))
        }
        if let identityProvider = outcome.configured.identityProvider, identityProvider != current.identityProvider {
            let old = current.identityProvider
            for statement in IdentityProviderStatements.replace(old, with: identityProvider, now: now) {
                write.add(statement)
            }
            let pinned = identityProvider.certificates.map(\.sha256Fingerprint)
            if old?.certificates.contains(where: { !pinned.contains($0.sha256Fingerprint) }) ?? false {
                write.add(SessionDeletion.statement(keepingSessionsOf: pinned))
                write.add(SessionDeletion.notify(.workspace(current.workspace.id)))
            }
        }
        for effect in outcome.sessionEffects {
            write.add(effect)
        }
        write.add(outcome.events)
    }

    /// Locks the workspace that the transaction is in, and reads it.
    ///
    /// - Throws: ``WorkspaceStoreError/workspaceDeleted``, ``AuthorityLost``, `PostgreSQLError`.
    static func lock(_ scope: WorkspaceScope, in transaction: Transaction) async throws -> ConfiguredWorkspace {
        let results = try await transaction.pipeline([MembershipFacts.lock, WorkspaceDirectory.selectConfiguration])
        guard let row = try results.last?.optionalRow() else {
            throw WorkspaceStoreError.workspaceDeleted
        }
        try await scope.confirmAuthority(in: transaction)
        return try WorkspaceDirectory.configuredWorkspace(row)
    }

    private static func update(_ workspace: Workspace) -> SQL {
        """
        UPDATE workspaces SET name = \(workspace.name), status = \(workspace.status.rawValue),
            sp_issuer = \(workspace.spIssuer.value), acs_style = \(workspace.acsStyle.rawValue),
            roles_mode = \(workspace.rolesMode.rawValue), roles_first_seen_at = \(workspace.rolesFirstSeenAt),
            default_role = \(workspace.defaultRole.description), self_registration = \(workspace.selfRegistration),
            allow_guests = \(workspace.allowGuests), last_admin_policy = \(workspace.lastAdminPolicy.rawValue),
            role_manager = \(workspace.roleManager?.rawValue), local_sign_in = \(workspace.localSignIn.rawValue),
            seats = \(workspace.seats), session_max_age_seconds = \(workspace.sessionMaxAge?.wholeSeconds),
            session_max_idle_seconds = \(workspace.sessionMaxIdle?.wholeSeconds)
        WHERE workspace_id = portico_workspace()
        """
    }

    private static func deletion(now: Date) -> [SQL] {
        [
            "DELETE FROM memberships WHERE workspace_id = portico_workspace()",
            """
            WITH unused AS (
                DELETE FROM authn_requests WHERE workspace_id = portico_workspace() RETURNING request_id
            )
            DELETE FROM authn_request_index i USING unused WHERE i.request_id = unused.request_id
            """,
            "DELETE FROM identity_providers WHERE workspace_id = portico_workspace()",
            "DELETE FROM domains WHERE workspace_id = portico_workspace()",
        ] + GroupMappingStatements.forget + DomainClaimStatements.forget + MetadataRefreshStatements.forget
            + SingleSignOnVersionStatements.forget + AlertStatements.forget + [
                """
                UPDATE workspaces SET status = 'disabled', deleted_at = \(now) WHERE workspace_id = portico_workspace()
                """
            ]
    }
}
