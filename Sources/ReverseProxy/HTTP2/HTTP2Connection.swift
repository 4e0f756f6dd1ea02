import HTTP2Framing
import NIOCore

/// One connection that speaks HTTP/2: begins its streams, and ends it when it is idle, old, broken or no longer wanted.
///
///     accepted channel:  SocketBridge  NIOSSLServerHandler  HTTP2Connection (HTTP2Session, by libnghttp2)
///                                                                |
///                               HTTP2Stream:                     +── FrontHandler  [control plane]
///
/// The session only takes note of what has come while it reads; the handlers of the streams are called when it is done, so
/// that nothing they do can reach it from within.
///
/// A connection is left in two steps, so that no request is lost: the client is told to begin no more streams (GOAWAY), and
/// once it has heard that (it answers a PING behind), the connection closes with its last stream (RFC 9113, 6.8).
final class HTTP2Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum State {
        /// Streams may begin.
        case open
        /// The client was told to begin no more, at that time.
        case leaving(since: NIODeadline)
        /// The client has heard it.
        case left
        /// The connection is over.
        case closed
    }

    /// The memory that the body of a stream may take before it is read on; the client is told to wait beyond it.
    private static let windowSize = 65_535

    let loop: LoopContext
    let channel: any Channel
    let session: HTTP2Session
    /// The place in the loop's list of connections.
    var slot = 0
    // Used for every request, by one event loop only: see LoopContext.
    /// What the streams before have found out of this client, for those to come.
    @exclusivity(unchecked) var forwarding: ForwardingHeaders
    @exclusivity(unchecked) var sessionMemo = SessionMemo()
    /// Memory for the fields of an answer.
    @exclusivity(unchecked) var block = HeaderBlock()
    @exclusivity(unchecked) var streams = HTTP2Streams()
    @exclusivity(unchecked) var watch = FrameWatch()
    @exclusivity(unchecked) var context: ChannelHandlerContext?
    @exclusivity(unchecked) var state = State.open
    /// The streams that something has happened to.
    @exclusivity(unchecked) private var touched: [HTTP2Stream] = []
    /// Whether the session or a stream is at work, so that what is to be sent goes out behind it.
    @exclusivity(unchecked) private var isAtWork = false
    @exclusivity(unchecked) var isFlushDue = false
    /// Since when the client takes nothing more.
    @exclusivity(unchecked) private(set) var heldBackSince: NIODeadline?
    /// How far the client takes bodies, whatever their streams.
    @exclusivity(unchecked) var movement: ClientMovement
    @exclusivity(unchecked) private var isFlushScheduled = false
    private let installControlPlane: ReverseProxy.ControlPlaneInstaller
    let beganAt: NIODeadline
    /// Since when there is no stream.
    var idleSince: NIODeadline

    init(
        loop: LoopContext,
        channel: any Channel,
        forwarding: ForwardingHeaders,
        installControlPlane: @escaping ReverseProxy.ControlPlaneInstaller
    ) {
        let configuration = loop.settings.configuration
        self.loop = loop
        self.channel = channel
        self.session = HTTP2Session(
            limits: HTTP2Limits(
                maximumStreams: configuration.maximumStreams,
                windowSize: Self.windowSize,
                // A list counts 32 bytes more for each field than its line has (RFC 9113, 6.5.2). What is between this and
                // the limit of heads is answered with 431.
                maximumHeaderListSize: configuration.maximumHeadSize * 2
            )
        )
        self.forwarding = forwarding
        self.installControlPlane = installControlPlane
        self.beganAt = loop.now
        self.idleSince = loop.now
        self.movement = ClientMovement(at: loop.now)
    }

    // MARK: - Streams

    /// Begins a stream; `nil` when no more may begin.
    func begin(_ id: Int32) -> HTTP2Stream? {
        switch self.state {
        case .left, .closed: return nil
        case .open, .leaving: break
        }
        guard let stream = self.streams.takeSpare() ?? self.makeStream() else { return nil }
        stream.begin(id)
        self.streams.add(stream)
        return stream
    }

    private func makeStream() -> HTTP2Stream? {
        let front = FrontHandler(
            loop: self.loop,
            channel: self.channel,
            isFirst: false,
            installControlPlane: self.installControlPlane,
            http2: self
        )
        return try? HTTP2Stream(connection: self, eventLoop: self.loop.eventLoop, front: front)
    }

    /// Looks at a stream again once the session, or another stream, is done.
    func touch(_ stream: HTTP2Stream) {
        guard !stream.isTouched else { return }
        stream.isTouched = true
        self.touched.append(stream)
        self.flushSoon()
    }

    /// Takes leave of a stream that the session has ended: its channel serves another request, or closes.
    func finish(_ stream: HTTP2Stream, errorCode: UInt32) {
        guard self.streams.remove(stream) else { return }
        if case .open = self.state, stream.isReusable, self.streams.hasRoomForSpare {
            stream.front.beginAgain()
            self.streams.addSpare(stream)
        } else {
            stream.close(errorCode == 0 ? nil : HTTP2StreamReset(errorCode: errorCode))
        }
        self.noteEnd()
    }

    /// Takes leave of a stream whose channel closes.
    func forget(_ stream: HTTP2Stream) {
        if self.streams.remove(stream) { self.noteEnd() }
    }

    private func noteEnd() {
        if self.streams.isEmpty { self.noteIdle() }
    }

    /// Lets the client send more in place of bytes that were read.
    func consume(_ count: Int, of stream: HTTP2Stream) {
        self.session.consume(count, on: stream.id)
        self.flushSoon()
    }

    /// Resets a stream.
    func reset(_ stream: HTTP2Stream, _ error: HTTP2Error) {
        self.session.reset(stream.id, error)
        if error == .protocolError { self.noteSpoiled() }
        self.flushSoon()
    }

    // MARK: - Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .closed = self.state { return }
        let wasAtWork = self.isAtWork
        self.isAtWork = true
        let goesOn = self.unwrapInboundIn(data)
            .withUnsafeReadableBytes { bytes in
                guard self.watch.take(bytes, at: self.loop.now) else {
                    self.session.terminate(.enhanceYourCalm)
                    return false
                }
                return self.session.take(bytes, self)
            }
        self.isAtWork = wasAtWork
        self.isFlushDue = true
        if goesOn { self.settle() } else { self.fail() }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.flush()
        context.fireChannelReadComplete()
    }

    /// Goes on with the streams that something has happened to.
    private func settle() {
        guard !self.isAtWork else { return }
        self.isAtWork = true
        var index = 0
        // One may touch another, or itself.
        while index < self.touched.count {
            let stream = self.touched[index]
            stream.isTouched = false
            stream.goOn()
            index += 1
        }
        self.touched.removeAll(keepingCapacity: true)
        self.isAtWork = false
    }

    // MARK: - Writing

    /// Sends what there is: now, or with what other streams may have until the end of this turn of the loop.
    func flushSoon() {
        self.isFlushDue = true
        guard !self.isAtWork, !self.isFlushScheduled else { return }
        guard self.streams.count > 1 else { return self.flush() }
        self.isFlushScheduled = true
        let connection = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        self.loop.eventLoop.execute {
            connection.value.isFlushScheduled = false
            connection.value.flush()
        }
    }

    /// Sends what there is, as far as the client takes it.
    func flush() {
        guard !self.isAtWork else { return }
        while self.isFlushDue || !self.touched.isEmpty, let context = self.context {
            self.isFlushDue = false
            self.isAtWork = true
            while self.channel.isWritable, let bytes = self.session.give(self) {
                context.writeAndFlush(self.wrapOutboundOut(bytes), promise: nil)
            }
            self.isAtWork = false
            self.settle()
        }
        if self.session.isFailed { self.close() } else if self.session.isOver { self.leaveBehindOutput() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.isFlushDue = true
        self.heldBackSince = context.channel.isWritable ? nil : self.loop.now
        if context.channel.isWritable { self.flush() }
        context.fireChannelWritabilityChanged()
    }

    // MARK: - Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.loop.http2.add(self)
        self.isFlushDue = true
        self.flush()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.end()
        context.fireChannelInactive()
    }

    private func end() {
        self.state = .closed
        self.closeSpares()
        for stream in self.streams.all where self.streams.remove(stream) { stream.close(nil) }
        self.touched.removeAll()
        self.loop.removeHTTP2(self)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Half a connection carries no HTTP/2: the client could acknowledge nothing more.
        if case .some(.inputClosed) = event as? ChannelEvent { self.close() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.close()
    }
}
