import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The people of a workspace.
package struct MembershipStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Lists the people of a workspace by address.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func memberships(_ scope: WorkspaceScope) async throws -> [Membership] {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: Membership.columns) FROM memberships m
            WHERE m.workspace_id = portico_workspace() ORDER BY m.email
            """,
            in: scope
        )
        return try result.rows.map { try Membership($0) }
    }

    /// Finds one person.
    ///
    /// - Returns: `nil` for somebody without a membership.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func membership(_ scope: WorkspaceScope, of email: Email) async throws -> Membership? {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: Membership.columns) FROM memberships m
            WHERE m.workspace_id = portico_workspace() AND m.email = \(email.value)
            """,
            in: scope
        )
        return try result.optionalRow().map { try Membership($0) }
    }

    /// Lists the owner of a workspace and its active administrators by address.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func administrators(_ scope: WorkspaceScope, catalogue: RoleCatalogue) async throws -> [Membership] {
        let result = try await self.pool.query(Self.administrators(catalogue), in: scope)
        return try result.rows.map { try Membership($0) }
    }

    /// Lists them within a transaction, in the workspace that it is in.
    static func administrators(in transaction: Transaction, catalogue: RoleCatalogue) async throws -> [Membership] {
        try await transaction.query(Self.administrators(catalogue)).rows.map { try Membership($0) }
    }

    private static func administrators(_ catalogue: RoleCatalogue) -> SQL {
        """
        SELECT \(fragment: Membership.columns) FROM memberships m
        WHERE m.workspace_id = portico_workspace()
            AND (m.is_owner OR (m.state = 'ACTIVE' AND m.role = \(catalogue.admin.name))) ORDER BY m.email
        """
    }

    /// Changes one person's membership: reads the facts under the workspace's lock, lets `decide` decide, and writes
    /// the outcome, in one transaction.
    ///
    ///     try await members.administer(request) { administration, _ in try administration.deactivate() }
    ///
    /// What is refused for another reason than a slip stands in the audit log, too; of many refusals, not every one.
    ///
    /// - Parameters:
    ///   - request: What is asked for.
    ///   - decide: One of the decisions of `MemberAdministration`, which may be asked again if the facts changed; it
    ///     also gets the identifier that a new membership would have.
    /// - Returns: What was written.
    /// - Throws: What `decide` throws; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    package func administer(
        _ request: MemberChangeRequest,
        decide: @Sendable (MemberAdministration, UserRegistration) throws -> MemberAdministrationOutcome
    ) async throws -> MemberAdministrationOutcome {
        try await self.notingRefusals(of: request) {
            try await self.pool.withFreshFacts(in: request.scope) { transaction in
                let (administration, user) = try await Self.administration(request, in: transaction)
                let outcome = try decide(administration, user)
                try await Self.write(outcome, user: user, now: request.now).apply(in: transaction)
                return outcome
            }
        }
    }

    /// Decides as ``administer(_:decide:)`` does, and writes nothing but what is refused: what is wrong with a step is
    /// told before its person is asked to confirm who they are.
    ///
    /// - Throws: What `decide` throws; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    package func consider(
        _ request: MemberChangeRequest,
        decide: @Sendable (MemberAdministration, UserRegistration) throws -> MemberAdministrationOutcome
    ) async throws {
        try await self.notingRefusals(of: request) {
            try await self.pool.withTransaction(in: request.scope) { transaction in
                let (administration, user) = try await Self.administration(request, in: transaction)
                _ = try decide(administration, user)
            }
        }
    }

    /// Reads what a decision about a person rests on, behind the lock of the workspace.
    private static func administration(
        _ request: MemberChangeRequest,
        in transaction: Transaction
    ) async throws -> (MemberAdministration, UserRegistration) {
        let results = try await transaction.pipeline(
            [MembershipFacts.lock, Self.countInvitations]
                + MembershipFacts.statements(about: request.email, catalogue: request.catalogue)
        )
        guard let facts = try MembershipFacts(results.dropFirst(2)) else {
            throw WorkspaceStoreError.workspaceDeleted
        }
        try await request.scope.confirmAuthority(in: transaction)
        let administration = MemberAdministration(
            configured: facts.configured,
            membership: facts.membership,
            otherActiveAdmins: facts.otherActiveAdmins,
            activeMembers: facts.activeMembers,
            openInvitations: try results[1].singleRow().value("open_invitations"),
            catalogue: request.catalogue,
            management: request.management,
            actor: request.actor,
            now: request.now
        )
        return (administration, facts.user)
    }

    /// Counts who is invited, from an index and no further than matters.
    private static let countInvitations: SQL = """
        SELECT count(*) AS open_invitations FROM (
            SELECT 1 FROM memberships WHERE workspace_id = portico_workspace() AND state = 'INVITED'
            LIMIT \(MemberAdministration.maximumInvitations)) open
        """

    private static func write(
        _ outcome: MemberAdministrationOutcome,
        user: UserRegistration,
        now: Date
    ) -> MembershipWrite {
        var write = MembershipWrite()
        // Sessions go first: deleting a membership would take them along without the references to their tokens.
        for effect in outcome.sessionEffects {
            write.add(effect)
        }
        switch outcome.write {
        case .save(let change):
            write.add(change, user: user, now: now)
        case .remove(let membership):
            write.add(
                """
                DELETE FROM memberships
                WHERE workspace_id = portico_workspace() AND user_id = \(membership.userID.uuid)
                """
            )
        }
        if let link = outcome.invitation {
            write.add(InvitationStatements.forgetMail(to: link.userID))
            for statement in InvitationStatements.replace(with: link) { write.add(statement) }
        }
        if let mail = outcome.invitationMail {
            for statement in InvitationStatements.enqueue(mail, now: now) { write.add(statement) }
        }
        write.add(outcome.events)
        return write
    }
}
