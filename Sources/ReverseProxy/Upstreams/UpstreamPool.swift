import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// The connections of one event loop to one upstream: the one used last is used next, so that the others grow old.
///
/// Where the upstream speaks HTTP/2, a connection here is a stream, which carries one request; the connections themselves
/// are in ``http2``.
final class UpstreamPool {
    let origin: UpstreamURL
    /// The `Host` of a request that came without one.
    let hostHeader: [UInt8]
    private unowned let loop: LoopContext
    /// How many connections without a request are kept.
    let maximumIdle: Int
    private let address: SocketAddress?
    private(set) var seats: UpstreamSeats?
    let tls: NIOSSLContext?
    let serverName: String?
    /// The connections of HTTP/2; `nil` where HTTP/1.1 is spoken.
    private(set) var http2: HTTP2Upstream?
    // Used for every request, by this event loop only: see LoopContext.
    @exclusivity(unchecked) private var idle: [UpstreamHandler] = []
    /// Connections that send their last bytes, whose clients have gone.
    private var draining: [UpstreamHandler] = []
    /// How many connections are open or opening.
    @exclusivity(unchecked) var openCount = 0
    /// How many of them are opening.
    var openingCount = 0
    /// Whether the upstream is worth a request.
    @exclusivity(unchecked) var health: UpstreamHealth
    var connectedCount: UInt64 = 0
    var connectFailureCount: UInt64 = 0
    private var retryCount: UInt64 = 0
    private var setAsideCount: UInt64 = 0

    /// Makes the pool of one of the routing's origins.
    init(index: Int, loop: LoopContext) {
        let origin = loop.routing.origins[index].url
        self.origin = origin
        self.tls = loop.routing.upstreamTLS[index]
        self.seats = loop.routing.seats[index]
        self.loop = loop
        self.health = UpstreamHealth(loop.settings.configuration.upstreamHealth)
        self.maximumIdle = loop.settings.configuration.maximumIdlePerUpstream
        let address = try? SocketAddress(ipAddress: origin.host, port: origin.port)
        self.address = address
        // A server name is a host name, never an address (RFC 6066, 3).
        self.serverName = loop.routing.origins[index].tls?.serverName ?? (address == nil ? origin.host : nil)
        let host = origin.host.contains(":") ? "[\(origin.host)]" : origin.host
        self.hostHeader = Array("\(host):\(origin.port)".utf8)
        if origin.scheme.isHTTP2 { self.http2 = HTTP2Upstream(pool: self, loop: loop) }
    }

    /// Whether there is no connection.
    var isEmpty: Bool { self.openCount == 0 && self.http2?.count ?? 0 == 0 }

    /// How many connections have a request, are being opened, or are closing.
    @inline(__always)
    var busyCount: Int { self.openCount - self.idle.count }

    /// What is open, what was opened, and what came of it.
    var counts: UpstreamCounts {
        UpstreamCounts(
            origin: self.origin,
            open: self.http2?.count ?? self.openCount,
            idle: self.http2?.idleCount ?? self.idle.count,
            connected: self.connectedCount,
            connectFailures: self.connectFailureCount,
            retries: self.retryCount,
            setAside: self.setAsideCount,
            loopsAside: self.health.isAside ? 1 : 0
        )
    }

    /// Takes a seat for a request that will have a connection of this pool, unless the upstream has that many already.
    ///
    /// The seat goes with the connection: it is free again once that is idle, has closed, or could not be opened.
    @inline(__always)
    func takeSeat(limit: Int) -> Bool {
        self.seats?.take(limit: limit) ?? true
    }

    /// Begins to count what the upstream has in hand, after a limit was added; ``seat(_:)`` is for each connection in use.
    func adopt(_ seats: UpstreamSeats?) {
        guard self.seats == nil, let seats else { return }
        self.seats = seats
        for _ in 0..<self.openingCount { _ = seats.take(limit: .max) }
    }

    /// Takes a seat for a connection in use that has none.
    func seat(_ handler: UpstreamHandler) {
        guard !handler.hasSeat, let seats = self.seats else { return }
        handler.hasSeat = seats.take(limit: .max)
    }

    /// Frees the seat of a connection, if it has one.
    func freeSeat(of handler: UpstreamHandler) {
        guard handler.hasSeat else { return }
        handler.hasSeat = false
        self.seats?.leave()
    }

    /// Takes the idle connection that was used last.
    ///
    /// An upstream may be closing an idle connection at this moment. A request that may be sent twice is then sent on
    /// another; for one that may not, only a connection used within the last two seconds is good enough.
    func takeIdle(forRepeatable isRepeatable: Bool) -> UpstreamHandler? {
        while let handler = self.idle.popLast() {
            guard isRepeatable || self.loop.now - handler.idleSince < .seconds(2) else {
                self.idle.append(handler)
                return nil
            }
            guard handler.isActive else { continue }
            handler.hasSeat = self.seats != nil
            return handler
        }
        return nil
    }

    /// Opens a connection; the front handler is told of it or of the failure.
    func connect(for front: FrontHandler, attempt: Int, timeout: Duration) {
        self.openCount += 1
        self.openingCount += 1
        self.loop.startTicking()
        guard self.http2 == nil else {
            self.http2?.connect(front, attempt: attempt, timeout: timeout)
            return
        }
        let pool = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        let waiting = NIOLoopBound(front, eventLoop: self.loop.eventLoop)
        self.open(timeout: TimeAmount(timeout))
            .whenComplete { result in
                pool.value.finishConnecting(result, for: waiting.value, attempt: attempt)
            }
    }

