import Crypto
package import PostgreSQL
package import Workspaces

/// Finds workspaces with their configuration: by Company ID for a person who signs in, by scope for everything else.
package struct WorkspaceDirectory: Sendable {
    private let pool: ConnectionPool

    /// Makes a directory over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Finds a workspace by the name that a person typed, whatever its case.
    ///
    /// One round trip.
    ///
    /// - Returns: `nil` for a name that no workspace has, or that a deleted one had.
    /// - Throws: `PostgreSQLError`.
    package func configuredWorkspace(companyID: CompanyID) async throws -> ConfiguredWorkspace? {
        let result = try await self.pool.query(
            Self.selectConfiguration,
            entering: """
                SELECT set_config('portico.workspace_id',
                    (SELECT workspace_id::text FROM company_ids WHERE folded = \(companyID.folded)), true)
                """
        )
        return try result.optionalRow().map { try Self.configuredWorkspace($0) }
    }

    /// Finds the workspace that has a Company ID, or had it before it was deleted: its audit log is kept for its time (rulings
    /// 23).
    ///
    /// - Returns: `nil` for a name that no workspace has or had.
    /// - Throws: `PostgreSQLError`.
    package func workspaceID(everNamed companyID: CompanyID) async throws -> WorkspaceID? {
        let row = try await self.pool
            .query("SELECT workspace_id FROM company_ids WHERE folded = \(companyID.folded)").optionalRow()
        return try row.map { WorkspaceID(try $0.value("workspace_id")) }
    }

    /// Finds the one workspace that claims a domain, for a person who typed an address.
    ///
    /// One round trip, as for a Company ID.
    ///
    /// - Returns: `nil` for a domain that no workspace claims, that several do, or whose claim has lapsed.
    /// - Throws: `PostgreSQLError`.
    package func configuredWorkspace(claiming domain: EmailDomain) async throws -> ConfiguredWorkspace? {
        let name = Array(SHA256.hash(data: Array(domain.value.utf8)))
        let result = try await self.pool.query(
            Self.selectConfiguration,
            entering: """
                SELECT set_config('portico.workspace_id',
                    (SELECT CASE WHEN count(*) = 1 THEN min(one.workspace_id::text) END
                        FROM (SELECT workspace_id FROM saml_names
                            WHERE side = 'domain' AND name_sha256 = \(name) LIMIT 2) one), true)
                """
        )
        let found = try result.optionalRow().map { try Self.configuredWorkspace($0) }
        return found.flatMap { $0.domains.contains(domain) ? $0 : nil }
    }

    /// Loads the workspace of a scope.
    ///
    /// One round trip.
    ///
    /// - Returns: `nil` for a workspace that was deleted.
    /// - Throws: `PostgreSQLError`.
    package func configuredWorkspace(_ scope: WorkspaceScope) async throws -> ConfiguredWorkspace? {
        let result = try await self.pool.query(Self.selectConfiguration, in: scope)
        return try result.optionalRow().map { try Self.configuredWorkspace($0) }
    }

    /// Whether no other workspace has the SP issuer of this one, so that an audience names it alone (rulings 3).
    ///
    /// - Throws: `PostgreSQLError`.
    package func hasOwnServiceProviderName(_ workspace: Workspace) async throws -> Bool {
        let others = try await self.pool.query(
            """
            SELECT 1 FROM saml_names
            WHERE side = 'sp' AND name_sha256 = \(workspace.spIssuer.nameKey) AND workspace_id <> \(workspace.id.uuid)
            LIMIT 1
            """
        )
        return others.rows.isEmpty
    }

    /// Whether every other workspace with the SP issuer of this one trusts each key that this one trusts.
    ///
    /// Portico signs for all of them with one key and in one name. What it signs for a workspace may hold what the
    /// identity provider of that workspace says, so that another identity provider must not take it for the word of its
    /// own workspace. A workspace without an identity provider has nobody to be misled.
    ///
    /// - Throws: `PostgreSQLError`.
    package func trustsWhatItsNamesakesTrust(_ workspace: Workspace) async throws -> Bool {
        let result = try await self.pool.query("SELECT portico_namesakes_agree(\(workspace.id.uuid)) AS agree")
        return try result.optionalRow()?.value("agree") ?? false
    }

    /// Everything that a sign-in needs to know of the workspace that the transaction is in.
    static let selectConfiguration: SQL = """
        SELECT \(fragment: Workspace.columns), \(fragment: IdentityProviderConfiguration.columns),
            ARRAY(SELECT d.domain FROM domains d WHERE d.workspace_id = w.workspace_id AND d.lapsed_at IS NULL
                ORDER BY d.domain) AS domains,
            ARRAY(SELECT d.domain FROM domains d WHERE d.workspace_id = w.workspace_id AND d.lapsed_at IS NOT NULL
                ORDER BY d.domain) AS lapsed_domains
        FROM workspaces w LEFT JOIN identity_providers p USING (workspace_id)
        WHERE w.workspace_id = portico_workspace() AND w.deleted_at IS NULL
        """

    /// Reads a row of ``selectConfiguration``.
    static func configuredWorkspace(_ row: Row) throws -> ConfiguredWorkspace {
        ConfiguredWorkspace(
            workspace: try Workspace(row),
            identityProvider: try IdentityProviderConfiguration(joined: row),
            domains: try Self.domains(row, "domains"),
            lapsedDomains: try Self.domains(row, "lapsed_domains")
        )
    }

    private static func domains(_ row: Row, _ column: String) throws -> [EmailDomain] {
        try row.value(column, as: [String].self)
            .map { text in
                guard let domain = EmailDomain(text) else {
                    throw StoredValueError(column: column)
                }
                return domain
            }
    }
}
