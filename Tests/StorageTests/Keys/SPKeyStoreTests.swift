import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Portico's own SAML keys in PostgreSQL", .serialized)
struct SPKeyStoreTests {
    private static let now = SampleWorkspace.now

    private func keyring(_ bytes: UInt8...) throws -> SecretKeyring {
        try #require(SecretKeyring(bytes.map { [UInt8](repeating: $0, count: SecretKeyring.keyLength) }))
    }

    private func materials() -> [SPKeyMaterial] {
        SPKeyUse.allCases.map { use in
            let key = SPKey(
                id: .random(),
                use: use,
                certificate: Array(UUID().uuidString.utf8),
                certificateEnd: Self.now.addingTimeInterval(1_000_000),
                createdAt: Self.now,
                activeFrom: Self.now
            )
            return SPKeyMaterial(key: key, privateKey: Array("private key of \(use)".utf8))
        }
    }

    private func rotate(_ store: SPKeyStore, with secrets: SecretKeyring, overlap: Duration) async throws {
        let new = self.materials()
        _ = try await store.rotate(to: new, with: secrets) { schedule in
            try SPKeyRotation.decide(
                schedule,
                adding: new.map(\.key),
                overlap: overlap,
                actor: .operator,
                now: Self.now
            )
        }
    }

    @Test func keysComeBackAsTheyWereAndAreNowhereInTheClear() async throws {
        try await TestStorage.with { storage in
            let store = SPKeyStore(pool: storage.service)
            let made = self.materials()
            #expect(try await store.create(made, with: self.keyring(1), now: Self.now))
            let opened = try await store.opened(with: self.keyring(1), now: Self.now)
            #expect(Set(opened.map(\.key)) == Set(made.map(\.key)))
            for material in made {
                #expect(opened.first { $0.key.id == material.key.id }?.privateKey == material.privateKey)
            }
            let clear = try await storage.count(
                "sp_keys",
                where: "position(convert_to('private key', 'UTF8') IN sealed_key) > 0"
            )
            #expect(clear == 0)
            #expect(try await storage.count("operator_audit_events", where: "action = 'sp_keys_created'") == 1)
        }
    }

    @Test func nodesThatStartAtOnceMakeOneSetOfKeys() async throws {
        try await TestStorage.with { storage in
            let store = SPKeyStore(pool: storage.service)
            let secrets = try self.keyring(1)
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    let made = self.materials()
                    group.addTask { try await store.create(made, with: secrets, now: Self.now) }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 1)
            #expect(try await store.schedule().keys.count == 2)
        }
    }

    @Test func anotherSecretKeyOpensNothing() async throws {
        try await TestStorage.with { storage in
            let store = SPKeyStore(pool: storage.service)
            try await store.create(self.materials(), with: self.keyring(1), now: Self.now)
            let id = try self.keyring(1).currentID
            await #expect(throws: SealingFailure.unknownSecretKey(id: id)) {
                try await store.opened(with: self.keyring(2), now: Self.now)
            }
        }
    }

    @Test func aRowThatTookAnothersPlaceDoesNotOpen() async throws {
        let exchanges: [SQL] = [
            "UPDATE sp_keys SET sealed_key = (SELECT o.sealed_key FROM sp_keys o WHERE o.key_id <> sp_keys.key_id)",
            "UPDATE sp_keys SET certificate = 'of somebody else'",
            "UPDATE sp_keys SET key_use = 'signing'",
        ]
        for exchange in exchanges {
            try await TestStorage.with { storage in
                let store = SPKeyStore(pool: storage.service)
                try await store.create(self.materials(), with: self.keyring(1), now: Self.now)
                try await storage.owner.query(exchange)
                await #expect(throws: SealingFailure.altered, "\(exchange.text)") {
                    try await store.opened(with: self.keyring(1), now: Self.now)
                }
            }
        }
    }

    @Test func aNewSecretKeyEncryptsAnewAndTheOldOneIsNoLongerNeeded() async throws {
        try await TestStorage.with { storage in
            let store = SPKeyStore(pool: storage.service)
            let made = self.materials()
            try await store.create(made, with: self.keyring(1), now: Self.now)
            #expect(try await store.reseal(with: self.keyring(1), now: Self.now) == 0)
            #expect(try await store.reseal(with: self.keyring(2, 1), now: Self.now) == 2)
            #expect(try await store.reseal(with: self.keyring(2, 1), now: Self.now) == 0)
            #expect(try await store.secretKeys(now: Self.now) == [self.keyring(2).currentID: 2])
            let opened = try await store.opened(with: self.keyring(2), now: Self.now)
            #expect(Set(opened.map(\.privateKey)) == Set(made.map(\.privateKey)))
            #expect(try await storage.count("operator_audit_events", where: "action = 'sp_keys_resealed'") == 1)
        }
    }

    @Test func aRotationIsWrittenWholeAndAudited() async throws {
        try await TestStorage.with { storage in
            let service = SPKeyStore(pool: storage.service)
            let secrets = try self.keyring(1)
            try await service.create(self.materials(), with: secrets, now: Self.now)
            let store = SPKeyStore(pool: storage.operators)
            try await self.rotate(store, with: secrets, overlap: .seconds(3600))
            let schedule = try await service.schedule()
            #expect(schedule.next(at: Self.now).count == 2)
            #expect(schedule.keys.filter { $0.state(at: Self.now) == .active }.count == 2)
            #expect(try await service.opened(with: secrets, now: Self.now).count == 4)
            await #expect(throws: SPKeyRotation.Refusal.self) {
                try await self.rotate(store, with: secrets, overlap: .seconds(60))
            }
            #expect(try await store.schedule() == schedule)
            #expect(try await storage.count("operator_audit_events", where: "action = 'sp_keys_rotated'") == 1)
        }
    }

    @Test func aLostSecretKeyIsOvercomeByARotationWithoutOverlap() async throws {
        try await TestStorage.with { storage in
            let store = SPKeyStore(pool: storage.operators)
            try await store.create(self.materials(), with: self.keyring(1), now: Self.now)
            try await self.rotate(store, with: self.keyring(2), overlap: .zero)
            #expect(try await store.opened(with: self.keyring(2), now: Self.now).count == 2)
        }
    }

    @Test func theServiceRetiresNoKeyAndDeletesNone() async throws {
        try await TestStorage.with { storage in
            try await SPKeyStore(pool: storage.service).create(self.materials(), with: self.keyring(1), now: Self.now)
            let statements: [SQL] = ["UPDATE sp_keys SET retires_at = now()", "DELETE FROM sp_keys"]
            for statement in statements {
                let error = await #expect(throws: PostgreSQLError.self) {
                    try await storage.service.query(statement)
                }
                #expect(error?.sqlState == .insufficientPrivilege, "\(statement.text)")
            }
        }
    }

    @Test func whatRetiredAMonthAgoIsDeleted() async throws {
        try await TestStorage.with { storage in
            let store = SPKeyStore(pool: storage.operators)
            try await store.create(self.materials(), with: self.keyring(1), now: Self.now)
            try await storage.owner.query("UPDATE sp_keys SET retires_at = now() - interval '29 days'")
            let retention = Retention(pool: storage.service, auditAge: .seconds(86_400 * 400))
            #expect(try await retention.prune(now: Date()) == 0)
            try await storage.owner.query(
                "UPDATE sp_keys SET retires_at = now() - interval '31 days' WHERE key_use = 'signing'"
            )
            #expect(try await retention.prune(now: Date()) == 1)
            #expect(try await store.schedule().keys.map(\.use) == [.encryption])
        }
    }
}
