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

    @Test func manyAreReadTogetherAndNobodyIsRefusedForIt() async throws {
        let gate = Gate()
        var settings = SessionDirectory.Settings.patient
        settings.maximumLoads = 1
        settings.maximumRereads = 1
        settings.readingSize = 50
        let storage = self.storage
        let sizes = Mutex<[Int]>([])
        let directory = SessionDirectory(settings: settings, tokens: storage.tokens.source) { hashes in
            sizes.withLock { $0.append(hashes.count) }
            let sessions = try storage.load(hashes)
            await gate.wait()
            return sessions
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
            // One is read, the others wait, and a request goes past them.
            try await eventually { storage.loads == 1 && directory.reader.waiting(in: .others) == watched.count - 1 }
            group.addTask { try await directory.session(for: asked.tokenHash)?.id == asked.id }
            try await eventually { storage.loads == 2 }
            gate.open()
            for try await isLive in group { #expect(isLive) }
        }
        #expect(sizes.withLock { $0 } == [1, 1, 50, 50, 50, 49])
    }

    @Test func aRequestForASessionThatStandsInLineTakesItAlong() async throws {
        let gate = Gate()
        var settings = SessionDirectory.Settings.patient
        settings.maximumRereads = 1
        let storage = self.storage
        let directory = SessionDirectory(settings: settings, tokens: storage.tokens.source) { hashes in
            let sessions = try storage.load(hashes)
            if storage.loads == 1 { await gate.wait() }
            return sessions
        } recordActivity: { _ in
        }
        let people = try (0..<2).map { _ in try storage.signIn().session }
        async let first = directory.reread(people[0].tokenHash)
        try await eventually { storage.loads == 1 }
        async let second = directory.reread(people[1].tokenHash)
        try await eventually { directory.reader.waiting(in: .others) == 1 }
        #expect(try await directory.session(for: people[1].tokenHash)?.id == people[1].id)
        gate.open()
        for result in [await first, await second] {
            if case .live = result { continue }
            Issue.record("One that was read is not live.")
        }
        #expect(storage.loads == 2)
    }

    /// What the ticks of a node do for as many sessions as it has tunnels, until storage has answered for each.
    private static func look(
        at entries: [SessionEntry],
        in directory: SessionDirectory
    ) async -> (live: Int, ended: Int) {
        await withTaskGroup(of: Bool?.self) { group in
            var outcomes: [Bool?] = []
            for entry in entries {
                switch directory.finding(forWatched: entry, at: directory.instant) {
                case .live: outcomes.append(true)
                case .none: outcomes.append(false)
                case .unknown:
                    group.addTask {
                        switch await directory.reread(entry.session.tokenHash) {
                        case .live: true
                        case .none: false
                        case .unavailable: nil
                        }
                    }
                }
            }
            for await outcome in group { outcomes.append(outcome) }
            return (outcomes.count { $0 == true }, outcomes.count { $0 == false })
        }
    }

    @Test("of thousands, a disabled workspace ends all with few readings and a reconnection ends none")
    func thousands() async throws {
        let (count, storage) = (2_000, self.storage)
        storage.state.withLock { $0.delay = .milliseconds(2) }
        // A reading that is given up would be seen as a session that nothing is known of.
        let directory = storage.directory(clock: self.clock.clock)
        directory.listeningBegan()
        let workspaceID = WorkspaceID.random()
        let sessions = try (0..<count)
            .map { _ in try storage.signIn(workspaceID: workspaceID, now: self.clock.start).session }
        let entries = try await withThrowingTaskGroup(of: SessionEntry.self) { group in
            for session in sessions { group.addTask { try await self.entry(directory, session) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        var readings = storage.readings

        directory.listeningEnded()
        self.clock.advance(6)
        directory.listeningBegan()
        let reconnected = await Self.look(at: entries, in: directory)
        #expect(reconnected.live == count && reconnected.ended == 0)
        #expect(storage.readings - readings < count / 4)

        readings = storage.readings
        for session in sessions { storage.revoke(session) }
        directory.invalidate(.workspace(workspaceID))
        let disabled = await Self.look(at: entries, in: directory)
        #expect(disabled.live == 0 && disabled.ended == count)
        #expect(storage.readings - readings < count / 4)
        #expect(directory.loadCounts()[.refused] == 0)
    }
}
