import Foundation
import LocalServers
import Logging
import PostgreSQL
import Storage
import Testing
import WebSSO
import Workspaces

@testable import Portico

@Suite("The service that keeps keys up to date")
struct KeyServiceTests {
    private let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }

    private func keyring(_ bytes: UInt8...) throws -> SecretKeyring {
        try #require(SecretKeyring(bytes.map { [UInt8](repeating: $0, count: SecretKeyring.keyLength) }))
    }

    @Test("Keys that could not be encrypted under a new secret key at first are at the next reading")
    func resealing() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let pool = ConnectionPool(
            configuration: try PostgreSQLConfiguration(uri: database.uri, poolSize: 1),
            logger: self.logger
        )
        let store = SPKeyStore(pool: pool)
        try await store.create(try await GatewayRun.keys.value, with: self.keyring(1), now: Date())
        try await pool.query(
            """
            CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''the disk is full''; END'
            """
        )
        try await pool.query(
            "CREATE TRIGGER refused BEFORE UPDATE ON sp_keys FOR EACH ROW EXECUTE FUNCTION refuse_update()"
        )
        let secrets = try self.keyring(2, 1)
        let directory = SPKeyDirectory(store: store, secrets: secrets)
        let service = KeyService(directory, logger: self.logger)
        try await service.prepare()
        #expect(directory.current != nil)
        let old = try self.keyring(1).currentID
        #expect(try await store.secretKeyIDs(now: Date()) == [old])
        try await pool.query("DROP TRIGGER refused ON sp_keys")
        try await service.prepare()
        #expect(try await store.secretKeyIDs(now: Date()) == [secrets.currentID])
        await pool.shutDown()
    }
}
