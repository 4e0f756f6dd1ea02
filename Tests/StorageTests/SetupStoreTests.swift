import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Setup links in the database")
struct SetupStoreTests {
    private let now = SampleWorkspace.now

    private func link(to sample: SampleWorkspace, _ token: SecretToken<SetupLink>) throws -> SetupLink {
        try #require(SetupLink(to: sample.id, token: token, lifetime: .seconds(600), now: self.now))
    }

    @Test func onlyTheOperatorMakesThem() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let link = try self.link(to: sample, .random())
            await #expect(throws: PostgreSQLError.self) { try await SetupStore(pool: storage.service).create(link) }
            try await SetupStore(pool: storage.operators).create(link)
        }
    }

    @Test func oneIsRedeemedOnceHoweverManyTryAtOnce() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let token = SecretToken<SetupLink>.random()
            try await SetupStore(pool: storage.operators).create(try self.link(to: sample, token))
            let store = SetupStore(pool: storage.service)
            let now = self.now
            let visits = try await withThrowingTaskGroup(of: SetupVisit?.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await store.redeem(token.hash, opening: .random(), clientAddress: "192.0.2.1", now: now)
                    }
                }
                return try await group.reduce(into: []) { visits, visit in visits += visit.map { [$0] } ?? [] }
            }
            #expect(visits.map(\.workspaceID) == [sample.id])
            #expect(try await store.workspace(ofLink: token.hash, now: now) == nil)
        }
    }

    @Test func aVisitIsFoundByItsSecretUntilItsEnd() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let token = SecretToken<SetupLink>.random()
            let visitToken = SecretToken<SetupVisit>.random()
            try await SetupStore(pool: storage.operators).create(try self.link(to: sample, token))
            let store = SetupStore(pool: storage.service)
            let redeemed = try await store.redeem(
                token.hash,
                opening: visitToken,
                clientAddress: "192.0.2.1",
                now: self.now
            )
            let visit = try #require(redeemed)
            #expect(try await store.visit(visitToken.hash, now: self.now) == visit)
            let mistaken = try #require(SecretTokenHash<SetupVisit>(bytes: token.hash.bytes))
            #expect(try await store.visit(mistaken, now: self.now) == nil)
            #expect(try await store.visit(visitToken.hash, now: visit.expiresAt) == nil)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            try await store.end(other.scope, visit, now: self.now)
            #expect(try await store.visit(visitToken.hash, now: self.now) == visit)
            try await store.end(sample.scope, visit, now: self.now)
            #expect(try await store.visit(visitToken.hash, now: self.now) == nil)
        }
    }

    @Test func whatHasExpiredIsPruned() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let operators = SetupStore(pool: storage.operators)
            let token = SecretToken<SetupLink>.random()
            try await operators.create(try self.link(to: sample, token))
            let store = SetupStore(pool: storage.service)
            _ = try await store.redeem(token.hash, opening: .random(), clientAddress: "192.0.2.1", now: self.now)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            try await operators.create(try self.link(to: other, .random()))
            for table in ["setup_links", "setup_visits"] {
                #expect(try await storage.count(table) == 1)
                try await storage.owner.query(SQL(unsafeSQL: "UPDATE \(table) SET expires_at = now() - interval '1 s'"))
            }
            _ = try await Retention(pool: storage.service, auditAge: .seconds(400 * 86_400)).prune(now: self.now)
            for table in ["setup_links", "setup_visits"] { #expect(try await storage.count(table) == 0) }
        }
    }
}
