package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// The spaces and projects of workspaces, and who is in them (behavior G4 to G6).
package struct PlaceStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Changes a space or a project itself: reads the facts under the workspace's lock, lets `decide` decide, and writes
    /// the outcome, in one transaction.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - place: The space or project, which may be there or not.
    ///   - title: The name that is wanted; whether another space has it is looked for.
    ///   - management: Who manages spaces.
    ///   - actor: On whose word.
    ///   - now: The present.
    ///   - decide: One of the decisions of `PlaceAdministration`.
    /// - Returns: What was written.
    /// - Throws: What `decide` throws; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    @discardableResult
    package func administer(
        _ scope: WorkspaceScope,
        _ place: Place,
        title: String = "",
        management: MembershipManagement,
        actor: AuditActor,
        now: Date,
        decide: @Sendable (PlaceAdministration) throws -> PlaceOutcome
    ) async throws -> PlaceOutcome {
        try await self.pool.withTransaction(in: scope) { transaction in
            try await Self.administer(
                scope,
                place,
                title: title,
                management: management,
                actor: actor,
                now: now,
                in: transaction,
                decide: decide
            )
        }
    }

    /// What ``administer(_:_:title:management:actor:now:decide:)`` does.
    static func administer(
        _ scope: WorkspaceScope,
        _ place: Place,
        title: String,
        management: MembershipManagement,
        actor: AuditActor,
        now: Date,
        in transaction: Transaction,
        decide: (PlaceAdministration) throws -> PlaceOutcome
    ) async throws -> PlaceOutcome {
        _ = try await WorkspaceStore.lock(scope, in: transaction)
        let statements = PlaceStatements(kind: place.kind)
        let results = try await transaction.pipeline([
            statements.find(place), statements.facts(beside: place, title: title),
        ])
        let facts = try results[1].singleRow()
        let administration = PlaceAdministration(
            workspaceID: scope.workspaceID,
            place: place,
            current: try results[0].optionalRow().map { try PlaceAdministration.Current($0) },
            count: try facts.value("count"),
            namesake: try facts.optional("namesake") { SpaceID($0) },
            management: management,
            actor: actor,
            now: now
        )
        let outcome = try decide(administration)
        _ = try await transaction.pipeline(
            statements.write(outcome.write, place) + outcome.events.map { AuditStore.insert($0) }
        )
        return outcome
    }

    /// Reads a part of the list of spaces or projects.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - kind: Spaces or projects.
    ///   - after: The `next` of the part before; `nil` for the first.
    ///   - limit: How many at most.
    /// - Returns: The places and where the list goes on.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func page(
        _ scope: WorkspaceScope,
        _ kind: Place.Kind,
        after: String? = nil,
        limit: Int
    ) async throws -> PlacePage {
        let statements = PlaceStatements(kind: kind)
        let result = try await self.pool.query(
            """
            SELECT p.\(identifier: statements.id) AS id, \(fragment: statements.current)
            FROM \(identifier: statements.places) p
            WHERE p.workspace_id = portico_workspace()
                AND p.\(identifier: statements.id) COLLATE "C" > coalesce(\(after), '')
            ORDER BY p.\(identifier: statements.id) COLLATE "C" LIMIT \(limit + 1)
            """,
            in: scope
        )
        let entries = try result.rows.prefix(limit)
            .map { row in
                PlaceEntry(
                    place: try row.value("id") { Place(kind, $0) },
                    current: try PlaceAdministration.Current(row)
                )
            }
        return PlacePage(entries: entries, next: result.rows.count > limit ? entries.last?.place.id : nil)
    }

    /// Reads everything about a space or a project.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - place: The space or project.
    ///   - after: The `next` of the part of the people before; `nil` for the first.
    ///   - limit: How many people and groups at most.
    /// - Returns: `nil` for one that there is not.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func detail(
        _ scope: WorkspaceScope,
        of place: Place,
        after: Email? = nil,
        limit: Int
    ) async throws -> PlaceDetail? {
        let statements = PlaceStatements(kind: place.kind)
        let groupRole: SQL = place.kind == .space ? "NULL::text" : "g.role"
        let results = try await self.pool.withTransaction(in: scope) { transaction in
            try await transaction.pipeline([
                statements.find(place),
                """
                SELECT g.group_name, \(fragment: groupRole) AS role FROM \(identifier: statements.mappings) g
                WHERE g.workspace_id = portico_workspace() AND g.\(identifier: statements.id) = \(place.id)
                ORDER BY g.group_name COLLATE "C" LIMIT \(limit)
                """,
                """
                SELECT \(fragment: Membership.columns), \(fragment: statements.role) AS project_role, a.source
                FROM \(identifier: statements.members) a JOIN memberships m USING (workspace_id, user_id)
                WHERE a.workspace_id = portico_workspace() AND a.\(identifier: statements.id) = \(place.id)
                    AND m.email > coalesce(\(after?.value), '')
                ORDER BY m.email LIMIT \(limit + 1)
                """,
            ])
        }
        guard let row = try results[0].optionalRow() else { return nil }
        let members = try results[2].rows.prefix(limit).map { try PlaceMember($0) }
        return PlaceDetail(
            place: place,
            current: try PlaceAdministration.Current(row),
            groups: try results[1].rows
                .map { row in
                    let name: String = try row.value("group_name")
                    return try row.optional("role", as: String.self).map { "\(name) as \($0)" } ?? name
                },
            members: members,
            next: results[2].rows.count > limit ? members.last?.membership.email : nil
        )
    }

    /// Reads every space and project, and who is in it by hand.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func all(_ scope: WorkspaceScope) async throws -> [Place: PlacesChange.Current] {
        try await self.pool.withTransaction(in: scope) { try await Self.all(in: $0) }
    }

    /// What ``all(_:)`` does.
    static func all(in transaction: Transaction) async throws -> [Place: PlacesChange.Current] {
        var found: [Place: PlacesChange.Current] = [:]
        for kind in Place.Kind.allCases { found.merge(try await Self.manual(kind, in: transaction)) { $1 } }
        return found
    }

    private static func manual(
        _ kind: Place.Kind,
        in transaction: Transaction
    ) async throws -> [Place: PlacesChange.Current] {
        let statements = PlaceStatements(kind: kind)
        let result = try await transaction.query(
            """
            SELECT p.\(identifier: statements.id) AS id, p.title, m.email, \(fragment: statements.role) AS role
            FROM \(identifier: statements.places) p
                LEFT JOIN \(identifier: statements.members) a ON a.workspace_id = p.workspace_id
                    AND a.\(identifier: statements.id) = p.\(identifier: statements.id) AND a.source = 'manual'
                LEFT JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
            WHERE p.workspace_id = portico_workspace()
            """
        )
        var members: [Place: [Email: ProjectRole]] = [:]
        var titles: [Place: String] = [:]
        for row in result.rows {
            let place = try row.value("id") { Place(kind, $0) }
            titles[place] = try row.optional("title")
            members[place, default: [:]].merge(try Self.member(row)) { $1 }
        }
        return Dictionary(
            uniqueKeysWithValues: members.map { ($0, PlacesChange.Current(title: titles[$0], members: $1)) }
        )
    }

    private static func member(_ row: Row) throws -> [Email: ProjectRole] {
        guard let email = try row.optional("email", { Email($0) }) else { return [:] }
        return [email: try row.optional("role") { ProjectRole(rawValue: $0) } ?? .inherit]
    }
}

extension PlaceMember {
    /// Reads a row that has the columns of a membership, `project_role` and `source`.
    fileprivate init(_ row: Row) throws {
        self.membership = try Membership(row)
        self.role = try row.optional("project_role") { ProjectRole(rawValue: $0) }
        self.source = try row.value("source") { AssignmentSource(rawValue: $0) }
    }
}
