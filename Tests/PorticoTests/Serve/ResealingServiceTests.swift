import Foundation
import LocalServers
import Logging
import PostgreSQL
import Storage
import Testing
import Workspaces

@testable import Portico

@Suite("The service that puts everything stored under the first secret key")
struct ResealingServiceTests {
    private let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }

    private func keyring(_ bytes: UInt8...) throws -> SecretKeyring {
        try #require(SecretKeyring(bytes.map { [UInt8](repeating: $0, count: SecretKeyring.keyLength) }))
    }

    @Test("What fails keeps nothing else from it, and is done the next time; afterwards the old key opens nothing")
    func everything() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let pool = ConnectionPool(
            configuration: try PostgreSQLConfiguration(uri: database.uri, poolSize: 1),
            logger: self.logger
        )
        let now = Date()
        let (old, new) = (try self.keyring(1), try self.keyring(2, 1))
        try await SPKeyStore(pool: pool).create(try await GatewayRun.keys.value, with: old, now: now)
        try await IdentityKeyStore(pool: pool).create(.generate(), with: old, now: now)
        _ = try await AuditChainStore(pool: pool, secrets: old).seal(.operator)
        try await Self.addAuthenticatorApp(under: old, to: database, pool)
        let before = try await SealedInventory(pool: pool, now: now)
        #expect(before.secretKeyIDs == [old.currentID])
        #expect(SealedInventory.Kind.allCases.map { before.count($0, under: old.currentID) } == [2, 1, 1, 1])

        try await pool.query(
            """
            CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''the disk is full''; END'
            """
        )
        try await pool.query(
            "CREATE TRIGGER refused BEFORE UPDATE ON sp_keys FOR EACH ROW EXECUTE FUNCTION refuse_update()"
        )
        let service = ResealingService(pool: pool, secrets: new, logger: self.logger)
        #expect(await service.reseal() == false)
        let partly = try await SealedInventory(pool: pool, now: now)
        #expect(SealedInventory.Kind.allCases.map { partly.count($0, under: old.currentID) } == [2, 0, 0, 0])
        try await pool.query("DROP TRIGGER refused ON sp_keys")
        #expect(await service.reseal())
        let after = try await SealedInventory(pool: pool, now: now)
        #expect(after.secretKeyIDs == [new.currentID])
        #expect(SealedInventory.Kind.allCases.map { after.count($0, under: new.currentID) } == [2, 1, 1, 1])
        #expect(try await SPKeyStore(pool: pool).opened(with: self.keyring(2), now: now).count == 2)
        await pool.shutDown()
    }

    @Test("A key that does not open is left for somebody to look at, and not tried again at once")
    func unknown() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let pool = ConnectionPool(
            configuration: try PostgreSQLConfiguration(uri: database.uri, poolSize: 1),
            logger: self.logger
        )
        let lost = try self.keyring(1)
        try await IdentityKeyStore(pool: pool).create(.generate(), with: lost, now: Date())
        #expect(await ResealingService(pool: pool, secrets: try self.keyring(2), logger: self.logger).reseal())
        #expect(try await SealedInventory(pool: pool, now: Date()).secretKeyIDs == [lost.currentID])
        await pool.shutDown()
    }

    /// Gives the one member of a new workspace a passphrase with an authenticator app.
    private static func addAuthenticatorApp(
        under secrets: SecretKeyring,
        to database: TestDatabase,
        _ pool: ConnectionPool
    ) async throws {
        _ = try await database.signIn("company-a", email: "ann@company-a.example")
        let row = try await pool.query("SELECT workspace_id, user_id FROM memberships").singleRow()
        let scope = WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self)))
        let userID = UserID(try row.value("user_id", as: UUID.self))
        let sealed = try secrets.seal([1, 2, 3], for: CodeSecretOwner.bytes(scope, userID))
        try await pool.query(
            """
            INSERT INTO local_credentials (workspace_id, user_id, salt, digest, cost_rounds, cost_block_size,
                cost_parallelism, set_at, sealed_code_secret, code_secret_key_id, last_code_step)
            SELECT workspace_id, user_id, sha256('salt'), sha256('digest'), 2, 1, 1, now(), \(sealed.bytes),
                \(sealed.secretKeyID), 0
            FROM memberships
            """
        )
    }
}
