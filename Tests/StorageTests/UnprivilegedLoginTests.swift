import Foundation
import LocalServers
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("Logins without privileges")
struct UnprivilegedLoginTests {
    /// Lends a server whose database belongs to `owner`, no superuser, and that `gateway` may log in to.
    private func withCluster(_ body: (PrivateCluster) async throws -> Void) async throws {
        let cluster = try await PrivateCluster.temporary()
        do {
            let connection = try await Connection.open(try PostgreSQLConfiguration(uri: cluster.uri()))
            try await connection.query("CREATE ROLE owner LOGIN CREATEROLE")
            try await connection.query("CREATE ROLE gateway LOGIN")
            try await connection.query("CREATE DATABASE portico OWNER owner")
            await connection.close()
            try await body(cluster)
        } catch {
            await cluster.stop()
            throw error
        }
        await cluster.stop()
    }

    @Test func theOwnerMigratesAndTheGatewayServesWithItsRoleAlone() async throws {
        try await self.withCluster { cluster in
            let ownerURI = cluster.uri(database: "portico", user: "owner")
            let migrator = Migrator(
                configuration: try PostgreSQLConfiguration(uri: ownerURI),
                migrations: try MigrationFolder.read(TestStorage.migrationFolder)
            )
            _ = try await migrator.migrate()
            let storage = TestStorage(
                uri: ownerURI,
                service: try TestStorage.pool(
                    cluster.uri(database: "portico", user: "gateway"),
                    role: StorageRole.service
                ),
                operators: try TestStorage.pool(ownerURI, role: StorageRole.operator),
                owner: try TestStorage.pool(ownerURI, role: nil)
            )
            try await storage.owner.query("GRANT portico_service TO gateway")

            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let session = try await sample.session(of: "ann", role: "ADMIN")
            #expect(try await sample.sessions.session(session.tokenHash) != nil)
            // An owner who may not list enters the workspace of the session.
            let superuser = try TestStorage.pool(cluster.uri(database: "portico"), role: nil)
            try await superuser.query("ALTER ROLE owner NOINHERIT")
            #expect(try await sample.sessions.session(session.tokenHash) != nil)
            try await superuser.query("ALTER ROLE owner INHERIT")
            await superuser.shutDown()
            #expect(try await OperatorDirectory(pool: storage.operators).workspaces().count == 1)
            _ = try await Retention(pool: storage.service, auditAge: .seconds(86_400)).prune(now: Date())
            // FORCE binds even the owner of the tables, who is an operator besides and so may list people.
            #expect(try await storage.count("identity_links") == 0)
            #expect(try await storage.count("memberships") == 1)
            try await sample.workspaces.delete(sample.scope, actor: .operator, now: SampleWorkspace.now)
            #expect(try await sample.sessions.session(session.tokenHash) == nil)

            let gateway = try TestStorage.pool(cluster.uri(database: "portico", user: "gateway"), role: nil)
            await #expect(throws: PostgreSQLError.self) { try await gateway.query("SET ROLE portico_operator") }
            await gateway.shutDown()
            await storage.service.shutDown()
            await storage.operators.shutDown()
            await storage.owner.shutDown()
        }
    }

