import NIOCore
import NIOHTTP2
import NIOTLS

/// One connection of HTTP/2 to an upstream: lets streams begin, as many as the upstream wants at a time.
///
///     channel:  SocketBridge  [NIOSSLClientHandler]  NIOHTTP2Handler  HTTP2UpstreamConnection
///                                                          |
///                 stream:                                  +── HTTP2UpstreamStream  UpstreamHandler
///
/// It is open once the upstream's settings have come: a server that does not speak HTTP/2 is found out before a byte of a
/// request is sent, and the number of streams is known before the first one.
final class HTTP2UpstreamConnection: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    /// Why a connection came to nothing: what the upstream speaks is not HTTP/2.
    struct NotHTTP2: Error {}

    private enum State {
        /// The settings are due.
        case opening
        /// Streams may begin.
        case open
        /// The last streams end, and no more begin.
        case leaving
        /// The connection is over.
        case closed
    }

    /// How many streams one connection carries, whatever the upstream allows: a connection that breaks breaks them all.
    static let maximumStreams = 100
    /// How long the end of a stream may take whose answer is known to be whole.
    private static let longestLinger = TimeAmount.seconds(5)
    /// How many streams begin on one connection: their numbers end at 2^30.
    private static let maximumBegun = 1 << 20
    /// After how long a silence nobody knows whether the upstream is still there.
    private static let doubtfulSilence = TimeAmount.seconds(1)

    let loop: LoopContext
    let isSecure: Bool
    /// Begins streams; set while the handlers are added.
    var streams: NIOHTTP2Handler.StreamMultiplexer?
    /// Whether a stream has ended here, so that the upstream may have closed the connection since.
    private(set) var isUsed = false
    /// How many streams the upstream wants at a time.
    private(set) var limit = HTTP2UpstreamConnection.maximumStreams
    private unowned let upstream: HTTP2Upstream
    private var context: ChannelHandlerContext?
    private var state = State.opening
    /// Whether this is the one that is used of those that were tried for the addresses of a name.
    private var isChosen = false
    private var hasSettings = false
    private var openingTimer: Scheduled<Void>?
    private let beganAt: NIODeadline
    private var begunCount = 0
    private var streamCount = 0
    private var resets = ResetStreams()
    /// The last stream that the upstream looks at, once it is leaving.
    private var lastStreamID: HTTP2StreamID?
    /// Since when there is no stream.
    private var idleSince: NIODeadline
    private var lastReadAt: NIODeadline
    /// Streams whose answers are whole, but whose ends have not come.
    private var lingering: [HTTP2UpstreamStream] = []

    init(upstream: HTTP2Upstream, loop: LoopContext, isSecure: Bool) {
        self.upstream = upstream
        self.loop = loop
        self.isSecure = isSecure
        self.beganAt = loop.now
        self.idleSince = loop.now
        self.lastReadAt = loop.now
    }

    /// Whether it has opened and is not leaving; there may be no room for another stream.
    var isOpen: Bool { self.state == .open }

    /// Whether a stream may begin now.
    var hasRoom: Bool { self.isOpen && self.streamCount + self.resets.count < self.limit }

    /// Whether a stream that has its place may send its request: not where the upstream would not look at it.
    var takesBegunStreams: Bool {
        switch self.state {
        case .open, .leaving: self.lastStreamID == nil && self.limit > 0
        case .opening, .closed: false
        }
    }

    /// Whether there is no stream.
    var isIdle: Bool { self.streamCount == 0 }

    /// Whether the upstream has said that it does not look at a stream.
    func isUnprocessed(_ stream: HTTP2StreamID) -> Bool {
        self.lastStreamID.map { stream > $0 } ?? false
    }

    // MARK: - Streams

    /// Begins a stream; it has taken its place when this returns.
    func beginStream() -> EventLoopFuture<any Channel> {
        guard let streams = self.streams else {
            return self.loop.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }
        self.streamCount += 1
        self.begunCount += 1
        let connection = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        return streams.createStreamChannel { stream in
            stream.eventLoop.makeCompletedFuture {
                let connection = connection.value
                try stream.pipeline.syncOperations.addHandler(HTTP2UpstreamStream(connection: connection))
            }
        }
    }

    /// Frees the place of a stream.
    func streamEnded(_ stream: HTTP2UpstreamStream) {
        if let index = self.lingering.firstIndex(where: { $0 === stream }) { self.lingering.remove(at: index) }
        self.isUsed = true
        self.streamCount -= 1
        if self.isIdle {
            self.idleSince = self.loop.now
            if self.loop.isStopping || self.state == .leaving {
                self.close()
            } else if self.upstream.hasTooManyIdle {
                self.leave()
            }
        }
        self.upstream.serve()
    }

    /// Notes that a stream is being reset from here.
    func streamReset(isAnswered: Bool) {
        self.resets.add(isAnswered: isAnswered, at: self.loop.now)
        if self.resets.isTooMany { self.leave() }
    }

    /// Waits for the end of a stream, for a while.
    func linger(_ stream: HTTP2UpstreamStream) {
        self.lingering.append(stream)
    }

    /// Whether the end of a stream is being waited for.
    func isLingering(_ stream: HTTP2UpstreamStream) -> Bool {
        self.lingering.contains { $0 === stream }
    }

    /// Lets no more streams begin after a request that was given up without an answer, if nothing else came meanwhile.
    ///
    /// Without that, requests would go on into a connection whose other end is gone without a word. A PING would tell, but
    /// servers of gRPC end the connection of a client that sends more than one in five minutes; and a request that is given
    /// up costs its connection over HTTP/1.1 too.
    func doubt(since: NIODeadline) {
        guard self.isOpen, self.lastReadAt < since, self.loop.now - since > Self.doubtfulSilence else { return }
        self.leave()
    }

    // MARK: - Ends

    /// Lets no more streams begin, and closes after the last one.
    func leave() {
        switch self.state {
        case .open, .leaving:
            self.state = .leaving
            if self.isIdle { self.close() }
        case .opening, .closed: break
        }
    }

    /// Closes now, as far as TLS lets it.
    func close() {
        guard let context = self.context, self.state != .closed else { return }
        let goAway = HTTP2Frame.FramePayload.goAway(lastStreamID: .rootStream, errorCode: .noError, opaqueData: nil)
        context.writeAndFlush(self.wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: goAway)), promise: nil)
        self.end(ChannelError.eof)
    }

    /// Opens the connection with the upstream's settings, until a deadline; the pool hears of it from now on.
    func choose(until deadline: NIODeadline) throws {
        // It may have ended since it was connected.
        guard self.state == .opening else { throw ChannelError.eof }
        self.isChosen = true
        guard !self.hasSettings else {
            self.open()
            return
        }
        let time = deadline - self.beganAt
        self.openingTimer = self.loop.eventLoop.assumeIsolated()
            .scheduleTask(deadline: deadline) { self.failOpening(ChannelError.connectTimeout(time)) }
    }

    private func open() {
        self.state = .open
        self.openingTimer?.cancel()
        self.idleSince = self.loop.now
        self.upstream.connectionOpened(self)
    }

    /// Gives up a connection that has not opened.
    private func failOpening(_ error: any Error) {
        if self.state == .opening { self.end(error) }
    }

    /// Looks whether the connection has waited too long; called at each tick.
    func checkDeadline(_ now: NIODeadline) {
        for stream in self.lingering where now - stream.since > Self.longestLinger { stream.endLingering() }
        if self.resets.freePlaces(now) { self.upstream.serve() }
        guard self.isOpen else { return }
        let settings = self.loop.settings
        let isUnused = self.isIdle && now - self.idleSince > settings.upstreamIdleTimeout
        let isOld = now - self.beganAt > settings.maximumHTTP2Age || self.begunCount > Self.maximumBegun
        if isUnused || isOld { self.leave() }
    }

    /// Ends the connection, and tells the requests that wait for it.
    private func end(_ error: any Error) {
        let earlier = self.state
        guard earlier != .closed else { return }
        self.state = .closed
        self.openingTimer?.cancel()
        if let context = self.context {
            // Frames may be on their way to the socket, or from it, in this very turn of the loop.
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            context.eventLoop.execute { bound.value.close(promise: nil) }
        }
        if earlier == .opening, self.isChosen { self.upstream.connectionDidNotOpen(error) }
    }

    // MARK: - Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.unwrapInboundIn(data).payload {
        case .settings(.settings(let settings)):
            self.take(settings)
        case .goAway(let last, _, _):
            self.lastStreamID = last
            self.leave()
        case .ping, .settings, .data, .headers, .priority, .rstStream, .pushPromise, .windowUpdate, .alternativeService,
            .origin:
            break
        }
    }

    private func take(_ settings: HTTP2Settings) {
        if let wanted = settings.last(where: { $0.parameter == .maxConcurrentStreams })?.value {
            self.limit = min(wanted, Self.maximumStreams)
        }
        guard self.state == .opening else {
            // Whether an upstream that wants no more streams will ever want one again is not waited for.
            if self.limit == 0 { self.leave() }
            self.upstream.serve()
            return
        }
        // An upstream that wants no stream would be asked again and again.
        guard self.limit > 0 else {
            self.failOpening(NotHTTP2())
            return
        }
        self.hasSettings = true
        if self.isChosen { self.open() }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.lastReadAt = self.loop.now
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let settled)? = event as? TLSUserEvent, settled != "h2" {
            self.failOpening(NotHTTP2())
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.end(ChannelError.eof)
        if self.isChosen { self.upstream.remove(self) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // These concern one stream, which was reset, or could not begin and hears it by its write. Every other error is the
        // connection's, or may be taken for one (RFC 9113, 5.4.1).
        switch error {
        case is NIOHTTP2Errors.StreamError, is NIOHTTP2Errors.TrailersWithoutEndStream,
            is NIOHTTP2Errors.CreatedStreamAfterGoaway:
            break
        default:
            self.end(error)
        }
    }
}
