import FoundationEssentials
import PostgreSQL
package import Workspaces

extension MembershipStore {
    /// Reads a part of the list of people, by address.
    ///
    /// The next part begins behind an address, so that nobody is skipped or shown twice when others come and go.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - filter: Which people.
    ///   - after: The `next` of the part before; `nil` for the first.
    ///   - limit: How many people at most.
    /// - Returns: The people and where the list goes on.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func page(
        _ scope: WorkspaceScope,
        filter: MemberFilter = MemberFilter(),
        after: Email? = nil,
        limit: Int
    ) async throws -> MemberPage {
        let text = filter.text?.storable.lowercased()
        let result = try await self.pool.query(
            """
            SELECT \(fragment: Membership.columns), \(fragment: MemberEntry.columns)
            FROM memberships m \(fragment: MemberEntry.newestLink)
            WHERE m.workspace_id = portico_workspace() AND m.email > coalesce(\(after?.value), '')
                AND (\(filter.standing?.rawValue)::text IS NULL OR m.state = \(filter.standing?.rawValue))
                AND (\(filter.role?.name)::text IS NULL OR m.role = \(filter.role?.name))
                AND (\(text)::text IS NULL OR strpos(m.email, \(text)) > 0
                    OR strpos(lower(m.display_name), \(text)) > 0)
            ORDER BY m.email LIMIT \(limit + 1)
            """,
            in: scope
        )
        let entries = try result.rows.prefix(limit).map { try MemberEntry($0) }
        return MemberPage(
            entries: entries,
            next: result.rows.count > limit ? entries.last?.membership.email : nil
        )
    }

    /// Reads everything about one person.
    ///
    /// - Returns: `nil` for somebody without a membership.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func detail(_ scope: WorkspaceScope, of userID: UserID) async throws -> MemberDetail? {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: Membership.columns), \(fragment: MemberEntry.columns),
                ARRAY(SELECT g.group_name FROM member_groups g WHERE g.workspace_id = m.workspace_id
                    AND g.user_id = m.user_id ORDER BY g.group_name COLLATE "C") AS groups,
                ARRAY(SELECT c.space_id FROM member_spaces c WHERE c.workspace_id = m.workspace_id
                    AND c.user_id = m.user_id ORDER BY c.space_id COLLATE "C") AS spaces,
                ARRAY(SELECT p.project_id FROM member_projects p WHERE p.workspace_id = m.workspace_id
                    AND p.user_id = m.user_id ORDER BY p.project_id COLLATE "C") AS projects,
                ARRAY(SELECT p.role FROM member_projects p WHERE p.workspace_id = m.workspace_id
                    AND p.user_id = m.user_id ORDER BY p.project_id COLLATE "C") AS project_roles
            FROM memberships m \(fragment: MemberEntry.newestLink)
            WHERE m.workspace_id = portico_workspace() AND m.user_id = \(userID.uuid)
            """,
            in: scope
        )
        return try result.optionalRow()
            .map { row in
                let projects: [String] = try row.value("projects")
                let roles: [String] = try row.value("project_roles")
                return MemberDetail(
                    entry: try MemberEntry(row),
                    groups: try row.value("groups"),
                    spaces: try row.value("spaces"),
                    projects: zip(projects, roles)
                        .map { ProjectAssignment(id: $0, role: ProjectRole(rawValue: $1)?.role) }
                )
            }
    }
}
