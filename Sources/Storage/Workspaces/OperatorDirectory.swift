package import PostgreSQL
package import Workspaces

/// What the operator may see of all workspaces at once.
///
/// It takes the role ``StorageRole/operator``, whose policies allow it; under the service's role every list is empty.
package struct OperatorDirectory: Sendable {
    private let pool: ConnectionPool

    /// Makes a directory over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Names the workspaces that have an audit log, also the deleted ones.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func everNamed() async throws -> [WorkspaceID: CompanyID] {
        let result = try await self.pool.query("SELECT workspace_id, company_id FROM workspaces")
        return try result.rows.reduce(into: [:]) { names, row in
            names[WorkspaceID(try row.value("workspace_id"))] = try row.value("company_id") { CompanyID($0) }
        }
    }

    /// Lists the workspaces by Company ID that people have come in to and that no active administrator looks after (behavior
    /// A4).
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func withoutAdministrator(catalogue: RoleCatalogue) async throws -> [CompanyID] {
        let result = try await self.pool.query(
            """
            SELECT w.company_id FROM workspaces w
            WHERE w.deleted_at IS NULL
                AND EXISTS (SELECT FROM memberships m WHERE m.workspace_id = w.workspace_id AND m.state <> 'INVITED')
                AND NOT EXISTS (SELECT FROM memberships m WHERE m.workspace_id = w.workspace_id
                    AND m.state = 'ACTIVE' AND m.role = \(catalogue.admin.name))
            ORDER BY lower(w.company_id)
            """
        )
        return try result.rows.map { try $0.value("company_id") { CompanyID($0) } }
    }

    /// Lists the workspaces by Company ID, without the deleted ones.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func workspaces() async throws -> [WorkspaceSummary] {
        let result = try await self.pool.query(
            """
            SELECT \(fragment: Workspace.columns), w.created_at, p.enabled AS saml_enabled,
                p.slo_url IS NOT NULL AND NOT portico_namesakes_agree(w.workspace_id) AS logout_is_local,
                ARRAY(SELECT c.not_after FROM identity_provider_certificates c
                    WHERE c.workspace_id = w.workspace_id ORDER BY c.not_after) AS certificate_ends,
                r.problem AS metadata_problem, r.valid_until AS metadata_valid_until,
                (SELECT count(*) FROM metadata_proposals m
                    WHERE m.workspace_id = w.workspace_id AND m.rejected_at IS NULL) AS waiting_proposals,
                (SELECT count(*) FROM domains d WHERE d.workspace_id = w.workspace_id) AS domains,
                (SELECT count(*) FROM memberships m
                    WHERE m.workspace_id = w.workspace_id AND m.state = 'ACTIVE') AS active_members
            FROM workspaces w LEFT JOIN identity_providers p USING (workspace_id)
                LEFT JOIN metadata_refreshes r USING (workspace_id)
            WHERE w.deleted_at IS NULL ORDER BY lower(w.company_id)
            """
        )
        return try result.rows.map { row in
            WorkspaceSummary(
                workspace: try Workspace(row),
                samlEnabled: try row.optional("saml_enabled"),
                logoutIsLocal: try row.optional("logout_is_local") ?? false,
                certificateEnds: try row.value("certificate_ends"),
                metadataProblem: try row.optional("metadata_problem"),
                metadataValidUntil: try row.optional("metadata_valid_until"),
                waitingProposals: try row.value("waiting_proposals"),
                domains: try row.value("domains"),
                activeMembers: try row.value("active_members"),
                createdAt: try row.value("created_at")
            )
        }
    }
}
