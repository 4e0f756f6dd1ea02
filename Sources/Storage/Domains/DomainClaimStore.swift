package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The domains that workspaces claim by DNS (behavior D1, D5).
package struct DomainClaimStore: Sendable {
    private let pool: ConnectionPool

    /// How long a workspace is left to the node that took it: longer than its questions take.
    private static let claimLength: TimeInterval = 300

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Lists the claims of a workspace.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func claims(_ scope: WorkspaceScope) async throws -> [DomainClaim] {
        try await self.pool.query(DomainClaimStatements.select, in: scope).rows.map { try DomainClaim($0) }
    }

    /// Begins a claim; one that waits for its record already goes on as it is.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - text: The domain as it was typed.
    ///   - actor: On whose word.
    ///   - now: The present.
    /// - Returns: The claim, with what has to be published.
    /// - Throws: `DomainClaimRule.Refusal`; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    package func request(
        _ scope: WorkspaceScope,
        domain text: String,
        actor: AuditActor,
        now: Date
    ) async throws -> DomainClaim {
        try await self.pool.withTransaction(in: scope) { transaction in
            let configured = try await WorkspaceStore.lock(scope, in: transaction)
            let administration = WorkspaceAdministration(configured: configured, actor: actor, now: now)
            let claims = try await Self.claims(in: transaction)
            let requested = try administration.requestDomain(text, token: .random(), beside: claims.map(\.domain))
            let current = claims.first { $0.domain == requested.claim.domain }
            if let current, current.state == .inProgress, now < current.expiresAt { return current }
            _ = try await transaction.pipeline([
                DomainClaimStatements.save(requested.claim), DomainClaimStatements.enqueue(at: now),
                AuditStore.insert(requested.event),
            ])
            return requested.claim
        }
    }

    /// Writes down what a look at the record came to.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - claim: The claim whose record was looked for.
    ///   - finding: What the name servers said.
    ///   - actor: On whose word it was looked for.
    ///   - now: The present.
    /// - Returns: What was written; `nil` for a claim that was given up or begun anew meanwhile.
    /// - Throws: ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    @discardableResult
    package func note(
        _ scope: WorkspaceScope,
        _ claim: DomainClaim,
        finding: DomainFinding,
        actor: AuditActor,
        now: Date
    ) async throws -> DomainCheckOutcome? {
        try await self.pool.withTransaction(in: scope) { transaction in
            _ = try await WorkspaceStore.lock(scope, in: transaction)
            let current = try await Self.claim(of: claim.domain, in: transaction)
            guard let current, current.token == claim.token else { return nil }
            let outcome = DomainCheck.decide(
                current,
                finding: finding,
                workspaceID: scope.workspaceID,
                actor: actor,
                now: now
            )
            _ = try await transaction.pipeline(
                [DomainClaimStatements.save(outcome.claim)]
                    + DomainClaimStatements.apply(outcome.effect, to: claim.domain, now: now)
                    + outcome.events.map(AuditStore.insert)
            )
            if outcome.effect == .claim {
                try await EarlierClaimants(domain: claim.domain, now: now).tell(in: transaction)
            }
            return outcome
        }
    }

    /// Gives a domain up, however it was claimed.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - domain: The domain.
    ///   - catalogue: The roles, where administrators have to come in as before; `nil` for the operator, who may take the
    ///     domain of any.
    ///   - actor: On whose word.
    ///   - now: The present.
    /// - Returns: Whether the workspace had it.
    /// - Throws: `AdministrationRefusal`; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    package func remove(
        _ scope: WorkspaceScope,
        domain: EmailDomain,
        sparing catalogue: RoleCatalogue? = nil,
        actor: AuditActor,
        now: Date
    ) async throws -> Bool {
        try await self.pool.withTransaction(in: scope) { transaction in
            let event = try await Self.removal(scope, domain, sparing: catalogue, actor, now, in: transaction)
            let results = try await transaction.pipeline(DomainClaimStatements.remove(domain))
            guard results.contains(where: { $0.affectedRows > 0 }) else { return false }
            _ = try await transaction.pipeline([AuditStore.insert(event)])
            return true
        }
    }

    /// Decides as ``remove(_:domain:sparing:actor:now:)`` does, and writes nothing: what is wrong with it is told before
    /// its person is asked to confirm who they are.
    ///
    /// - Throws: `AdministrationRefusal`; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    package func considerRemoval(
        _ scope: WorkspaceScope,
        domain: EmailDomain,
        sparing catalogue: RoleCatalogue,
        actor: AuditActor,
        now: Date
    ) async throws {
        try await self.pool.withTransaction(in: scope) { transaction in
            _ = try await Self.removal(scope, domain, sparing: catalogue, actor, now, in: transaction)
        }
    }

    /// Decides behind the lock of the workspace, and answers what the audit log says.
    private static func removal(
        _ scope: WorkspaceScope,
        _ domain: EmailDomain,
        sparing catalogue: RoleCatalogue?,
        _ actor: AuditActor,
        _ now: Date,
        in transaction: Transaction
    ) async throws -> AuditEvent {
        let configured = try await WorkspaceStore.lock(scope, in: transaction)
        var administrators: [Membership] = []
        if let catalogue {
            administrators = try await MembershipStore.administrators(in: transaction, catalogue: catalogue)
        }
        return try WorkspaceAdministration(configured: configured, actor: actor, now: now)
            .removeDomain(domain, beside: administrators)
    }

    // MARK: - Whose turn it is

    /// Takes the workspace whose records are due for the longest time; for five minutes no other node takes it.
    ///
    /// - Returns: `nil` when none is due.
    /// - Throws: `PostgreSQLError`.
    package func takeDue(now: Date) async throws -> WorkspaceScope? {
        let result = try await self.pool.query(
            """
            UPDATE domain_check_queue SET due_at = \(now.addingTimeInterval(Self.claimLength))
            WHERE workspace_id = (
                SELECT workspace_id FROM domain_check_queue WHERE due_at <= \(now)
                ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING workspace_id
            """
        )
        return try result.optionalRow()
            .map { row in
                WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self)))
            }
    }

    /// Says when the records of a workspace are looked for next; without an open claim, never.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func reschedule(_ scope: WorkspaceScope, now: Date) async throws {
        try await self.pool.withTransaction(in: scope) { transaction in
            let claims = try await Self.claims(in: transaction)
            guard let next = claims.compactMap({ $0.nextCheck(after: now) }).min() else {
                _ = try await transaction.query(DomainClaimStatements.leaveQueue)
                return
            }
            _ = try await transaction.pipeline([
                DomainClaimStatements.leaveQueue, DomainClaimStatements.enqueue(at: next),
            ])
        }
    }

    private static func claim(of domain: EmailDomain, in transaction: Transaction) async throws -> DomainClaim? {
        try await Self.claims(in: transaction).first { $0.domain == domain }
    }

    private static func claims(in transaction: Transaction) async throws -> [DomainClaim] {
        try await transaction.query(DomainClaimStatements.select).rows.map { try DomainClaim($0) }
    }
}
