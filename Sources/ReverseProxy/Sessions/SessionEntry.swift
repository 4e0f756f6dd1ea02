import FoundationEssentials
import NIOCore
import Synchronization
import Workspaces

/// One session in memory, with what its requests need ready made.
///
/// Connections hold on to an entry between requests, so everything that can end it is read anew at each request:
/// ``isCurrent`` turns false when it is dropped or replaced, and its times are atomic.
final class SessionEntry: Sendable {
    /// What an entry is worth at an instant.
    enum Standing {
        /// It answers the request.
        case live
        /// It answers the request, and is old enough to be read again meanwhile.
        case liveAndDue
        /// It must be read from storage first.
        case mustReload
        /// The session has reached its absolute end, which no storage changes.
        case over
    }

    let session: Session
    /// When the reading of storage that made this entry began, in nanoseconds of uptime; 0 is never.
    let checkedAt: UInt64
    private let dropped = Atomic<Bool>(false)
    /// Milliseconds since 1970 of the last request here or, when later, of the last that storage knew.
    private let lastSeen: Atomic<Int64>
    /// The last seen time that storage has.
    private let recordedLastSeen: Atomic<Int64>
    private let refreshing = Atomic<Bool>(false)
    private let expiresAt: Int64
    private let maxIdle: Int64
    /// What upstreams are told, made when a route first asks for it.
    ///
    /// The lock is not taken while a connection remembers what it holds.
    let identities = Mutex<[RouteIdentity]>([])

    init(session: Session, checkedAt: UInt64, replacing previous: SessionEntry?) {
        self.session = session
        self.checkedAt = checkedAt
        let recorded = session.lastSeenAt.milliseconds
        let known = previous?.lastSeen.load(ordering: .relaxed) ?? recorded
        self.lastSeen = Atomic(max(recorded, known))
        self.recordedLastSeen = Atomic(recorded)
        self.expiresAt = session.expiresAt.milliseconds
        self.maxIdle = session.maxIdle.milliseconds
    }

    /// Whether the directory still has this entry.
    var isCurrent: Bool { !self.dropped.load(ordering: .acquiring) }

    /// The time of the last request.
    var lastSeenAt: Date { Date(milliseconds: self.lastSeen.load(ordering: .relaxed)) }

    /// Takes the entry out of use; connections that remember it notice at their next request.
    func drop() {
        self.dropped.store(true, ordering: .releasing)
    }

    /// Decides what the entry is worth, at a time in milliseconds since 1970 and in nanoseconds of uptime.
    func standing(wall: Int64, uptime: UInt64, freshness: SessionFreshness) -> Standing {
        guard self.isCurrent else { return .mustReload }
        guard wall < self.expiresAt else { return .over }
        // Another node may have seen the person since: an idle session is over only when storage says so too.
        guard wall - self.lastSeen.load(ordering: .relaxed) < self.maxIdle else { return .mustReload }
        guard freshness.isFresh(checkedAt: self.checkedAt, uptime: uptime) else { return .mustReload }
        return freshness.isDue(checkedAt: self.checkedAt, uptime: uptime) ? .liveAndDue : .live
    }

    /// Whether the limits of the session itself allow a request, whatever the age of the entry.
    func isWithinLimits(wall: Int64) -> Bool {
        self.isCurrent && !self.hasEnded(wall: wall)
    }

    /// Whether the session has reached its absolute end, or was idle for too long as far as this entry knows.
    func hasEnded(wall: Int64) -> Bool {
        wall >= self.expiresAt || wall - self.lastSeen.load(ordering: .relaxed) >= self.maxIdle
    }

    /// Remembers a request; times within a second of the last one are not worth a write to shared memory.
    func touch(wall: Int64) {
        guard wall - self.lastSeen.load(ordering: .relaxed) >= 1_000 else { return }
        self.lastSeen.max(wall, ordering: .relaxed)
    }

    /// The activity that storage does not know yet.
    var unrecordedActivity: SessionActivity? {
        let seen = self.lastSeen.load(ordering: .relaxed)
        guard seen > self.recordedLastSeen.load(ordering: .relaxed) else { return nil }
        return SessionActivity(
            sessionID: self.session.id,
            workspaceID: self.session.workspaceID,
            lastSeenAt: Date(milliseconds: seen)
        )
    }

    /// Notes that storage knows of the activity up to this time.
    func markRecorded(_ activity: SessionActivity) {
        self.recordedLastSeen.max(activity.lastSeenAt.milliseconds, ordering: .relaxed)
    }

    /// Claims the one background reading of this entry.
    func beginRefresh() -> Bool {
        self.refreshing.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
    }

    /// Gives the claim back after a reading that failed.
    func endRefresh() {
        self.refreshing.store(false, ordering: .releasing)
    }

    /// Whether an invalidation names this session.
    func isNamed(by invalidation: SessionInvalidation) -> Bool {
        switch invalidation {
        case .session(let id): self.session.id == id
        case .member(let workspaceID, let userID):
            self.session.workspaceID == workspaceID && self.session.userID == userID
        case .workspace(let id): self.session.workspaceID == id
        }
    }
}

extension Date {
    /// Milliseconds since 1970, rounded down.
    var milliseconds: Int64 { Int64((self.timeIntervalSince1970 * 1_000).rounded(.down)) }

    /// The instant of a number of milliseconds since 1970.
    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 { self.components.seconds * 1_000 + self.components.attoseconds / 1_000_000_000_000_000 }

    /// Whole nanoseconds; never negative.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = self.components
        return UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds / 1_000_000_000))
    }
}
