/// Who gets which connection: the pool's decisions without its I/O.
///
/// The machine counts connections that are open, being opened, or lent out, and keeps the tasks that wait in order.
/// Each event is a `mutating` method, and the answer says what the pool has to do.
///
///     acquire ──┬─ a parked connection ─────────────► lease
///               ├─ room for another ────────────────► wait, open one
///               ├─ all busy ────────────────────────► wait
///               └─ circuit open and none alive ─────► fail at once
///
/// The circuit opens when a connection cannot be opened. While it is open nothing is tried, so a dead database costs a
/// request nothing; when the pause is over, the next acquire tries again, and each further failure doubles the pause.
struct PoolStateMachine<Item> {
    typealias WaiterID = UInt64

    /// What to do for a task that wants a connection.
    enum AcquireAction {
        /// Use this one, idle since the given time.
        case lease(Item, idleSince: ContinuousClock.Instant)
        /// Wait, and open a connection first if asked to.
        case wait(opening: Bool)
        /// Give up.
        case fail(PostgreSQLError)
    }

    /// What to do with a connection that became free.
    enum HandOver {
        /// Give it to this task.
        case lease(Item, to: WaiterID)
        /// It was parked; nothing to do.
        case parked
        /// Close it, open another one if asked to, and fail these tasks.
        case discard(Item?, opening: Bool, failing: [WaiterID], with: PostgreSQLError)
    }

    private enum Circuit {
        case closed
        case open(until: ContinuousClock.Instant, failures: Int, error: PostgreSQLError)
    }

    private let capacity: Int
    private let maximumWaiters: Int
    private var parked: [(item: Item, since: ContinuousClock.Instant)] = []
    private var leased = 0
    private var opening = 0
    private var waiters: [WaiterID] = []
    private var circuit = Circuit.closed
    private var isShutDown = false

    init(capacity: Int, maximumWaiters: Int) {
        self.capacity = capacity
        self.maximumWaiters = maximumWaiters
    }

    /// The connections at this moment.
    var counts: PoolCounts {
        PoolCounts(
            capacity: self.capacity,
            leased: self.leased,
            idle: self.parked.count,
            opening: self.opening,
            waiting: self.waiters.count
        )
    }

    // MARK: - Events

    mutating func acquire(_ waiter: WaiterID, now: ContinuousClock.Instant) -> AcquireAction {
        guard !self.isShutDown else {
            return .fail(.poolClosed)
        }
        if let last = self.parked.popLast() {
            self.leased += 1
            return .lease(last.item, idleSince: last.since)
        }
        let mayOpen = self.mayOpen(now: now)
        if case .open(_, _, let error) = self.circuit, !mayOpen, self.leased + self.opening == 0 {
            return .fail(error)
        }
        guard self.waiters.count < self.maximumWaiters else {
            return .fail(.tooManyWaiters)
        }
        self.waiters.append(waiter)
        guard mayOpen, self.waiters.count > self.opening else {
            return .wait(opening: false)
        }
        self.opening += 1
        return .wait(opening: true)
    }

    /// A connection was opened.
    mutating func opened(_ item: Item, now: ContinuousClock.Instant) -> HandOver {
        self.opening -= 1
        self.circuit = .closed
        return self.handOver(item, now: now)
    }

    /// A connection could not be opened.
    mutating func openingFailed(_ error: PostgreSQLError, now: ContinuousClock.Instant) -> HandOver {
        self.opening -= 1
        var failures = 0
        if case .open(_, let earlier, _) = self.circuit {
            failures = earlier
        }
        let pause = min(Duration.seconds(2), .milliseconds(100) * (1 << min(failures, 5)))
        self.circuit = .open(until: now + pause, failures: failures + 1, error: error)
        return .discard(nil, opening: false, failing: self.waitersWithoutHope(), with: error)
    }

    /// A task gave a connection back; `isUsable` is false for one that broke or grew old.
    mutating func release(_ item: Item, isUsable: Bool, now: ContinuousClock.Instant) -> HandOver {
        self.leased -= 1
        if isUsable {
            return self.handOver(item, now: now)
        }
        if self.waiters.count > self.opening, self.mayOpen(now: now) {
            self.opening += 1
            return .discard(item, opening: true, failing: [], with: .poolClosed)
        }
        guard case .open(_, _, let error) = self.circuit else {
            return .discard(item, opening: false, failing: [], with: .poolClosed)
        }
        return .discard(item, opening: false, failing: self.waitersWithoutHope(), with: error)
    }

    /// A task no longer waits.
    ///
    /// - Returns: Whether it still did.
    mutating func abandon(_ waiter: WaiterID) -> Bool {
        guard let index = self.waiters.firstIndex(of: waiter) else {
            return false
        }
        self.waiters.remove(at: index)
        return true
    }

    /// The pool ends: returns the connections to close and the tasks to fail.
    mutating func shutDown() -> (items: [Item], waiters: [WaiterID]) {
        self.isShutDown = true
        defer {
            self.parked = []
            self.waiters = []
        }
        return (self.parked.map(\.item), self.waiters)
    }

    // MARK: - Private

    private mutating func handOver(_ item: Item, now: ContinuousClock.Instant) -> HandOver {
        guard !self.isShutDown else {
            return .discard(item, opening: false, failing: [], with: .poolClosed)
        }
        guard !self.waiters.isEmpty else {
            self.parked.append((item, now))
            return .parked
        }
        self.leased += 1
        return .lease(item, to: self.waiters.removeFirst())
    }

    private func mayOpen(now: ContinuousClock.Instant) -> Bool {
        guard self.parked.count + self.leased + self.opening < self.capacity else {
            return false
        }
        switch self.circuit {
        case .closed: return true
        // After the pause a single attempt shows whether the database is back.
        case .open(let until, _, _): return now >= until && self.opening == 0
        }
    }

    /// Takes the waiting tasks out if no connection is left that could ever serve them.
    private mutating func waitersWithoutHope() -> [WaiterID] {
        guard self.leased + self.opening == 0 else {
            return []
        }
        defer {
            self.waiters = []
        }
        return self.waiters
    }
}
