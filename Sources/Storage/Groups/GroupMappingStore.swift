package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// What groups give in workspaces (behavior G1).
package struct GroupMappingStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Reads every mapping of a workspace.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func mappings(_ scope: WorkspaceScope) async throws -> GroupMappings {
        try await self.pool.withTransaction(in: scope) { transaction in
            try Self.read(try await transaction.pipeline(GroupMappingStatements.all))
        }
    }

    /// Changes the mappings of a workspace: reads them under the workspace's lock, checks the change and writes it, in
    /// one transaction.
    ///
    /// Members get what they are given at their next sign-in.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - change: What somebody wants changed.
    ///   - version: The version that the change began from; `nil` for whatever is there.
    ///   - catalogue: The roles of the installation.
    ///   - actor: On whose word.
    ///   - now: The present.
    /// - Returns: What is different now; empty when nothing is.
    /// - Throws: `ConfigurationMistakes`; ``MappingsChangedMeanwhile``; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    @discardableResult
    package func change(
        _ scope: WorkspaceScope,
        _ change: GroupMappingsChange,
        over version: String? = nil,
        catalogue: RoleCatalogue,
        actor: AuditActor,
        now: Date
    ) async throws -> [SettingDifference] {
        try await self.pool.withTransaction(in: scope) { transaction in
            try await Self.change(
                scope,
                change,
                over: version,
                catalogue: catalogue,
                actor: actor,
                now: now,
                in: transaction
            )
        }
    }

    /// What ``change(_:_:over:catalogue:actor:now:)`` does.
    static func change(
        _ scope: WorkspaceScope,
        _ change: GroupMappingsChange,
        over version: String?,
        catalogue: RoleCatalogue,
        actor: AuditActor,
        now: Date,
        in transaction: Transaction
    ) async throws -> [SettingDifference] {
        _ = try await WorkspaceStore.lock(scope, in: transaction)
        let old = try Self.read(try await transaction.pipeline(GroupMappingStatements.all))
        if let version, !GroupMappingsVersion(of: old).isNamed(by: version) {
            throw MappingsChangedMeanwhile(current: old)
        }
        let new = try change.applied(to: old, catalogue: catalogue)
        let differences = old.differences(to: new)
        guard !differences.isEmpty else { return [] }
        let places = try await transaction.pipeline(GroupMappingStatements.places)
        guard places.count == GroupMappingStatements.places.count else {
            throw PostgreSQLError.unexpectedRowCount(places.count)
        }
        try change.checkPlaces(
            beside: Set(try places[0].rows.map { try $0.value("space_id") { SpaceID($0) } }),
            Set(try places[1].rows.map { try $0.value("project_id") { ProjectID($0) } })
        )
        let event = AuditEvent.mappingsChanged(differences, in: scope.workspaceID, actor: actor, now: now)
        _ = try await transaction.pipeline(
            GroupMappingStatements.replace(with: new) + [AuditStore.insert(event)]
        )
        return differences
    }

    /// Reads what is kept of the newest sign-in of a member, and what one would be decided by now.
    ///
    /// - Returns: `nil` for somebody who is no member, and for one who has not signed in since groups are kept.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func pastSignIn(
        _ scope: WorkspaceScope,
        of email: Email,
        catalogue: RoleCatalogue,
        management: MembershipManagement
    ) async throws -> PastSignIn? {
        try await self.pool.withTransaction(in: scope) { transaction in
            let results = try await transaction.pipeline(
                [
                    """
                    SELECT s.seen_at, s.group_names, CASE WHEN s.roles_seen_at = s.seen_at THEN s.roles END AS roles
                    FROM member_seen_groups s JOIN memberships m USING (workspace_id, user_id)
                    WHERE s.workspace_id = portico_workspace() AND m.email = \(email.value)
                    """
                ] + StoredSignInFacts.statements(about: email, groups: [], catalogue: catalogue)
            )
            guard let row = try results.first?.optionalRow(),
                let facts = try StoredSignInFacts(results.dropFirst(), management: management)
            else { return nil }
            return PastSignIn(
                seen: SeenSignIn(
                    seenAt: try row.value("seen_at"),
                    groups: Set(try row.value("group_names", as: [String].self).compactMap { GroupName($0) }),
                    roles: try row.optional("roles", as: [String].self)
                ),
                facts: facts.signInFacts(signUpPolicy: .open)
            )
        }
    }

    private static func read(_ results: [QueryResult]) throws -> GroupMappings {
        guard results.count == GroupMappingStatements.all.count else {
            throw PostgreSQLError.unexpectedRowCount(results.count)
        }
        var mappings = try GroupMappings(results[0].rows)
        for row in results[1].rows {
            mappings.spaceTitles[try row.value("space_id") { SpaceID($0) }] = try row.value("title")
        }
        for row in results[2].rows {
            mappings.projectTitles[try row.value("project_id") { ProjectID($0) }] = try row.value("title")
        }
        return mappings
    }
}
