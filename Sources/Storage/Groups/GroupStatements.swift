import FoundationEssentials
import PostgreSQL
import Workspaces

/// The statements about groups that a sign-in runs.
enum GroupStatements {
    /// How many statements ``facts(about:groups:)`` are.
    static let factCount = 3

    /// Reads the mappings of the groups that an assertion names, whether groups give roles at all, and what the person
    /// has been assigned.
    static func facts(about email: Email, groups: Set<GroupName>) -> [SQL] {
        let names = groups.map(\.value)
        return [
            """
            SELECT 'role' AS kind, group_name, NULL::text AS target, role FROM role_mappings
            WHERE workspace_id = portico_workspace() AND group_name = ANY (\(names))
            UNION ALL
            SELECT 'space', group_name, space_id, NULL FROM space_mappings
            WHERE workspace_id = portico_workspace() AND group_name = ANY (\(names))
            UNION ALL
            SELECT 'project', group_name, project_id, role FROM project_mappings
            WHERE workspace_id = portico_workspace() AND group_name = ANY (\(names))
            """,
            """
            SELECT EXISTS (SELECT 1 FROM role_mappings WHERE workspace_id = portico_workspace()) AS maps_roles
            """,
            """
            WITH member AS (
                SELECT user_id FROM memberships WHERE workspace_id = portico_workspace() AND email = \(email.value)
            )
            SELECT 'group' AS kind, group_name AS name, NULL::text AS role, NULL::text AS source
            FROM member_groups JOIN member USING (user_id) WHERE workspace_id = portico_workspace()
            UNION ALL
            SELECT 'space', space_id, NULL, source
            FROM member_spaces JOIN member USING (user_id) WHERE workspace_id = portico_workspace()
            UNION ALL
            SELECT 'project', project_id, role, source
            FROM member_projects JOIN member USING (user_id) WHERE workspace_id = portico_workspace()
            """,
        ]
    }

    /// Keeps every group that a sign-in named, and the roles; an older sign-in never takes the place of a newer one.
    static func see(_ seen: SeenSignIn, of userID: UserID) -> SQL {
        """
        INSERT INTO member_seen_groups (workspace_id, user_id, seen_at, group_names, roles, roles_seen_at)
        VALUES (portico_workspace(), \(userID.uuid), \(seen.seenAt), \(seen.groups.map(\.value)),
            \(seen.roles), \(seen.seenAt))
        ON CONFLICT (workspace_id, user_id) DO UPDATE SET seen_at = excluded.seen_at,
            group_names = excluded.group_names, roles = excluded.roles, roles_seen_at = excluded.roles_seen_at
        WHERE member_seen_groups.seen_at <= excluded.seen_at
        """
    }

    /// Writes what a member has, in place of what the member had.
    static func replace(of userID: UserID, with assignments: MemberAssignments) -> [SQL] {
        let spaces = Array(assignments.spaces)
        let projects = Array(assignments.projects)
        return [
            "DELETE FROM member_groups WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid)",
            "DELETE FROM member_spaces WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid)",
            "DELETE FROM member_projects WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid)",
            """
            INSERT INTO member_groups (workspace_id, user_id, group_name)
            SELECT portico_workspace(), \(userID.uuid), g.group_name
            FROM unnest(\(assignments.groupNames)) AS g (group_name)
            """,
            """
            INSERT INTO member_spaces (workspace_id, user_id, space_id, source)
            SELECT portico_workspace(), \(userID.uuid), s.space_id, s.source
            FROM unnest(\(spaces.map(\.key.value)), \(spaces.map(\.value.rawValue))) AS s (space_id, source)
            """,
            """
            INSERT INTO member_projects (workspace_id, user_id, project_id, role, source)
            SELECT portico_workspace(), \(userID.uuid), p.project_id, p.role, p.source
            FROM unnest(\(projects.map(\.key.value)), \(projects.map(\.value.role.rawValue)),
                \(projects.map(\.value.source.rawValue))) AS p (project_id, role, source)
            """,
        ]
    }
}
