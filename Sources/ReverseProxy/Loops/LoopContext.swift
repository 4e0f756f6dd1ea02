import NIOCore
import SocketPolling

/// What the connections of one event loop share: upstream pools, scratch memory, the clock of timeouts.
///
/// Nothing here is locked, since everything here is used on its event loop only. Timeouts are not timers of their own: a
/// tick, which runs while there are connections, looks at each connection's deadline. A request costs no timer.
final class LoopContext {
    let eventLoop: any EventLoop
    let settings: ProxySettings
    /// The routes; a request takes its rule from here once, at its head, and keeps it to its end.
    @exclusivity(unchecked) private(set) var routing: Routing
    // These are used for every request, by this event loop only: exclusivity is plain from the call graph, and checking
    // it at run time is a fifth of a request's instructions (Docs/Decisions/0048).
    /// A pool for each of the routing's origins.
    @exclusivity(unchecked) private(set) var pools: [UpstreamPool] = []
    /// The header lines of the head that is being looked at.
    @exclusivity(unchecked) var fields = FieldLines()
    /// Memory for the response head that is being written.
    @exclusivity(unchecked) var responseHead: ByteBuffer
    /// The time of the last tick, which is near enough for timeouts.
    @exclusivity(unchecked) private(set) var now = NIODeadline.now()
    /// What was counted.
    @exclusivity(unchecked) var counters: LoopCounters
    /// How far apart turns begin, by the requests since the last tick.
    @exclusivity(unchecked) private var spacing = TurnSpacing(since: .now())
    /// Whether a graceful stop has begun.
    @exclusivity(unchecked) private(set) var isStopping = false
    @exclusivity(unchecked) private var requestHeads: [ByteBuffer] = []
    /// What sockets are read with, past SwiftNIO.
    let sockets = LoopSockets()
    /// For each of the routing's groups the place whose turn it is: see ``chooseUpstream(of:tried:patience:)``.
    @exclusivity(unchecked) var turns: [Int]
    @exclusivity(unchecked) private var randomState: UInt64
    /// The connections of HTTP/2, each of whose streams has a front of its own.
    var http2 = HTTP2Connections()
    private(set) var fronts: [FrontHandler] = []
    private var tick: RepeatedTask?
    private var allClosed: EventLoopPromise<Void>?

    init(eventLoop: any EventLoop, settings: ProxySettings, routing: Routing) {
        self.eventLoop = eventLoop
        self.settings = settings
        self.routing = routing
        self.responseHead = ByteBufferAllocator().buffer(capacity: 4_096)
        self.counters = LoopCounters(routeCount: routing.routeNames.count)
        self.turns = Array(repeating: 0, count: routing.groupCount)
        var generator = SystemRandomNumberGenerator()
        self.randomState = generator.next()
        self.fields.reserveCapacity(64)
        self.pools = routing.origins.indices.map { UpstreamPool(index: $0, loop: self) }
    }

    /// What was counted until this moment.
    var counts: LoopCounts {
        LoopCounts(
            counters: self.counters,
            clients: self.fronts.count { !$0.isStream } + self.http2.count,
            inFlight: self.fronts.count { $0.isInFlight },
            tunnels: self.fronts.count { $0.phase == .tunneling },
            upstreams: self.pools.map(\.counts)
        )
    }

    // MARK: - Scratch memory

    /// Memory for a request head; give it back with ``recycle(_:)``.
    func takeRequestHead() -> ByteBuffer {
        guard var buffer = self.requestHeads.popLast() else {
            return ByteBufferAllocator().buffer(capacity: 2_048)
        }
        buffer.clear()
        return buffer
    }

    /// Takes memory back for the next request, unless it has grown large or enough of it is kept.
    func recycle(_ buffer: ByteBuffer) {
        guard buffer.storageCapacity <= 16_384, buffer.storageCapacity > 0, self.requestHeads.count < 64 else { return }
        self.requestHeads.append(buffer)
    }

    // MARK: - Requests

    /// Counts a request whose answer was written to its last byte.
    @inline(__always)
    func countAnswer(_ subject: LoopCounters.Subject, method: RequestMethod, status: Int, nanoseconds: UInt64) {
        self.counters.countAnswer(subject, method: method, status: status, nanoseconds: nanoseconds)
        self.spacing.count(nanoseconds)
    }