    @Test(
        "What acts with the owner's right sees every workspace under an owner who is no superuser, and leaves nothing open"
    )
    func functionsOfTheOwner() async throws {
        try await self.withCluster { cluster in
            let ownerURI = cluster.uri(database: "portico", user: "owner")
            let migrator = Migrator(
                configuration: try PostgreSQLConfiguration(uri: ownerURI),
                migrations: try MigrationFolder.read(TestStorage.migrationFolder)
            )
            _ = try await migrator.migrate()
            let gatewayURI = cluster.uri(database: "portico", user: "gateway")
            let storage = TestStorage(
                uri: ownerURI,
                service: try TestStorage.pool(gatewayURI, role: StorageRole.service),
                operators: try TestStorage.pool(ownerURI, role: StorageRole.operator),
                owner: try TestStorage.pool(ownerURI, role: nil)
            )
            let superuser = try TestStorage.pool(cluster.uri(database: "portico"), role: nil)
            try await storage.owner.query("GRANT portico_service TO gateway")
            let secrets = try SampleChain.secrets(1)
            for name in ["company-a", "company-b"] {
                let sample = try await SampleWorkspace.make(in: storage, name, owner: "ann@\(name).example")
                let owner = try #require(try await sample.members.memberships(sample.scope).first)
                try await sample.setPassphrase(of: owner)
                let sealed = try secrets.seal([1, 2], for: CodeSecretOwner.bytes(sample.scope, owner.userID))
                try await LocalCredentialStore(pool: storage.service)
                    .setCodes(
                        sample.scope,
                        of: owner,
                        to: StoredLocalCredential.CodeSetup(sealedSecret: sealed, lastStep: 1),
                        now: SampleWorkspace.now
                    )
            }
            // Of every workspace, and the session is in none afterwards.
            for pool in [storage.service, storage.operators] {
                #expect(try await CodeSecretStore(pool: pool).secretKeys() == [secrets.currentID: 2])
            }
            #expect(try await storage.service.query("SELECT 1 FROM local_credentials").rows.isEmpty)

            // A sealed event goes with its link or not at all.
            try await superuser.query("UPDATE audit_events SET occurred_at = now() - interval '500 days'")
            try await SampleChain.sealAll(AuditChainStore(pool: storage.service, secrets: secrets))
            let events = { try await superuser.query("SELECT 1 FROM audit_events").rows.count }
            let before = try await events()
            #expect(before > 0)
            let error = await #expect(throws: PostgreSQLError.self) {
                try await storage.service.withTransaction { transaction in
                    _ = try await transaction.pipeline([
                        "SET LOCAL ROLE portico_retention",
                        "SELECT set_config('portico.audit_cutoff', (now() - interval '400 days')::text, true)",
                        "DELETE FROM audit_events",
                    ])
                }
            }
            #expect(error?.sqlState?.rawValue == "23001", "\(String(describing: error))")
            #expect(try await events() == before)
            _ = try await Retention(pool: storage.service, auditAge: .seconds(400 * 86_400), secrets: secrets)
                .prune(now: Date())
            #expect(try await events() == 0)
            for pool in [superuser, storage.service, storage.operators, storage.owner] { await pool.shutDown() }
        }
    }

    @Test func theNamesOfWorkspacesThatAreThereAlreadyAreNoted() async throws {
        try await self.withCluster { cluster in
            let configuration = try PostgreSQLConfiguration(uri: cluster.uri(database: "portico", user: "owner"))
            let migrations = try MigrationFolder.read(TestStorage.migrationFolder)
            let before = Migrator(configuration: configuration, migrations: migrations.filter { $0.version < "0008" })
            _ = try await before.migrate()
            let id = UUID()
            let owner = try TestStorage.pool(cluster.uri(database: "portico", user: "owner"), role: nil)
            try await owner.withTransaction(
                prelude: ["SELECT set_config('portico.workspace_id', \(id.uuidString), true)"]
            ) { transaction in
                _ = try await transaction.pipeline([
                    """
                    INSERT INTO workspaces (workspace_id, company_id, name, sp_issuer, default_role, created_at)
                    VALUES (\(id), 'company-a', 'Company A', 'portico', 'LABELER', now())
                    """,
                    """
                    INSERT INTO identity_providers (workspace_id, enabled, sign_in_url, issuer, email_attribute,
                        display_name_attribute, first_name_attribute, last_name_attribute, groups_attribute,
                        roles_attribute, signature_policy, updated_at)
                    VALUES (\(id), true, 'https://idp.example/sso', \(SampleWorkspace.issuer), 'email', 'displayName',
                        'firstName', 'lastName', 'groups', 'roles', 'either', now())
                    """,
                ])
            }
            _ = try await Migrator(configuration: configuration, migrations: migrations).migrate()
            let found = try await LogoutStore(pool: owner)
                .workspaces(ofIdentityProvider: try #require(EntityID(SampleWorkspace.issuer)), limit: 9)
            #expect(found == [WorkspaceScope(WorkspaceID(id))])
            #expect(try await owner.query("SELECT 1 FROM saml_names WHERE side = 'sp'").rows.count == 1)
            let unforced = try await owner.query(
                """
                SELECT relname FROM pg_class
                WHERE relname IN ('workspaces', 'identity_providers') AND NOT relforcerowsecurity
                """
            )
            #expect(unforced.rows.isEmpty)
            await owner.shutDown()
        }
    }
}
