import NIOCore
import Synchronization
import Workspaces

/// A part of the sessions in memory under one lock, which is held for a dictionary access and no longer.
final class SessionShard: Sendable {
    /// What a reading of storage ended with.
    enum LoadResult: Sendable {
        /// The session.
        case live(SessionEntry)
        /// There is no such session, or it is over.
        case none
        /// Storage did not answer, or was not asked since too many sessions are wanted.
        case unavailable
    }

    /// How a request gets to know a session that it did not find in memory.
    enum Access {
        /// A reading, which may have begun for another request.
        case reading(Task<LoadResult, Never>)
        /// In memory after all: a reading ended just now.
        case found(SessionEntry)
        /// Requests wait for as many sessions as they may.
        case refused
    }

    private struct Load {
        let task: Task<LoadResult, Never>
        /// The bound on the sessions that requests wait for, where it counts.
        let bound: LoadBound?
    }

    private struct State {
        var entries: [SessionTokenHash: SessionEntry] = [:]
        /// Hashes that storage did not have, and until when that is believed.
        var absent: [SessionTokenHash: UInt64] = [:]
        var loads: [SessionTokenHash: Load] = [:]
    }

    private let state = Mutex(State())
    private let recentIdentities: Mutex<RecentIdentities>
    private let capacity: Int
    private let absentCapacity: Int

    init(capacity: Int, absentCapacity: Int, identityCapacity: Int) {
        self.capacity = capacity
        self.absentCapacity = absentCapacity
        self.recentIdentities = Mutex(RecentIdentities(capacity: identityCapacity))
    }

    /// The entry of a hash.
    func entry(for hash: SessionTokenHash) -> SessionEntry? {
        self.state.withLock { $0.entries[hash] }
    }

    /// Whether storage was found not to have this session a moment ago.
    func isAbsent(_ hash: SessionTokenHash, uptime: UInt64) -> Bool {
        self.state.withLock { state in state.absent[hash].map { uptime < $0 } ?? false }
    }

    /// Joins the reading of a hash that is under way, or begins one.
    ///
    /// Whoever finds nothing may come here after the reading that would have told it has ended, so memory is looked into
    /// once more before another begins.
    ///
    /// - Parameters:
    ///   - hash: The hash.
    ///   - bound: The bound on the sessions that requests wait for; `nil` for one that neither heeds it nor counts against it.
    ///   - isEnough: Whether an entry that is in memory by now spares the reading.
    ///   - body: Reads.
    /// - Returns: How the session is known from now on.
    func load(
        _ hash: SessionTokenHash,
        within bound: LoadBound?,
        unless isEnough: (SessionEntry) -> Bool,
        _ body: @escaping @Sendable () async -> LoadResult
    ) -> Access {
        self.state.withLock { state in
            if let load = state.loads[hash] { return .reading(load.task) }
            if let entry = state.entries[hash], isEnough(entry) { return .found(entry) }
            guard bound?.enter() ?? true else { return .refused }
            // A reading serves every request that waits for it, so no single request may cancel it.
            let task = Task { await body() }
            state.loads[hash] = Load(task: task, bound: bound)
            return .reading(task)
        }
    }

    /// Notes that the reading of a hash has ended.
    func finishLoad(_ hash: SessionTokenHash) {
        self.state.withLock { $0.loads.removeValue(forKey: hash) }?.bound?.leave()
    }

    /// Puts an entry in the place of an older one.
    func insert(_ entry: SessionEntry) {
        self.state.withLock { state in
            state.absent.removeValue(forKey: entry.session.tokenHash)
            if let older = state.entries.updateValue(entry, forKey: entry.session.tokenHash) {
                entry.adoptIdentities(of: older)
                older.drop()
            }
            if state.entries.count > self.capacity { Self.evict(&state.entries, keeping: self.capacity * 3 / 4) }
        }
    }

    /// Drops an entry and remembers for a moment that storage does not have it.
    func markAbsent(_ hash: SessionTokenHash, until: UInt64) {
        self.state.withLock { state in
            state.entries.removeValue(forKey: hash)?.drop()
            if state.absent.count >= self.absentCapacity { state.absent.removeAll(keepingCapacity: true) }
            state.absent[hash] = until
        }
    }

    /// Drops every entry that a condition names.
    func drop(where condition: (SessionEntry) -> Bool) {
        self.state.withLock { state in
            for (hash, entry) in state.entries where condition(entry) {
                entry.drop()
                state.entries.removeValue(forKey: hash)
            }
        }
    }

    /// Notes what upstreams are told of a session from now on, and has the session forget it that was told of longest ago.
    func noteMade(_ identity: RouteIdentity, of session: Session) {
        let made = RecentIdentities.Made(session: session.tokenHash, identity: identity)
        guard let oldest = self.recentIdentities.withLock({ $0.add(made) }) else { return }
        self.entry(for: oldest.session)?.forget(oldest.identity)
    }

    /// Lets go of what upstreams may not be told again, at a time in milliseconds since 1970.
    func forgetStaleIdentities(wall: Int64) {
        self.recentIdentities.withLock { $0.forgetStale(wall: wall) }
    }

    /// Every entry, for the writing of activity.
    var entries: [SessionEntry] { self.state.withLock { Array($0.entries.values) } }

    /// How many sessions are in memory.
    var count: Int { self.state.withLock { $0.entries.count } }

    /// Drops the entries that were used longest ago; the next request of such a session reads it again.
    private static func evict(_ entries: inout [SessionTokenHash: SessionEntry], keeping count: Int) {
        let oldestFirst = entries.sorted { $0.value.lastSeenAt < $1.value.lastSeenAt }
        for (hash, entry) in oldestFirst.prefix(entries.count - count) {
            entry.drop()
            entries.removeValue(forKey: hash)
        }
    }
}
