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
            self.open(timeout: self.waiters[next].timeout)
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
        guard case .success(let channel) = result, connection.isOpen else {
            // The connection ended before the stream was on it.
            if case .success(let channel) = result { channel.close(promise: nil) }
            if case .failure = result { connection.close() }
            self.waiters.prepend(waiter)
            self.serve()
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

    // MARK: - Connections

    private func open(timeout: Duration) {
        self.openingCount += 1
        let connection = HTTP2UpstreamConnection(upstream: self, loop: self.loop, isSecure: self.pool.tls != nil)
        let bound = NIOLoopBound((self.pool, connection), eventLoop: self.loop.eventLoop)
        let timeout = TimeAmount(timeout)
        // The time is that of the whole opening, until the settings have come.
        connection.failOpening(after: timeout)
        self.pool
            .connectChannel(timeout: timeout) { channel in
                let (pool, connection) = bound.value
                try connection.install(in: channel, tls: pool.tls, serverName: pool.serverName)
            }
            .whenFailure { bound.value.1.failOpening($0) }
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
