import PostgreSQL
import Workspaces

/// The statements that read and write what groups give in a workspace.
enum GroupMappingStatements {
    /// Reads every mapping of the present workspace, and every title.
    static let all: [SQL] = [
        """
        SELECT 'role' AS kind, group_name, NULL::text AS target, role FROM role_mappings
        WHERE workspace_id = portico_workspace()
        UNION ALL
        SELECT 'space', group_name, space_id, NULL FROM space_mappings WHERE workspace_id = portico_workspace()
        UNION ALL
        SELECT 'project', group_name, project_id, role FROM project_mappings WHERE workspace_id = portico_workspace()
        """,
        "SELECT space_id, title FROM spaces WHERE workspace_id = portico_workspace() AND title IS NOT NULL",
        "SELECT project_id, title FROM projects WHERE workspace_id = portico_workspace() AND title IS NOT NULL",
    ]

    /// Reads which spaces and projects the present workspace has.
    static let places: [SQL] = [
        "SELECT space_id FROM spaces WHERE workspace_id = portico_workspace()",
        "SELECT project_id FROM projects WHERE workspace_id = portico_workspace()",
    ]

    /// Writes mappings in place of the old ones; spaces and projects that are not there yet are made (behavior G4).
    static func replace(with mappings: GroupMappings) -> [SQL] {
        let spaces = mappings.spaces.flatMap { group, spaces in spaces.map { (group, $0) } }
        let projects = mappings.projects.flatMap { group, projects in projects.map { (group, $0.key, $0.value) } }
        let roles = Array(mappings.roles)
        let known = Set(spaces.map(\.1)).union(mappings.spaceTitles.keys)
        let knownProjects = Set(projects.map(\.1)).union(mappings.projectTitles.keys)
        let titled = Array(mappings.spaceTitles)
        let titledProjects = Array(mappings.projectTitles)
        return [
            // Titles are written at the end, so that two spaces can exchange theirs.
            """
            INSERT INTO spaces (workspace_id, space_id)
            SELECT portico_workspace(), s.space_id FROM unnest(\(known.map(\.value))) AS s (space_id)
            ON CONFLICT (workspace_id, space_id) DO UPDATE SET title = NULL
            """,
            """
            INSERT INTO projects (workspace_id, project_id)
            SELECT portico_workspace(), p.project_id FROM unnest(\(knownProjects.map(\.value))) AS p (project_id)
            ON CONFLICT (workspace_id, project_id) DO UPDATE SET title = NULL
            """,
            """
            UPDATE spaces s SET title = t.title
            FROM unnest(\(titled.map(\.key.value)), \(titled.map(\.value))) AS t (space_id, title)
            WHERE s.workspace_id = portico_workspace() AND s.space_id = t.space_id
            """,
            """
            UPDATE projects p SET title = t.title
            FROM unnest(\(titledProjects.map(\.key.value)), \(titledProjects.map(\.value))) AS t (project_id, title)
            WHERE p.workspace_id = portico_workspace() AND p.project_id = t.project_id
            """,
        ] + Self.forgetMappings + [
            """
            INSERT INTO role_mappings (workspace_id, group_name, role)
            SELECT portico_workspace(), r.group_name, r.role
            FROM unnest(\(roles.map(\.key.value)), \(roles.map(\.value.name))) AS r (group_name, role)
            """,
            """
            INSERT INTO space_mappings (workspace_id, group_name, space_id)
            SELECT portico_workspace(), s.group_name, s.space_id
            FROM unnest(\(spaces.map(\.0.value)), \(spaces.map(\.1.value))) AS s (group_name, space_id)
            """,
            """
            INSERT INTO project_mappings (workspace_id, group_name, project_id, role)
            SELECT portico_workspace(), p.group_name, p.project_id, p.role
            FROM unnest(\(projects.map(\.0.value)), \(projects.map(\.1.value)), \(projects.map(\.2.rawValue)))
                AS p (group_name, project_id, role)
            """,
        ]
    }

    /// Removes everything of a workspace that is deleted; its members are gone before.
    static var forget: [SQL] {
        Self.forgetMappings + [
            "DELETE FROM spaces WHERE workspace_id = portico_workspace()",
            "DELETE FROM projects WHERE workspace_id = portico_workspace()",
        ]
    }

    private static let forgetMappings: [SQL] = [
        "DELETE FROM role_mappings WHERE workspace_id = portico_workspace()",
        "DELETE FROM space_mappings WHERE workspace_id = portico_workspace()",
        "DELETE FROM project_mappings WHERE workspace_id = portico_workspace()",
    ]
}
