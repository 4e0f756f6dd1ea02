import Foundation
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("The identities that are kept in memory")
struct RecentIdentitiesTests {
    private let clock = ManualClock()
    private let storage = TestSessions()
    private let rule = ProxySettings.Rule(
        index: 0,
        route: Route(upstreams: []),
        upstreams: UpstreamGroup(index: 0, origins: [])
    )

    /// A directory that keeps one identity for each of its parts.
    private func directory() -> SessionDirectory {
        var settings = SessionDirectory.Settings.patient
        settings.identityCapacity = 1
        return self.storage.directory(settings: settings, clock: self.clock.clock)
    }

    /// Entries of sessions that share a part of the directory.
    private func neighbors(_ count: Int, in directory: SessionDirectory) async throws -> [SessionEntry] {
        var entries: [SessionEntry] = []
        while entries.count < count {
            let session = try self.storage.signIn(now: self.clock.start).session
            let shard = directory.shard(of: session.tokenHash)
            if let first = entries.first, directory.shard(of: first.session.tokenHash) !== shard { continue }
            #expect(try await directory.session(for: session.tokenHash) != nil)
            entries.append(try #require(shard.entry(for: session.tokenHash)))
        }
        return entries
    }

    private func kept(_ entry: SessionEntry) -> Int { entry.identities.withLock { $0.count } }

    @Test func theOldestIsForgottenAndMadeAnew() async throws {
        let directory = self.directory()
        let entries = try await self.neighbors(2, in: directory)
        let wall = self.clock.start.milliseconds
        let first = try #require(directory.identity(of: entries[0], for: self.rule, at: wall))
        #expect(directory.identity(of: entries[0], for: self.rule, at: wall) === first)
        #expect(directory.identity(of: entries[1], for: self.rule, at: wall) != nil)
        #expect(entries.map(self.kept) == [0, 1])
        // The connection that sent it last remembers it.
        #expect(first.isUsable(at: wall))
        #expect(directory.identity(of: entries[0], for: self.rule, at: wall) !== first)
        #expect(entries.map(self.kept) == [1, 0])
        #expect(self.storage.tokens.made == 3)
    }

    @Test func aSessionThatWasReadAgainForgetsToo() async throws {
        let directory = self.directory()
        let entries = try await self.neighbors(2, in: directory)
        let wall = self.clock.start.milliseconds
        #expect(directory.identity(of: entries[0], for: self.rule, at: wall) != nil)
        self.clock.advance(6)
        let hash = entries[0].session.tokenHash
        #expect(try await directory.session(for: hash) != nil)
        let current = try #require(directory.shard(of: hash).entry(for: hash))
        #expect(current !== entries[0] && self.kept(current) == 1)
        #expect(directory.identity(of: entries[1], for: self.rule, at: wall) != nil)
        #expect(self.kept(current) == 0)
    }

    @Test func whatOnlyAConnectionRemembersEndsWithItsKey() async throws {
        let directory = self.directory()
        let entries = try await self.neighbors(2, in: directory)
        let wall = self.clock.start.milliseconds
        let identities = entries.compactMap { directory.identity(of: $0, for: self.rule, at: wall) }
        directory.discardIdentityTokens()
        #expect(identities.map { $0.isUsable(at: wall) } == [false, false])
        let new = try #require(directory.identity(of: entries[1], for: self.rule, at: wall))
        #expect(new.isUsable(at: wall))
    }

    @Test func theRingGoesOnBehindTheNewest() {
        let generation = IdentityGeneration()
        var ring = RecentIdentities(capacity: 3)
        let identities = (0..<6)
            .map { RouteIdentity(rule: self.rule, lines: [], madeAt: Int64($0), in: 0, of: generation) }
        let session = SessionToken.random().hash
        func add(_ index: Int) -> Int64? {
            ring.add(RecentIdentities.Made(session: session, identity: identities[index]))
                .flatMap { made in identities.firstIndex { $0 === made.identity } }.map(Int64.init)
        }
        #expect([0, 1, 2, 3].map(add) == [nil, nil, nil, 0])
        // The first of those that are left is too old now.
        ring.forgetStale(wall: 1 + Int64(RouteIdentity.usableFor))
        #expect([4, 5].map(add) == [nil, 2])
    }
}