    /// Random bits for request ids: SplitMix64 from a random seed, since an id is unique but no secret.
    func random() -> UInt64 {
        self.randomState &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.randomState
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    // MARK: - Connections

    /// Takes a client connection into the watch on timeouts.
    func add(_ front: FrontHandler) {
        front.slot = self.fronts.count
        self.fronts.append(front)
        guard !front.isStream else { return }
        self.refreshClock()
        self.counters.acceptedCount &+= 1
        self.startTicking()
    }

    /// Lets go of a client connection.
    func remove(_ front: FrontHandler) {
        let slot = front.slot
        guard slot < self.fronts.count, self.fronts[slot] === front else { return }
        self.fronts.swapAt(slot, self.fronts.count - 1)
        self.fronts[slot].slot = slot
        self.fronts.removeLast()
        if self.isEmpty { self.allClosed?.succeed() }
    }

    /// Lets go of a connection of HTTP/2.
    func removeHTTP2(_ connection: HTTP2Connection) {
        self.http2.remove(connection)
        if self.isEmpty { self.allClosed?.succeed() }
    }

    private var isEmpty: Bool { self.fronts.isEmpty && self.http2.isEmpty }

    /// Runs the tick, on behalf of a connection that waits for a deadline.
    func startTicking() {
        guard self.tick == nil else { return }
        self.refreshClock()
        let delay = TimeAmount.nanoseconds(self.routing.tick)
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.tick = self.eventLoop.scheduleRepeatedTask(initialDelay: delay, delay: delay) { _ in
            bound.value.onTick()
        }
    }

    private func refreshClock() {
        self.now = .now()
    }

    private func onTick() {
        self.refreshClock()
        self.sockets.poll?.spacing = Int64(self.spacing.next(at: self.now))
        // A connection that closes at its deadline leaves the array, so a copy is walked.
        let instant = self.settings.sessions.instant
        for front in self.fronts {
            front.checkDeadline(self.now)
            front.checkSession(at: instant)
        }
        for connection in self.http2.all { connection.checkDeadline(self.now) }
        for pool in self.pools { pool.closeIdle(before: self.now) }
        guard self.isEmpty, self.pools.allSatisfy({ $0.isEmpty }) else { return }
        self.sockets.poll?.spacing = 0
        self.tick?.cancel()
        self.tick = nil
    }

    // MARK: - Routes

    /// Takes new routes for the requests that begin from now on; those under way go on with their rules and pools.
    func adopt(_ routing: Routing) {
        self.routing = routing
        self.counters.makeRoom(forRoutes: routing.routeNames.count)
        self.turns += Array(repeating: 0, count: routing.groupCount - self.turns.count)
        for (pool, seats) in zip(self.pools, routing.seats) { pool.adopt(seats) }
        for front in self.fronts { front.upstream.map { $0.pool.seat($0) } }
        self.pools += routing.origins.indices.dropFirst(self.pools.count).map { UpstreamPool(index: $0, loop: self) }
        for (index, pool) in self.pools.enumerated() where !routing.uses(origin: index) { pool.closeAllIdle() }
        guard self.tick != nil else { return }
        self.tick?.cancel()
        self.tick = nil
        self.startTicking()
    }

    // MARK: - Stopping

    /// Makes every connection close after what it is doing.
    func beginStopping() {
        self.isStopping = true
        for front in self.fronts { front.closeIfIdle() }
        for connection in self.http2.all { connection.leave() }
    }

    /// Closes idle connections, waits for the others, and closes those at the deadline.
    func stop(deadline: NIODeadline) -> EventLoopFuture<Void> {
        self.beginStopping()
        for pool in self.pools { pool.closeAllIdle() }
        guard !self.isEmpty else { return self.eventLoop.makeSucceededVoidFuture() }
        let promise = self.eventLoop.makePromise(of: Void.self)
        self.allClosed = promise
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        let timer = self.eventLoop.scheduleTask(deadline: deadline) {
            for front in bound.value.fronts { front.abort() }
            for connection in bound.value.http2.all { connection.close() }
            // Nobody waits longer for what TLS still has to say.
            promise.succeed()
        }
        promise.futureResult.whenComplete { _ in
            timer.cancel()
            for pool in bound.value.pools {
                pool.closeAllIdle()
                pool.closeDraining()
            }
        }
        return promise.futureResult
    }
}