    private func open(timeout: TimeAmount) -> EventLoopFuture<any Channel> {
        let pool = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        let deadline = NIODeadline.now() + timeout
        let connected = self.connectChannel(timeout: timeout) { try pool.value.addHandlers(to: $0) }
        guard self.tls != nil else {
            // A channel is told so before it is active, and one that is closed in between tells none of its handlers.
            let eventLoop = self.loop.eventLoop
            return connected.flatMap { channel in eventLoop.submit { channel } }
        }
        return connected.flatMap { Self.handshake(on: $0, deadline: deadline, timeout: timeout) }
    }

    /// Opens a connection of TCP.
    func connectChannel(
        timeout: TimeAmount,
        initialize: @escaping @Sendable (any Channel) throws -> Void
    ) -> EventLoopFuture<any Channel> {
        let bootstrap = ClientBootstrap(group: self.loop.eventLoop)
            .connectTimeout(timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.recvAllocator, value: ReadSizes())
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try initialize(channel) }
            }
        let connected =
            self.address.map { bootstrap.connect(to: $0) }
            ?? bootstrap.connect(host: self.origin.host, port: self.origin.port)
        return connected.hop(to: self.loop.eventLoop)
    }

    private func addHandlers(to channel: any Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls = self.tls {
            try pipeline.addHandler(SocketBridge(self.loop.sockets))
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: self.serverName))
            try pipeline.addHandler(UpstreamHandshake(eventLoop: channel.eventLoop))
        }
        try pipeline.addHandler(UpstreamHandler(pool: self, loop: self.loop))
    }

    /// Waits until the handshake is over; the channel of one that failed is closed.
    private static func handshake(
        on channel: any Channel,
        deadline: NIODeadline,
        timeout: TimeAmount
    ) -> EventLoopFuture<any Channel> {
        guard let handshake = try? channel.pipeline.syncOperations.handler(type: UpstreamHandshake.self) else {
            // The handler has removed itself: the handshake ended before this was told of the connection.
            guard channel.isActive else {
                return channel.eventLoop.makeFailedFuture(UpstreamHandshake.Failure(reason: ChannelError.eof))
            }
            return channel.eventLoop.makeSucceededFuture(channel)
        }
        let waiting = NIOLoopBound(handshake, eventLoop: channel.eventLoop)
        let timer = channel.eventLoop.scheduleTask(deadline: deadline) { waiting.value.expire(after: timeout) }
        handshake.done.whenComplete { result in
            timer.cancel()
            if case .failure = result { channel.close(promise: nil) }
        }
        return handshake.done.map { channel }
    }

    private func finishConnecting(_ result: Result<any Channel, any Error>, for front: FrontHandler, attempt: Int) {
        self.openingCount -= 1
        do {
            let handler = try result.get().pipeline.syncOperations.handler(type: UpstreamHandler.self)
            self.connectedCount &+= 1
            handler.hasSeat = self.seats != nil
            guard !front.takeUpstream(handler, attempt: attempt) else { return }
            self.noteUndecided()
            self.giveBack(handler)
        } catch {
            var error = error
            if let failure = error as? UpstreamHandshake.Failure {
                // It was open, so it is forgotten when it has closed.
                error = failure.reason
            } else {
                self.openCount -= 1
            }
            self.seats?.leave()
            self.connectFailureCount &+= 1
            self.noteFailure()
            front.upstreamDidNotConnect(error, attempt: attempt)
        }
    }

    /// Notes that the upstream answers.
    @inline(__always)
    func noteAnswer() {
        if self.health.isDoubted { self.health.succeeded() }
    }

    /// Notes that the upstream did not take a request, broke it before the answer began, or kept silent for too long.
    func noteFailure() {
        guard self.health.failed(at: self.loop.now, random: self.loop.random()) else { return }
        self.setAsideCount &+= 1
        self.loop.settings.logger.debug("Upstream set aside", metadata: ["upstream": "\(self.origin)"])
    }

    /// Notes a request that ended without telling anything of the upstream.
    func noteUndecided() {
        self.health.undecided(at: self.loop.now)
    }

    /// Notes a request that another upstream did not take.
    func noteRetry() {
        self.retryCount &+= 1
    }

    /// Keeps a connection for the next request.
    func giveBack(_ handler: UpstreamHandler) {
        self.freeSeat(of: handler)
        guard handler.isActive, !handler.loop.isStopping, self.idle.count < self.maximumIdle else {
            handler.close()
            return
        }
        handler.idleSince = handler.loop.now
        self.idle.append(handler)
    }

    /// Keeps a connection until its last bytes are sent, as long as a client's connection would be kept for that.
    func drain(_ handler: UpstreamHandler) {
        handler.idleSince = handler.loop.now
        self.draining.append(handler)
    }

    /// Forgets a connection that has closed.
    func remove(_ handler: UpstreamHandler) {
        self.freeSeat(of: handler)
        self.openCount -= 1
        if let index = self.draining.firstIndex(where: { $0 === handler }) { self.draining.remove(at: index) }
        if let index = self.idle.lastIndex(where: { $0 === handler }) { self.idle.remove(at: index) }
    }

    /// Closes connections that nobody used for the time of the configuration.
    func closeIdle(before now: NIODeadline) {
        self.http2?.checkDeadlines(now)
        let longestDrain = self.loop.settings.bodyIdleTimeout
        for handler in self.draining.filter({ now - $0.idleSince > longestDrain }) { handler.close() }
        let limit = self.loop.settings.upstreamIdleTimeout
        guard let oldest = self.idle.first, now - oldest.idleSince > limit else { return }
        for handler in self.idle.filter({ now - $0.idleSince > limit }) { handler.close() }
    }

    /// Closes every connection that still sends last bytes.
    func closeDraining() {
        for handler in self.draining { handler.close() }
    }

    /// Closes every idle connection.
    func closeAllIdle() {
        for handler in self.idle { handler.close() }
        self.http2?.leave()
    }
}
