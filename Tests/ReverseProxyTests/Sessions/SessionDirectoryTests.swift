import Foundation
import NIOCore
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Sessions in memory")
struct SessionDirectoryTests {
    let clock = ManualClock()
    let storage = TestSessions()

    private func directory(_ change: (inout SessionDirectory.Settings) -> Void = { _ in }) -> SessionDirectory {
        var settings = SessionDirectory.Settings.patient
        change(&settings)
        return self.storage.directory(settings: settings, clock: self.clock.clock)
    }

    private func signIn(maxAge: TimeInterval = 3_600, maxIdle: Duration = .seconds(1_800)) throws -> Session {
        try self.storage.signIn(now: self.clock.start, maxAge: maxAge, maxIdle: maxIdle).session
    }

    @Test func readsOnceWhileItListens() async throws {
        let directory = self.directory()
        directory.listeningBegan()
        let session = try self.signIn()
        for _ in 0..<5 {
            #expect(try await directory.session(for: session.tokenHash)?.id == session.id)
            self.clock.advance(10)
        }
        #expect(self.storage.loads == 1)
    }

    @Test func readsAgainAfterFiveSecondsWhileItDoesNotListen() async throws {
        let directory = self.directory()
        let session = try self.signIn()
        _ = try await directory.session(for: session.tokenHash)
        self.storage.revoke(session)
        self.clock.advance(5.1)
        #expect(try await directory.session(for: session.tokenHash) == nil)
        #expect(self.storage.loads == 2)
    }

    @Test func readsAgainWhatIsOlderThanTheListening() async throws {
        let directory = self.directory()
        let session = try self.signIn()
        _ = try await directory.session(for: session.tokenHash)
        self.clock.advance(6)
        directory.listeningBegan()
        self.storage.revoke(session)
        #expect(try await directory.session(for: session.tokenHash) == nil)
    }

