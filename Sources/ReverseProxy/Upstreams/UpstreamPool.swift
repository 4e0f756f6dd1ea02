import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// The connections of one event loop to one upstream: the one used last is used next, so that the others grow old.
final class UpstreamPool {
    let origin: UpstreamURL
    /// The `Host` of a request that came without one.
    let hostHeader: [UInt8]
    private unowned let loop: LoopContext
    private let maximumIdle: Int
    private let address: SocketAddress?
    private let seats: UpstreamSeats?
    // Used for every request, by this event loop only: see LoopContext.
    @exclusivity(unchecked) private var idle: [UpstreamHandler] = []
    /// Connections that send their last bytes, whose clients have gone.
    private var draining: [UpstreamHandler] = []
    /// How many connections are open or opening.
    @exclusivity(unchecked) private(set) var openCount = 0
    /// Whether the upstream is worth a request.
    @exclusivity(unchecked) var health: UpstreamHealth
    private var connectedCount: UInt64 = 0
    private var connectFailureCount: UInt64 = 0
    private var retryCount: UInt64 = 0
    private var setAsideCount: UInt64 = 0

    /// Makes the pool of one of the settings' origins.
    init(index: Int, loop: LoopContext) {
        let origin = loop.settings.origins[index]
        self.origin = origin
        self.seats = loop.settings.seats[index]
        self.loop = loop
        self.health = UpstreamHealth(loop.settings.configuration.upstreamHealth)
        self.maximumIdle = loop.settings.configuration.maximumIdlePerUpstream
        self.address = try? SocketAddress(ipAddress: origin.host, port: origin.port)
        let host = origin.host.contains(":") ? "[\(origin.host)]" : origin.host
        self.hostHeader = Array("\(host):\(origin.port)".utf8)
    }

    /// Whether there is no connection.
    var isEmpty: Bool { self.openCount == 0 }

    /// How many connections have a request, are being opened, or are closing.
    @inline(__always)
    var busyCount: Int { self.openCount - self.idle.count }

    /// What is open, what was opened, and what came of it.
    var counts: UpstreamCounts {
        UpstreamCounts(
            origin: self.origin,
            open: self.openCount,
            idle: self.idle.count,
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
        self.loop.startTicking()
        let pool = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        let loop = NIOLoopBound(self.loop, eventLoop: self.loop.eventLoop)
        let tls = self.origin.scheme == .https ? self.loop.settings.upstreamTLS : nil
        // A server name is a host name, never an address (RFC 6066, 3).
        let serverName = self.address == nil ? self.origin.host : nil
        let bootstrap = ClientBootstrap(group: self.loop.eventLoop)
            .connectTimeout(TimeAmount(timeout))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.recvAllocator, value: ReadSizes())
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: serverName)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(UpstreamHandler(pool: pool.value, loop: loop.value))
                }
            }
        let connected =
            self.address.map { bootstrap.connect(to: $0) }
            ?? bootstrap.connect(host: self.origin.host, port: self.origin.port)
        let waiting = NIOLoopBound(front, eventLoop: self.loop.eventLoop)
        connected.hop(to: self.loop.eventLoop)
            .whenComplete { result in
                pool.value.finishConnecting(result, for: waiting.value, attempt: attempt)
            }
    }

    private func finishConnecting(_ result: Result<any Channel, any Error>, for front: FrontHandler, attempt: Int) {
        do {
            let handler = try result.get().pipeline.syncOperations.handler(type: UpstreamHandler.self)
            self.connectedCount &+= 1
            handler.hasSeat = self.seats != nil
            guard !front.takeUpstream(handler, attempt: attempt) else { return }
            self.giveBack(handler)
        } catch {
            self.openCount -= 1
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

    /// Notes that the upstream did not take a request, or broke it before the answer began.
    func noteFailure() {
        guard self.health.failed(at: self.loop.now, random: self.loop.random()) else { return }
        self.setAsideCount &+= 1
        self.loop.settings.logger.debug("Upstream set aside", metadata: ["upstream": "\(self.origin)"])
    }

    /// Notes a request that another upstream did not take.
    func noteRetry() {
        self.retryCount &+= 1
    }

    /// Keeps a connection for the next request.
    func giveBack(_ handler: UpstreamHandler) {
        self.freeSeat(of: handler)
        guard !handler.loop.isStopping, self.idle.count < self.maximumIdle else {
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
    }
}
