import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("One workspace at a time", .serialized)
struct RowLevelSecurityTests {
    /// The tables whose rows belong to a workspace.
    private static let tenantTables = [
        "workspaces", "identity_providers", "identity_provider_certificates", "domains", "memberships",
        "identity_links", "authn_requests", "sign_in_attempts", "sessions", "audit_events", "metadata_refreshes",
        "metadata_proposals", "spaces", "projects", "role_mappings", "space_mappings", "project_mappings",
        "member_groups", "member_spaces", "member_projects", "domain_claims", "invitations",
        "single_sign_on_versions", "sign_in_tests", "local_credentials", "member_seen_groups", "invitation_mails",
        "audit_links", "kept_forms", "alerts",
    ]

    /// Lends two workspaces in each of which every tenant table has rows.
    private func withTwoWorkspaces(_ body: (SampleWorkspace, SampleWorkspace) async throws -> Void) async throws {
        try await TestStorage.with { storage in
            var samples: [SampleWorkspace] = []
            for name in ["company-a", "company-b"] {
                let sample = try await SampleWorkspace.make(in: storage, name)
                try await sample.mapGroups()
                _ = try await sample.claims.request(
                    sample.scope,
                    domain: "more.example",
                    actor: .operator,
                    now: SampleWorkspace.now
                )
                _ = try await sample.signIn("ann", roles: ["\(name)_ADMIN"], groups: ["Staff"])
                try await storage.owner.query(
                    """
                    INSERT INTO local_credentials (workspace_id, user_id, salt, digest, cost_rounds, cost_block_size,
                        cost_parallelism, set_at)
                    SELECT workspace_id, user_id, sha256('salt'), sha256('digest'), 2, 1, 1, now()
                    FROM memberships WHERE workspace_id = \(sample.id.uuid)
                    """
                )
                try await KeptFormStore(pool: storage.service)
                    .keep(
                        KeptForm(path: "/", names: ["a"], texts: ["b"]),
                        sample.scope,
                        of: try await sample.member("ann").userID,
                        until: .distantFuture
                    )
                _ = try await sample.begin()
                _ = try await sample.invite("ida", by: .random())
                let jon = try sample.email("jon")
                try await sample.administer("jon") { administration, user in
                    try administration.inviteByMail(jon, roleName: "LABELER", user: user)
                }
                _ = try await sample.beginTest()
                try await sample.importMetadata()
                try await sample.refreshMetadata(listing: [2])
                #expect(try await sample.signIn("eve", roles: []).refusal == .rolesNoMatch)
                samples.append(sample)
            }
            try await SampleChain.sealAll(AuditChainStore(pool: storage.service, secrets: try SampleChain.secrets(1)))
            try await body(samples[0], samples[1])
        }
    }

    @Test("X4 a statement without a condition finds one workspace only")
    func aStatementWithoutAConditionFindsOneWorkspaceOnly() async throws {
        try await self.withTwoWorkspaces { first, second in
            for table in Self.tenantTables {
                let everywhere = try await first.storage.count(table, where: "workspace_id = \(second.id.uuid)")
                #expect(everywhere > 0, "\(table) has no row to hide")
                let foreign = try await first.storage.service.withTransaction(
                    prelude: ["SELECT set_config('portico.workspace_id', \(first.id.description), true)"]
                ) { transaction in
                    try await transaction.query(
                        "SELECT workspace_id FROM \(identifier: table) WHERE workspace_id <> \(first.id.uuid)"
                    )
                    .rows.count
                }
                #expect(foreign == 0, "\(table)")
            }
        }
    }

    @Test func outsideAScopeThereIsNothing() async throws {
        try await self.withTwoWorkspaces { first, _ in
            for table in Self.tenantTables {
                let rows = try await first.storage.service.query("SELECT workspace_id FROM \(identifier: table)").rows
                #expect(rows.isEmpty, "\(table)")
            }
        }
    }

