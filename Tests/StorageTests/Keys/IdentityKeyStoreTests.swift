import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The keys of the identity token in PostgreSQL", .serialized)
struct IdentityKeyStoreTests {
    private static let now = SampleWorkspace.now

    private func keyring(_ bytes: UInt8...) throws -> SecretKeyring {
        try #require(SecretKeyring(bytes.map { [UInt8](repeating: $0, count: SecretKeyring.keyLength) }))
    }

    @discardableResult
    private func rotate(
        _ store: IdentityKeyStore,
        with secrets: SecretKeyring,
        lead: Duration
    ) async throws -> IdentitySigningKey {
        let new = IdentitySigningKey.generate()
        try await store.rotate(to: new, with: secrets) { schedule in
            try IdentityKeyRotation.decide(
                schedule,
                adding: IdentityKey(id: new.id, createdAt: Self.now, activeFrom: Self.now),
                lead: lead,
                actor: .operator,
                now: Self.now
            )
        }
        return new
    }

    @Test func aKeyComesBackAsItWasAndIsNowhereInTheClear() async throws {
        try await TestStorage.with { storage in
            let store = IdentityKeyStore(pool: storage.service)
            let made = IdentitySigningKey.generate()
            #expect(try await store.create(made, with: self.keyring(1), now: Self.now))
            let opened = try await store.opened(with: self.keyring(1), now: Self.now)
            #expect(opened.map(\.signingKey.bytes) == [made.bytes])
            #expect(opened.map(\.key.id) == [made.id])
            #expect(opened.first?.key.state(at: Self.now) == .active)
            let clear = try await storage.owner.query(
                "SELECT count(*)::bigint AS count FROM identity_keys WHERE position(\(made.bytes) IN sealed_key) > 0"
            )
            #expect(try clear.singleRow().value("count", as: Int.self) == 0)
            let events = try await storage.count("operator_audit_events", where: "action = 'identity_keys_created'")
            #expect(events == 1)
        }
    }

    @Test func nodesThatStartAtOnceMakeOneKey() async throws {
        try await TestStorage.with { storage in
            let store = IdentityKeyStore(pool: storage.service)
            let secrets = try self.keyring(1)
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await store.create(.generate(), with: secrets, now: Self.now) }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 1)
            #expect(try await store.schedule().keys.count == 1)
        }
    }

    @Test func anotherSecretKeyOpensNothing() async throws {
        try await TestStorage.with { storage in
            let store = IdentityKeyStore(pool: storage.service)
            try await store.create(.generate(), with: self.keyring(1), now: Self.now)
            let id = try self.keyring(1).currentID
            await #expect(throws: SealingFailure.unknownSecretKey(id: id)) {
                try await store.opened(with: self.keyring(2), now: Self.now)
            }
        }
    }

    /// What somebody who can write to the database, and does not have the secret key, might try.
    @Test(arguments: [
        "UPDATE identity_keys SET key_id = repeat('A', 43)",
        "UPDATE identity_keys SET sealed_key = decode(repeat('00', 60), 'hex')",
        "UPDATE identity_keys k SET sealed_key = (SELECT o.sealed_key FROM identity_keys o WHERE o.key_id <> k.key_id)",
    ])
    func aRowThatWasChangedDoesNotOpen(_ change: String) async throws {
        try await TestStorage.with { storage in
            let secrets = try self.keyring(1)
            try await IdentityKeyStore(pool: storage.service).create(.generate(), with: secrets, now: Self.now)
            if change.contains("o.key_id") {
                try await self.rotate(IdentityKeyStore(pool: storage.operators), with: secrets, lead: .seconds(3_600))
            }
            try await storage.owner.query(SQL(unsafeSQL: change))
            await #expect(throws: SealingFailure.altered) {
                try await IdentityKeyStore(pool: storage.service).opened(with: secrets, now: Self.now)
            }
        }
    }

    @Test func aNewSecretKeyEncryptsAnewAndTheOldOneIsNoLongerNeeded() async throws {
        try await TestStorage.with { storage in
            let store = IdentityKeyStore(pool: storage.service)
            let made = IdentitySigningKey.generate()
            try await store.create(made, with: self.keyring(1), now: Self.now)
            #expect(try await store.reseal(with: self.keyring(1), now: Self.now) == 0)
            #expect(try await store.reseal(with: self.keyring(2, 1), now: Self.now) == 1)
            #expect(try await store.reseal(with: self.keyring(2, 1), now: Self.now) == 0)
            #expect(try await store.secretKeys(now: Self.now) == [self.keyring(2).currentID: 1])
            let opened = try await store.opened(with: self.keyring(2), now: Self.now)
            #expect(opened.map(\.signingKey.bytes) == [made.bytes])
            let events = try await storage.count("operator_audit_events", where: "action = 'identity_keys_resealed'")
            #expect(events == 1)
        }
    }

    @Test func aRotationIsWrittenWholeAndAudited() async throws {
        try await TestStorage.with { storage in
            let service = IdentityKeyStore(pool: storage.service)
            let secrets = try self.keyring(1)
            let first = IdentitySigningKey.generate()
            try await service.create(first, with: secrets, now: Self.now)
            let store = IdentityKeyStore(pool: storage.operators)
            let second = try await self.rotate(store, with: secrets, lead: .seconds(3_600))
            let schedule = try await service.schedule()
            #expect(schedule.published(at: Self.now).map(\.id) == [first.id, second.id])
            let takeover = Self.now.addingTimeInterval(3_600)
            #expect(schedule.signing(at: takeover)?.id == second.id)
            let week = takeover.addingTimeInterval(7 * 86_400)
            #expect(schedule.published(at: week).map(\.id) == [second.id, first.id])
            #expect(try await service.opened(with: secrets, now: week).count == 2)
            await #expect(throws: IdentityKeyRotation.Refusal.self) {
                try await self.rotate(store, with: secrets, lead: .seconds(3_600))
            }
            #expect(try await store.schedule() == schedule)
            let events = try await storage.count("operator_audit_events", where: "action = 'identity_keys_rotated'")
            #expect(events == 1)
        }
    }

    @Test func aLostSecretKeyIsOvercomeByARotationWithoutOverlap() async throws {
        try await TestStorage.with { storage in
            let store = IdentityKeyStore(pool: storage.operators)
            try await store.create(.generate(), with: self.keyring(1), now: Self.now)
            let new = try await self.rotate(store, with: self.keyring(2), lead: .zero)
            #expect(try await store.opened(with: self.keyring(2), now: Self.now).map(\.key.id) == [new.id])
        }
    }

    @Test func theServiceRetiresNoKeyAndDeletesNone() async throws {
        try await TestStorage.with { storage in
            try await IdentityKeyStore(pool: storage.service)
                .create(.generate(), with: self.keyring(1), now: Self.now)
            let statements: [SQL] = [
                "UPDATE identity_keys SET retires_at = now()", "UPDATE identity_keys SET signs_until = now()",
                "DELETE FROM identity_keys",
            ]
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
            let store = IdentityKeyStore(pool: storage.operators)
            try await store.create(.generate(), with: self.keyring(1), now: Self.now)
            let retention = Retention(pool: storage.service, auditAge: .seconds(86_400 * 400))
            for (days, deleted) in [(29, 0), (31, 1)] {
                let retirement = "now() - interval '\(days) days'"
                try await storage.owner.query(
                    SQL(unsafeSQL: "UPDATE identity_keys SET signs_until = now(), retires_at = \(retirement)")
                )
                #expect(try await retention.prune(now: Date()) == deleted)
            }
            #expect(try await store.schedule().keys.isEmpty)
        }
    }
}
