import Foundation
import NIOCore
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Sessions of what is under way")
struct WatchedSessionTests {
    private let clock = ManualClock()
    private let storage = TestSessions()

    private func entry(_ directory: SessionDirectory, _ session: Session) async throws -> SessionEntry {
        guard case .live(let entry) = await directory.load(session.tokenHash) else {
            throw TestSessions.StorageIsAway()
        }
        return entry
    }

    @Test func lookingIsNoActivity() async throws {
        let directory = self.storage.directory(clock: self.clock.clock)
        directory.listeningBegan()
        let session = try self.storage.signIn(now: self.clock.start).session
        let entry = try await self.entry(directory, session)
        self.clock.advance(30)
        guard case .live(let found, _) = directory.finding(forWatched: entry, at: directory.instant) else {
            Issue.record("the session is alive")
            return
        }
        #expect(found === entry && entry.lastSeenAt == self.clock.start)
        guard
            case .live = directory.finding(
                for: entry,
                uptime: self.clock.clock.uptime().uptimeNanoseconds
            )
        else {
            Issue.record("the session is alive")
            return
        }
        #expect(entry.lastSeenAt == self.clock.start.addingTimeInterval(30))
    }

    @Test func anEntryThatWasReplacedIsFoundInMemory() async throws {
        let directory = self.storage.directory(clock: self.clock.clock)
        let session = try self.storage.signIn(now: self.clock.start).session
        let old = try await self.entry(directory, session)
        // Too old to answer, as nobody tells of changes.
        self.clock.advance(6)
        let new = try await self.entry(directory, session)
        #expect(!old.isCurrent && new !== old)
        guard case .live(let found, _) = directory.finding(forWatched: old, at: directory.instant) else {
            Issue.record("the session is alive")
            return
        }
        #expect(found === new && self.storage.loads == 2)
    }

    @Test func thousandsAreReadAFewAtATimeAndNobodyIsRefusedForIt() async throws {
        let gate = Gate()
        var settings = SessionDirectory.Settings.patient
        settings.maximumLoads = 1
        settings.maximumRereads = 3
        let storage = self.storage
        let directory = SessionDirectory(settings: settings, tokens: storage.tokens.source) { hash in
            let session = try storage.load(hash)
            await gate.wait()
            return session
        } recordActivity: { _ in
        }
        let watched = try (0..<200).map { _ in try storage.signIn().session.tokenHash }
        let asked = try storage.signIn().session
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for hash in watched {
                group.addTask {
                    if case .live = await directory.reread(hash) { true } else { false }
                }
            }
            // Three are read, the others wait, and a request goes past them.
            try await eventually { storage.loads == 3 && directory.rereads.waitingCount == watched.count - 3 }
            group.addTask { try await directory.session(for: asked.tokenHash)?.id == asked.id }
            try await eventually { storage.loads == 4 }
            gate.open()
            for try await isLive in group { #expect(isLive) }
        }
        #expect(storage.loads == watched.count + 1)
    }

    @Test func whoWaitsForLongerThanAReadingMayTakeIsNotRead() async throws {
        let gate = Gate()
        var settings = SessionDirectory.Settings.patient
        settings.maximumRereads = 1
        let storage = self.storage
        let clock = ManualClock()
        let directory = SessionDirectory(settings: settings, clock: clock.clock, tokens: storage.tokens.source) {
            hash in
            let session = try storage.load(hash)
            await gate.wait()
            return session
        } recordActivity: { _ in
        }
        let people = try (0..<2).map { _ in try storage.signIn(now: clock.start).session.tokenHash }
        async let read = directory.reread(people[0])
        try await eventually { storage.loads == 1 }
        async let waited = directory.reread(people[1])
        try await eventually { directory.rereads.waitingCount == 1 }
        clock.advance(300)
        gate.open()
        if case .live = await read {} else { Issue.record("The one that was being read is not live.") }
        if case .unavailable = await waited {} else { Issue.record("The one that waited was read.") }
        #expect(storage.loads == 1)
    }
}
