import Foundation
import NIOCore
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Sessions read before anybody asks for them")
struct PreloadingTests {
    let clock = ManualClock()
    let storage = TestSessions()

    private func directory() -> SessionDirectory {
        self.storage.directory(clock: self.clock.clock)
    }

    private func signIn(_ count: Int, maxIdle: Duration = .seconds(1_800)) throws -> [Session] {
        try (0..<count).map { _ in try self.storage.signIn(now: self.clock.start, maxIdle: maxIdle).session }
    }

    private func preload(_ sessions: [Session], into directory: SessionDirectory, width: Int = 1) async {
        await directory.preload(sessions.map(\.tokenHash), width: width, within: .seconds(1))
    }

    @Test(arguments: [1, 4])
    func eachIsReadOnceAndAnswersFromMemory(width: Int) async throws {
        let directory = self.directory()
        directory.listeningBegan()
        let sessions = try self.signIn(10)
        await self.preload(sessions, into: directory, width: width)
        #expect(self.storage.loads == 10)
        for session in sessions {
            #expect(try await directory.session(for: session.tokenHash)?.id == session.id)
        }
        #expect(self.storage.loads == 10)
    }

    @Test func readingIsNoUse() async throws {
        let directory = self.directory()
        directory.listeningBegan()
        let session = try #require(try self.signIn(1, maxIdle: .seconds(100)).first)
        self.clock.advance(90)
        await self.preload([session], into: directory)
        await directory.flushActivity()
        #expect(self.storage.state.withLock { $0.activities }.isEmpty)
        self.clock.advance(10)
        #expect(try await directory.session(for: session.tokenHash) == nil)
    }

    @Test func whatHasEndedIsNotKept() async throws {
        let directory = self.directory()
        directory.listeningBegan()
        let sessions = try self.signIn(2)
        self.storage.revoke(sessions[0])
        await self.preload(sessions, into: directory)
        #expect(directory.count == 1)
        #expect(try await directory.session(for: sessions[0].tokenHash) == nil)
        #expect(try await directory.session(for: sessions[1].tokenHash)?.id == sessions[1].id)
    }

    @Test("A session that is revoked while it is read, before or after storage looked, does not answer")
    func revocationMeanwhile() async throws {
        let session = try #require(try self.signIn(1).first)
        let made = Mutex<SessionDirectory?>(nil)
        let storage = self.storage
        let directory = SessionDirectory(settings: .patient, clock: self.clock.clock, tokens: storage.tokens.source) {
            hashes in
            let found = try storage.load(hashes)
            if storage.loads == 1 {
                storage.revoke(session)
                made.withLock { $0 }?.invalidate(.session(session.id))
            }
            return found
        } recordActivity: { _ in
        }
        made.withLock { $0 = directory }
        directory.listeningBegan()
        await self.preload([session], into: directory)
        #expect(storage.loads == 2)
        #expect(directory.count == 0)
        #expect(try await directory.session(for: session.tokenHash) == nil)
    }

    @Test func aSessionThatIsRevokedLaterIsDropped() async throws {
        let directory = self.directory()
        directory.listeningBegan()
        let session = try #require(try self.signIn(1).first)
        await self.preload([session], into: directory)
        self.storage.revoke(session)
        directory.invalidate(.session(session.id))
        #expect(try await directory.session(for: session.tokenHash) == nil)
    }

    @Test func whatWasReadBeforeChangesAreHeardGetsOld() async throws {
        let directory = self.directory()
        let session = try #require(try self.signIn(1).first)
        await self.preload([session], into: directory)
        self.storage.revoke(session)
        self.clock.advance(1)
        directory.listeningBegan()
        self.clock.advance(4.1)
        #expect(try await directory.session(for: session.tokenHash) == nil)
    }

    @Test func noReadingBeginsAfterItsTime() async throws {
        let clock = self.clock
        let storage = self.storage
        let directory = SessionDirectory(settings: .patient, clock: clock.clock, tokens: storage.tokens.source) {
            hashes in
            clock.advance(0.4)
            return try storage.load(hashes)
        } recordActivity: { _ in
        }
        await self.preload(try self.signIn(10), into: directory)
        #expect(storage.loads == 3)
    }

    @Test func storageThatIsAwayIsNotAskedForTheOthers() async throws {
        let directory = self.directory()
        let sessions = try self.signIn(10)
        self.storage.state.withLock { $0.isAway = true }
        await self.preload(sessions, into: directory, width: 2)
        #expect(self.storage.loads == 2)
        self.storage.state.withLock { $0.isAway = false }
        #expect(try await directory.session(for: sessions[9].tokenHash)?.id == sessions[9].id)
    }
}