    @Test("X4 changes without a condition stay inside")
    func changesWithoutAConditionStayInside() async throws {
        try await self.withTwoWorkspaces { first, second in
            let before = try await second.members.memberships(second.scope)
            try await first.storage.service.withTransaction(
                prelude: ["SELECT set_config('portico.workspace_id', \(first.id.description), true)"]
            ) { transaction in
                try await transaction.query("UPDATE memberships SET display_name = 'changed'")
                try await transaction.query("DELETE FROM sessions")
            }
            #expect(try await second.members.memberships(second.scope) == before)
            #expect(try await first.storage.count("sessions", where: "workspace_id = \(second.id.uuid)") == 1)
        }
    }

    @Test func aRowOfAnotherWorkspaceCannotBeWritten() async throws {
        try await self.withTwoWorkspaces { first, second in
            let error = await #expect(throws: PostgreSQLError.self) {
                try await first.storage.service.withTransaction(
                    prelude: ["SELECT set_config('portico.workspace_id', \(first.id.description), true)"]
                ) { transaction in
                    _ = try await transaction.query(
                        """
                        INSERT INTO domains (workspace_id, domain, proof, claimed_at)
                        VALUES (\(second.id.uuid), 'evil.example', 'dns', now())
                        """
                    )
                }
            }
            #expect(error?.sqlState == .insufficientPrivilege)
        }
    }

    @Test func theServiceNeitherMakesWorkspacesNorRewritesTheAuditLog() async throws {
        try await self.withTwoWorkspaces { first, _ in
            let statements: [SQL] = [
                """
                INSERT INTO workspaces (workspace_id, company_id, name, sp_issuer, default_role, created_at)
                VALUES (\(UUID()), 'x', 'x', 'x', 'LABELER', now())
                """,
                "INSERT INTO company_ids (folded, workspace_id) VALUES ('x', \(UUID()))",
                "UPDATE audit_events SET outcome = 'done'",
                "DELETE FROM audit_events",
                "UPDATE audit_links SET position = position",
                "DELETE FROM audit_links",
                "DELETE FROM audit_chains",
                """
                INSERT INTO audit_events (workspace_id, event_id, occurred_at, actor_kind, action, outcome)
                OVERRIDING SYSTEM VALUE VALUES (\(first.id.uuid), 1, now(), 'system', 'sign_in', 'done')
                """,
                "ALTER TABLE sessions DISABLE ROW LEVEL SECURITY",
                "SELECT * FROM operator_audit_events",
            ]
            for statement in statements {
                let error = await #expect(throws: PostgreSQLError.self) {
                    try await first.storage.service.query(statement)
                }
                #expect(error?.sqlState == .insufficientPrivilege, "\(statement.text)")
            }
        }
    }

    @Test func theRolesOwnNothingAndCannotLogIn() async throws {
        try await TestStorage.with { storage in
            let owned = try await storage.owner.query(
                """
                SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                WHERE r.rolname IN ('portico_service', 'portico_operator', 'portico_retention')
                """
            )
            #expect(owned.rows.isEmpty)
            let able = try await storage.owner.query(
                """
                SELECT rolname FROM pg_roles WHERE rolname LIKE 'portico\\_%'
                    AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
                """
            )
            #expect(able.rows.isEmpty)
        }
    }

    @Test func everyTableWithAWorkspaceBeginsItsKeyWithItAndForcesRowLevelSecurity() async throws {
        try await TestStorage.with { storage in
            let references: Set = [
                "company_ids", "authn_request_index", "session_tokens", "logout_requests", "saml_names",
                "metadata_refresh_queue", "setup_links", "setup_visits", "domain_check_queue", "invitation_links",
                "passphrase_links", "invitation_mail_queue", "alert_mail_queue", "audit_chains", "audit_unsealed",
            ]
            let tables = try await storage.owner.query(
                """
                SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS is_forced,
                    (SELECT a.attname FROM pg_index i JOIN pg_attribute a
                        ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                        WHERE i.indrelid = c.oid AND i.indisprimary) AS first_key
                FROM pg_class c JOIN pg_attribute w ON w.attrelid = c.oid AND w.attname = 'workspace_id'
                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                """
            )
            var found: Set<String> = []
            for row in tables.rows {
                let name: String = try row.value("relname")
                guard !references.contains(name) else {
                    continue
                }
                found.insert(name)
                #expect(try row.value("is_forced") == true, "\(name)")
                #expect(try row.value("first_key") == "workspace_id", "\(name)")
            }
            #expect(found == Set(Self.tenantTables))
        }
    }
}
