import NIOCore
import NIOHTTP2

/// One connection that speaks HTTP/2: begins its streams, and ends it when it is idle, old, broken or no longer wanted.
///
///     accepted channel:  NIOSSLServerHandler  HeaderBlockWatch  NIOHTTP2Handler  HTTP2Connection
///                                                                    |
///                                  stream:                           +── HTTP2StreamHandler  FrontHandler  [control plane]
///
/// A connection is left in two steps, so that no request is lost: the client is told to begin no more streams (GOAWAY), and
/// once it has heard that (it answers a PING behind), the connection closes with its last stream (RFC 9113, 6.8).
final class HTTP2Connection: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private enum State {
        /// Streams may begin.
        case open
        /// The client was told to begin no more, at that time.
        case leaving(since: NIODeadline)
        /// The client has heard it.
        case left
        /// The connection is over.
        case closed
    }

    /// GOAWAY without an error, which leaves every stream its turn (RFC 9113, 6.8): the type, the last stream, the code.
    private static let goAway: [UInt8] = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]

    let loop: LoopContext
    /// The place in the loop's list of connections.
    var slot = 0
    /// What the streams before have found out of this client, for those to come.
    @exclusivity(unchecked) var forwarding: ForwardingHeaders
    @exclusivity(unchecked) var sessionMemo = SessionMemo()
    let watch: HeaderBlockWatch
    private let installControlPlane: ReverseProxy.ControlPlaneInstaller
    private let beganAt: NIODeadline
    private var context: ChannelHandlerContext?
    private var state = State.open
    private var streamCount = 0
    /// Since when there is no stream.
    private var idleSince: NIODeadline

    init(
        loop: LoopContext,
        forwarding: ForwardingHeaders,
        installControlPlane: @escaping ReverseProxy.ControlPlaneInstaller
    ) {
        self.loop = loop
        self.watch = HeaderBlockWatch(loop: loop)
        self.forwarding = forwarding
        self.installControlPlane = installControlPlane
        self.beganAt = loop.now
        self.idleSince = loop.now
    }

    // MARK: - Streams

    /// Puts the handlers of a request into a stream that the client has begun.
    func begin(_ stream: any Channel) throws {
        if case .left = self.state { throw ChannelError.inputClosed }
        let front = FrontHandler(
            loop: self.loop,
            channel: stream,
            isFirst: false,
            installControlPlane: self.installControlPlane,
            http2: self
        )
        let operations = stream.pipeline.syncOperations
        try operations.addHandler(HTTP2StreamHandler(front: front, connection: self))
        try operations.addHandler(front, name: "portico.front")
    }

    /// Counts a stream.
    func streamBegan() {
        self.streamCount += 1
    }

    /// Counts a stream that has ended.
    func streamEnded() {
        self.streamCount -= 1
        guard self.streamCount == 0 else { return }
        self.idleSince = self.loop.now
        if case .left = self.state { self.close() }
    }

    // MARK: - Ends

    /// Tells the client to begin no more streams, and closes after the last one.
    func leave() {
        guard case .open = self.state, let context = self.context else { return }
        self.state = .leaving(since: self.loop.now)
        // NIOHTTP2Handler is passed by: once it has written GOAWAY and no stream is open, it refuses the streams that were on
        // their way, and the first byte of their bodies ends the connection.
        let goAway = NIOAny(ByteBuffer(bytes: Self.goAway))
        try? context.pipeline.syncOperations.context(handler: self.watch).write(goAway, promise: nil)
        let ping = HTTP2Frame.FramePayload.ping(HTTP2PingData(withInteger: 0), ack: false)
        context.writeAndFlush(self.wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: ping)), promise: nil)
    }

    /// Closes now, as far as TLS lets it.
    func close() {
        guard let context = self.context else { return }
        if case .closed = self.state { return }
        self.state = .closed
        // See FrontHandler.close().
        try? context.channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        // The last frames of a stream may be on their way to the socket in this very turn of the loop.
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.execute { bound.value.close(promise: nil) }
    }

    /// Looks whether the connection has waited too long; called at each tick.
    func checkDeadline(_ now: NIODeadline) {
        let settings = self.loop.settings
        // Behind half a header block nothing else can come, so that streams which wait for the client wait in vain.
        if let since = self.watch.since, now - since > settings.headTimeout { self.close() }
        switch self.state {
        case .open:
            let isIdle = self.streamCount == 0 && now - self.idleSince > settings.keepAliveTimeout
            if isIdle || now - self.beganAt > settings.maximumHTTP2Age { self.leave() }
        case .leaving(let since):
            // Whoever does not answer is not waited for, and begins nothing more.
            guard now - since > settings.headTimeout else { break }
            self.state = .left
            if self.streamCount == 0 { self.close() }
        case .left, .closed:
            break
        }
    }

    // MARK: - Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.loop.http2.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.state = .closed
        self.loop.removeHTTP2(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.state = .closed
        self.loop.removeHTTP2(self)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .ping(_, ack: true) = self.unwrapInboundIn(data).payload, case .leaving = self.state else { return }
        self.state = .left
        if self.streamCount == 0 { self.close() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Half a connection carries no HTTP/2: the client could acknowledge nothing more.
        if case .some(.inputClosed) = event as? ChannelEvent { self.close() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // These two concern one stream, which was reset. Every other error is the connection's, or may be taken for one
        // (RFC 9113, 5.4.1).
        guard error is NIOHTTP2Errors.StreamError || error is NIOHTTP2Errors.TrailersWithoutEndStream else {
            self.close()
            return
        }
    }
}
