import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Audit logs from before the chains", .serialized)
struct AuditChainMigrationTests {
    /// What a database has from before: a workspace and the operator, each with events.
    private func fill(_ owner: ConnectionPool, _ workspace: UUID) async throws {
        let statements: [SQL] = [
            """
            INSERT INTO workspaces (workspace_id, company_id, name, sp_issuer, default_role, created_at)
            VALUES (\(workspace), 'company-a', 'A', 'portico', 'LABELER', now())
            """,
            "INSERT INTO company_ids (folded, workspace_id) VALUES ('company-a', \(workspace)), ('other-name', \(workspace))",
            """
            INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, outcome, detail)
            SELECT \(workspace), now() - interval '3 days', 'system', 'sign_in', 'done', '{"a": "b"}'
            FROM generate_series(1, 700)
            """,
            """
            INSERT INTO operator_audit_events (occurred_at, actor_kind, action, outcome)
            SELECT now() - interval '3 days', 'system', 'sign_in', 'done' FROM generate_series(1, 600)
            """,
        ]
        for statement in statements { try await owner.query(statement) }
    }

    @Test func areSealedAfterTheMigration() async throws {
        try await TestStorage.withEmptyDatabase { given in
            var configuration = given
            configuration.acquireTimeout = .seconds(60)
            configuration.connectTimeout = .seconds(60)
            configuration.statementTimeout = .seconds(60)
            let migrations = try MigrationFolder.read(TestStorage.migrationFolder)
            let earlier = migrations.filter { $0.version < "0024" }
            _ = try await Migrator(configuration: configuration, migrations: earlier).migrate()
            let workspace = UUID()
            let owner = ConnectionPool(configuration: configuration, logger: TestStorage.logger)
            try await self.fill(owner, workspace)
            _ = try await Migrator(configuration: configuration, migrations: migrations).migrate()
            #expect(try await owner.query("SELECT event_id FROM audit_unsealed WHERE is_backlog").rows.count == 2)

            var role = configuration
            role.sessionRole = StorageRole.service
            let service = ConnectionPool(configuration: role, logger: TestStorage.logger)
            role.sessionRole = StorageRole.operator
            let operators = ConnectionPool(configuration: role, logger: TestStorage.logger)
            let secrets = try SampleChain.secrets(1)
            try await SampleChain.sealAll(AuditChainStore(pool: service, secrets: secrets))
            let verifier = AuditVerifier(pool: operators, secrets: secrets)
            for (log, count) in [(AuditLog.workspace(WorkspaceScope(WorkspaceID(workspace))), 700), (.operator, 600)] {
                let verification = try await verifier.verify(log)
                #expect(verification.defect == nil && verification.unsealed == 0)
                #expect(verification.verified == count && verification.late == count && verification.firstLate == 1)
            }
            await service.shutDown()
            await operators.shutDown()
            await owner.shutDown()
        }
    }
}
