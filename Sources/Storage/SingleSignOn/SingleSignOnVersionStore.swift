package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The versions of a workspace's single sign-on settings: what was, what is in force, and the draft that may be.
///
/// Everything that changes the settings keeps a version (`WorkspaceStore`): a form, a command, metadata that was fetched.
package struct SingleSignOnVersionStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Reads the versions of a workspace that are kept, newest first.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func versions(_ scope: WorkspaceScope) async throws -> [SavedSingleSignOn] {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: SingleSignOnVersionStatements.columns) FROM single_sign_on_versions
            WHERE workspace_id = portico_workspace() ORDER BY number DESC
            """,
            in: scope
        )
        return try result.rows.map { try SavedSingleSignOn($0) }
    }

    /// Reads the versions that were in force, the newest first.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func versionsInForce(_ scope: WorkspaceScope) async throws -> [SavedSingleSignOn] {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: SingleSignOnVersionStatements.columns) FROM single_sign_on_versions
            WHERE workspace_id = portico_workspace() AND in_force_at IS NOT NULL
            ORDER BY in_force_at DESC, number DESC
            """,
            in: scope
        )
        return try result.rows.map { try SavedSingleSignOn($0) }
    }

    /// Reads the draft.
    ///
    /// - Returns: `nil` where nothing is being edited.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func draft(_ scope: WorkspaceScope) async throws -> SavedSingleSignOn? {
        try await self.pool.query(SingleSignOnVersionStatements.draft, in: scope).optionalRow()
            .map { try SavedSingleSignOn($0) }
    }

    /// When a test sign-in of exactly these settings succeeded last.
    ///
    /// - Returns: `nil` where none did.
    /// - Throws: `PostgreSQLError`.
    package func passedAt(_ scope: WorkspaceScope, _ configured: ConfiguredWorkspace) async throws -> Date? {
        let statement = SingleSignOnVersionStatements.passedAt(SingleSignOnVersion(of: configured))
        return try await self.pool.query(statement, in: scope).optionalRow()?.optional("passed_at")
    }

    /// Changes the draft, or makes one of what is in force: reads both under the lock of the workspace, lets `decide`
    /// decide, and keeps the outcome as the draft, which counts for nobody.
    ///
    /// A draft that says what is in force is none.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - actor: On whose word.
    ///   - now: The present.
    ///   - decide: A decision about the workspace as it would be with the draft.
    /// - Throws: What `decide` throws; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    package func saveDraft(
        _ scope: WorkspaceScope,
        actor: AuditActor,
        now: Date,
        decide: @Sendable (WorkspaceAdministration) throws -> WorkspaceOutcome
    ) async throws {
        try await self.pool.withTransaction(in: scope) { transaction in
            let configured = try await WorkspaceStore.lock(scope, in: transaction)
            let edited = try await Self.edited(configured, in: transaction)
            let outcome = try decide(WorkspaceAdministration(configured: edited, actor: actor, now: now))
            let digest = SingleSignOnVersion(of: outcome.configured)
            guard digest != SingleSignOnVersion(of: edited), let settings = SingleSignOnSettings(of: outcome.configured)
            else { return }
            var statements = [SingleSignOnVersionStatements.endDraft]
            if digest != SingleSignOnVersion(of: configured) {
                statements += try SingleSignOnVersionStatements.baseline(configured, now: now)
                statements.append(
                    try SingleSignOnVersionStatements.insert(
                        settings,
                        digest: digest,
                        as: .draft,
                        actor: actor,
                        now: now
                    )
                )
                statements.append(SingleSignOnVersionStatements.prune)
            }
            statements += outcome.events.map { AuditStore.insert($0.as(.singleSignOnDrafted)) }
            let batch = statements
            _ = try await transaction.pipeline(batch)
        }
    }

    /// Gives up the draft that somebody looked at; it stays among the versions.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - version: What the page named as the version that it showed.
    ///   - actor: On whose word.
    ///   - now: The present.
    /// - Throws: `SingleSignOnVersion.ChangedMeanwhile` where there is another draft by now, or none;
    ///   ``WorkspaceStoreError/workspaceDeleted``, ``AuthorityLost``, `PostgreSQLError`.
    package func discardDraft(
        _ scope: WorkspaceScope,
        named version: String,
        actor: AuditActor,
        now: Date
    ) async throws {
        try await self.pool.withTransaction(in: scope) { transaction in
            let configured = try await WorkspaceStore.lock(scope, in: transaction)
            try SingleSignOnVersion(of: try await Self.edited(configured, in: transaction)).check(named: version)
            let ended = try await transaction.query(SingleSignOnVersionStatements.endDraft)
            guard ended.affectedRows == 1 else { return }
            let event = AuditEvent(
                time: now,
                workspaceID: scope.workspaceID,
                actor: actor,
                action: .singleSignOnDraftDiscarded
            )
            _ = try await transaction.query(AuditStore.insert(event))
        }
    }

    /// Puts what is being edited in force, in one transaction.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - actor: On whose word.
    ///   - session: The session of whoever asks; `nil` for a visit.
    ///   - now: The present.
    ///   - decide: `SingleSignOnPromotion.decide`.
    /// - Throws: What `decide` throws; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    package func promote(
        _ scope: WorkspaceScope,
        actor: AuditActor,
        session: Session?,
        now: Date,
        decide: @Sendable (SingleSignOnPromotion, SingleSignOnPromotion.Person) throws -> WorkspaceOutcome
    ) async throws {
        try await self.pool.withTransaction(in: scope) { transaction in
            let configured = try await WorkspaceStore.lock(scope, in: transaction)
            let edited = try await Self.edited(configured, in: transaction)
            let passed = try await transaction.query(
                SingleSignOnVersionStatements.passedAt(SingleSignOnVersion(of: edited))
            )
            let promotion = SingleSignOnPromotion(
                administration: WorkspaceAdministration(configured: configured, actor: actor, now: now),
                edited: edited,
                passedAt: try passed.optionalRow()?.optional("passed_at")
            )
            let outcome = try decide(promotion, try await Self.person(session, in: transaction))
            var write = MembershipWrite()
            try WorkspaceStore.add(outcome, to: &write, over: configured, now: now)
            write.add(SingleSignOnVersionStatements.endDraft)
            try await write.apply(in: transaction)
        }
    }

    /// Who somebody is that decides about whom the gateway believes.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - session: The session of whoever asks; `nil` for a visit.
    /// - Returns: When the person signed in, and under which certificate.
    /// - Throws: `PostgreSQLError`.
    package func person(_ scope: WorkspaceScope, _ session: Session?) async throws -> SingleSignOnPromotion.Person {
        try await self.pool.withTransaction(in: scope) { try await Self.person(session, in: $0) }
    }

    private static func edited(
        _ configured: ConfiguredWorkspace,
        in transaction: Transaction
    ) async throws -> ConfiguredWorkspace {
        let draft = try await transaction.query(SingleSignOnVersionStatements.draft).optionalRow()
        return try draft?.singleSignOnSettings().applied(to: configured) ?? configured
    }

    private static func person(
        _ session: Session?,
        in transaction: Transaction
    ) async throws -> SingleSignOnPromotion.Person {
        guard let session else { return .visitor }
        if session.method == .passphrase { return .passphrase(authenticatedAt: session.authenticatedAt) }
        let found = try await transaction.query(
            """
            SELECT idp_certificate_sha256 FROM sessions
            WHERE workspace_id = portico_workspace() AND session_id = \(session.id.uuid)
            """
        )
        return .member(
            authenticatedAt: session.authenticatedAt,
            certificate: try found.optionalRow()?.optional("idp_certificate_sha256")
        )
    }
}
