import NIOCore

/// The connections of HTTP/2 that a pool has, and the requests that wait for one.
///
/// A request takes the first connection that has room for a stream, so that those which are not needed grow old; where
/// none has, one more is opened, and those that come meanwhile wait for the same one. A connection that leaves or breaks
/// takes no request with it but those that have a stream there.
final class HTTP2Upstream {
    /// A request that waits for a stream.
    private struct Waiter {
        let front: FrontHandler
        let attempt: Int
        let timeout: Duration
        /// When the wait is over; set with the first connection that is opened for it.
        var deadline: NIODeadline?
        /// Whether a connection left while the stream was about to begin.
        var wasReturned = false
    }

    private unowned let pool: UpstreamPool
    private let loop: LoopContext
    /// Those that have opened and are not closed.
    private var connections: [HTTP2UpstreamConnection] = []
    private var openingCount = 0
    /// How many streams a connection that is being opened will have, as far as the last one shows.
    private var usualLimit = HTTP2UpstreamConnection.maximumStreams
    private var waiters: CircularBuffer<Waiter> = []

    init(pool: UpstreamPool, loop: LoopContext) {
        self.pool = pool
        self.loop = loop
    }

    /// How many connections are open or opening.
    var count: Int { self.connections.count + self.openingCount }

    /// How many have no stream.
    var idleCount: Int { self.connections.count { $0.isIdle } }

    // MARK: - Requests

    /// Gives a request a stream as soon as there is one.
    func connect(_ front: FrontHandler, attempt: Int, timeout: Duration) {
        self.waiters.append(Waiter(front: front, attempt: attempt, timeout: timeout))
        self.serve()
    }

    /// Gives streams to requests that wait, and opens a connection for those that have none to wait for.
    func serve() {
        while let waiter = self.waiters.first {
            let connection = self.connections.first { $0.hasRoom }
            guard waiter.front.isWaiting(attempt: waiter.attempt) else {
                self.waiters.removeFirst()
                self.pool.streamGivenUp()
                continue
            }
            guard let connection else { break }
            self.waiters.removeFirst()
            self.begin(waiter, on: connection)
        }
        while self.waiters.count > self.openingCount * self.usualLimit {
            let next = self.waiters.index(self.waiters.startIndex, offsetBy: self.openingCount * self.usualLimit)
            let deadline = self.waiters[next].deadline ?? .now() + TimeAmount(self.waiters[next].timeout)
            self.waiters[next].deadline = deadline
            self.open(until: deadline)
        }
    }

    private func begin(_ waiter: Waiter, on connection: HTTP2UpstreamConnection) {
        let bound = NIOLoopBound((self, waiter, connection), eventLoop: self.loop.eventLoop)
        connection.beginStream()
            .whenComplete { result in
                let (upstream, waiter, connection) = bound.value
                upstream.streamBegan(result, for: waiter, on: connection)
            }
    }

    private func streamBegan(
        _ result: Result<any Channel, any Error>,
        for waiter: Waiter,
        on connection: HTTP2UpstreamConnection
    ) {
        let channel: any Channel
        do {
            channel = try result.get()
        } catch {
            connection.close()
            self.giveBack(waiter, error)
            return
        }
        guard connection.takesBegunStreams else {
            channel.close(promise: nil)
            self.giveBack(waiter, ChannelError.eof)
            return
        }
        guard waiter.front.isWaiting(attempt: waiter.attempt) else {
            channel.close(promise: nil)
            self.pool.streamGivenUp()
            return
        }
        let handler = UpstreamHandler(pool: self.pool, loop: self.loop, isUsed: connection.isUsed)
        do {
            try channel.pipeline.syncOperations.addHandler(handler)
            self.pool.streamBegan(handler, for: waiter.front, attempt: waiter.attempt)
        } catch {
            self.pool.streamGivenUp()
            waiter.front.upstreamDidNotConnect(error, attempt: waiter.attempt)
        }
    }

    /// Lets a request wait once more whose connection ended before the stream was on it.
    ///
    /// That is bad luck once. An upstream that leaves each connection as it opens would be connected to for ever.
    private func giveBack(_ waiter: Waiter, _ error: any Error) {
        guard !waiter.wasReturned else {
            self.pool.streamGivenUp()
            self.pool.noteFailure()
            waiter.front.upstreamDidNotConnect(error, attempt: waiter.attempt)
            return
        }
        var waiter = waiter
        waiter.wasReturned = true
        self.waiters.prepend(waiter)
        self.serve()
    }

    // MARK: - Connections

    private func open(until deadline: NIODeadline) {
        self.openingCount += 1
        let upstream = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        // A name may have several addresses, which are tried side by side: each has a connection of its own, and the first
        // one that is open is taken.
        self.pool
            .connectChannel(timeout: max(.nanoseconds(1), deadline - .now())) { channel in
                let upstream = upstream.value
                let pool = upstream.pool
                let connection = HTTP2UpstreamConnection(
                    upstream: upstream,
                    loop: upstream.loop,
                    isSecure: pool.tls != nil
                )
                try connection.install(in: channel, tls: pool.tls, serverName: pool.serverName)
            }
            .whenComplete { upstream.value.finishConnecting($0, until: deadline) }
    }

    private func finishConnecting(_ result: Result<any Channel, any Error>, until deadline: NIODeadline) {
        do {
            let pipeline = try result.get().pipeline.syncOperations
            // The time is that of the whole opening, until the settings have come.
            try pipeline.handler(type: HTTP2UpstreamConnection.self).choose(until: deadline)
        } catch {
            self.connectionDidNotOpen(error)
        }
    }

    /// Whether more connections have no stream than are to be kept.
    var hasTooManyIdle: Bool {
        self.connections.count > self.pool.maximumIdle
            && self.connections.count { $0.isIdle && $0.isOpen } > self.pool.maximumIdle
    }

    /// Takes a connection into use.
    func connectionOpened(_ connection: HTTP2UpstreamConnection) {
        self.openingCount -= 1
        self.pool.connectionOpened()
        self.usualLimit = connection.limit
        self.connections.append(connection)
        self.serve()
    }

    /// Tells the requests that waited for a connection that it was not opened.
    func connectionDidNotOpen(_ error: any Error) {
        self.openingCount -= 1
        self.pool.connectionDidNotOpen()
        let count = max(0, self.waiters.count - self.openingCount * self.usualLimit)
        let disappointed = Array(self.waiters.suffix(count))
        self.waiters.removeLast(count)
        for waiter in disappointed {
            self.pool.streamGivenUp()
            waiter.front.upstreamDidNotConnect(error, attempt: waiter.attempt)
        }
    }

    /// Forgets a connection that has closed.
    func remove(_ connection: HTTP2UpstreamConnection) {
        if let index = self.connections.firstIndex(where: { $0 === connection }) { self.connections.remove(at: index) }
        self.serve()
    }

    /// Looks whether connections have waited too long.
    func checkDeadlines(_ now: NIODeadline) {
        for connection in self.connections { connection.checkDeadline(now) }
    }

    /// Closes the connections without a stream now, and the others after their last one.
    func leave() {
        for connection in self.connections { connection.leave() }
    }
}