    @Test func readsTogetherForAllThatWait() async throws {
        let directory = self.directory()
        let session = try self.signIn()
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask { (try? await directory.session(for: session.tokenHash)) != nil }
            }
            for await found in group { #expect(found) }
        }
        // A reading may end before the last of them begins to wait, and then memory answers.
        #expect(self.storage.loads == 1)
    }

    @Test func whoComesJustAfterAReadingTakesWhatItBrought() async throws {
        let directory = self.directory()
        let session = try self.signIn()
        for _ in 0..<2 {
            guard case .live = await directory.load(session.tokenHash) else {
                Issue.record("the session is alive")
                return
            }
        }
        #expect(self.storage.loads == 1)
    }

    @Test func letsAsManyWaitAsTheBoundAllowsWhateverTheSessions() async throws {
        let gate = Gate()
        var settings = SessionDirectory.Settings.patient
        settings.maximumLoads = 16
        settings.maximumReadings = 4
        let storage = self.storage
        let directory = SessionDirectory(settings: settings, clock: self.clock.clock, tokens: storage.tokens.source) {
            hashes in
            let sessions = try storage.load(hashes)
            await gate.wait()
            return sessions
        } recordActivity: { _ in
        }
        let people = try (0..<16).map { _ in try self.signIn() }
        let late = try self.signIn()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for person in people {
                group.addTask { try await directory.session(for: person.tokenHash)?.id == person.id }
            }
            try await eventually { storage.loads == 4 && directory.reader.waiting(in: .requests) == 12 }
            await #expect(throws: ProxyError.unavailable) { try await directory.session(for: late.tokenHash) }
            #expect(directory.loadCounts()[.refused] == 1)
            gate.open()
            for try await isFound in group { #expect(isFound) }
        }
        #expect(try await directory.session(for: late.tokenHash)?.id == late.id)
    }

    @Test func readsHundredsWhoComeAtOnceTogether() async throws {
        self.storage.state.withLock { $0.delay = .milliseconds(2) }
        let directory = self.directory()
        let people = try (0..<500).map { _ in try self.signIn() }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for person in people {
                group.addTask { try await directory.session(for: person.tokenHash)?.id == person.id }
            }
            for try await isFound in group { #expect(isFound) }
        }
        #expect(self.storage.loads == people.count && self.storage.readings < people.count / 2)
        #expect(directory.loadCounts() == [.found: 500, .absent: 0, .failed: 0, .refused: 0])
    }

    @Test func whoseTurnDoesNotComeInTimeIsNotAskedFor() async throws {
        self.storage.state.withLock { $0.delay = .milliseconds(100) }
        let directory = self.directory {
            $0.loadTimeout = .milliseconds(250)
            $0.maximumReadings = 1
            $0.readingSize = 1
        }
        let people = try (0..<40).map { _ in try self.signIn().tokenHash }
        await withTaskGroup(of: Void.self) { group in
            for person in people {
                group.addTask { _ = try? await directory.session(for: person) }
            }
        }
        let counts = directory.loadCounts()
        // Four seconds of readings: however late the machine is, some must have waited for too long.
        #expect(counts[.refused, default: 0] > 0)
        #expect(counts.values.reduce(0, +) == 40)
        #expect(self.storage.readings + Int(counts[.refused, default: 0]) <= people.count)
        #expect(self.storage.readings < people.count / 2)
    }

    @Test func oneThatCannotBeUnderstoodIsNoHarmToThoseReadWithIt() async throws {
        let gate = Gate()
        let storage = self.storage
        let (first, broken, other) = (try self.signIn(), try self.signIn(), try self.signIn())
        var settings = SessionDirectory.Settings.patient
        settings.maximumReadings = 1
        let directory = SessionDirectory(settings: settings, clock: self.clock.clock, tokens: storage.tokens.source) {
            hashes in
            var sessions = try storage.load(hashes)
            await gate.wait()
            if hashes.contains(broken.tokenHash) {
                #expect(hashes.count == 2)
                sessions[broken.tokenHash] = .failure(TestSessions.StorageIsAway())
            }
            return sessions
        } recordActivity: { _ in
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await directory.session(for: first.tokenHash)?.id == first.id }
            try await eventually { storage.loads == 1 }
            group.addTask { try await directory.session(for: other.tokenHash)?.id == other.id }
            group.addTask {
                await #expect(throws: ProxyError.unavailable) { try await directory.session(for: broken.tokenHash) }
                return true
            }
            try await eventually { directory.reader.waiting(in: .requests) == 2 }
            gate.open()
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test(arguments: ["session", "member", "workspace", "all"])
    func dropsWhatAnInvalidationNames(_ kind: String) async throws {
        let directory = self.directory()
        directory.listeningBegan()
        let session = try self.signIn()
        let other = try self.signIn()
        _ = try await directory.session(for: session.tokenHash)
        _ = try await directory.session(for: other.tokenHash)
        self.storage.revoke(session)
        switch kind {
        case "session": directory.invalidate(.session(session.id))
        case "member": directory.invalidate(.member(session.workspaceID, session.userID))
        case "workspace": directory.invalidate(.workspace(session.workspaceID))
        case _: directory.invalidateAll()
        }
        #expect(try await directory.session(for: session.tokenHash) == nil)
        #expect(try await directory.session(for: other.tokenHash)?.id == other.id)
        #expect(directory.count == 1)
    }

    @Test func doesNotBelieveAReadingThatAnInvalidationOvertook() async throws {
        let session = try self.signIn()
        let directory = Mutex<SessionDirectory?>(nil)
        let storage = self.storage
        let made = SessionDirectory(clock: self.clock.clock, tokens: storage.tokens.source) { hashes in
            let found = try storage.load(hashes)
            if storage.loads == 1 {
                storage.revoke(session)
                directory.withLock { $0 }?.invalidate(.session(session.id))
            }
            return found
        } recordActivity: { _ in
        }
        directory.withLock { $0 = made }
        made.listeningBegan()
        #expect(try await made.session(for: session.tokenHash) == nil)
        #expect(storage.loads == 2)
    }

    @Test func goesOnWithKnownSessionsWhileStorageIsAwayAndThenFailsClosed() async throws {
        let directory = self.directory()
        let known = try self.signIn(maxIdle: .seconds(3_000))
        let unknown = try self.signIn()
        _ = try await directory.session(for: known.tokenHash)
        self.storage.state.withLock { $0.isAway = true }
        for _ in 0..<9 {
            self.clock.advance(60)
            #expect(try await directory.session(for: known.tokenHash)?.id == known.id)
        }
        await #expect(throws: ProxyError.unavailable) { try await directory.session(for: unknown.tokenHash) }
        self.clock.advance(61)
        await #expect(throws: ProxyError.unavailable) { try await directory.session(for: known.tokenHash) }
        self.storage.state.withLock { $0.isAway = false }
        #expect(try await directory.session(for: known.tokenHash)?.id == known.id)
    }

    @Test func doesNotGoOnWithADroppedSessionWhileStorageIsAway() async throws {
        let directory = self.directory()
        let session = try self.signIn()
        _ = try await directory.session(for: session.tokenHash)
        directory.invalidate(.session(session.id))
        self.storage.state.withLock { $0.isAway = true }
        await #expect(throws: ProxyError.unavailable) { try await directory.session(for: session.tokenHash) }
    }

    @Test func endsASessionAtItsLimits() async throws {
        let directory = self.directory()
        directory.listeningBegan()
        let short = try self.signIn(maxAge: 100)
        let idle = try self.signIn(maxIdle: .seconds(50))
        let busy = try self.signIn(maxAge: 1_000, maxIdle: .seconds(50))
        for session in [short, idle, busy] { _ = try await directory.session(for: session.tokenHash) }
        for _ in 0..<3 {
            self.clock.advance(40)
            #expect(try await directory.session(for: busy.tokenHash) != nil)
        }
        #expect(try await directory.session(for: short.tokenHash) == nil)
        #expect(try await directory.session(for: idle.tokenHash) == nil)
        self.clock.advance(50)
        #expect(try await directory.session(for: busy.tokenHash) == nil)
    }

    @Test func writesTheLastUseOnce() async throws {
        let directory = self.directory()
        directory.listeningBegan()
        let session = try self.signIn()
        for _ in 0..<3 {
            self.clock.advance(10)
            _ = try await directory.session(for: session.tokenHash)
        }
        await directory.flushActivity()
        await directory.flushActivity()
        let activities = self.storage.state.withLock { $0.activities }
        #expect(activities.map(\.sessionID) == [session.id])
        #expect(activities.first?.lastSeenAt == self.clock.start.addingTimeInterval(30))
    }

    @Test func holdsNoMoreThanItsCapacity() async throws {
        let directory = self.directory { $0.capacity = 160 }
        directory.listeningBegan()
        for _ in 0..<1_000 {
            let session = try self.signIn()
            #expect(try await directory.session(for: session.tokenHash)?.id == session.id)
        }
        #expect(directory.count <= 160)
    }

    @Test func believesForAMomentThatASessionIsAbsent() async throws {
        let directory = self.directory()
        let hash = SessionToken.random().hash
        for _ in 0..<5 { #expect(try await directory.session(for: hash) == nil) }
        #expect(self.storage.loads == 1)
        self.clock.advance(3)
        #expect(try await directory.session(for: hash) == nil)
        #expect(self.storage.loads == 2)
    }
}
