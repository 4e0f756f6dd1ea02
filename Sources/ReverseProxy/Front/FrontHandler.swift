import NIOCore
import Workspaces

/// The first handler of each client connection: reads request heads, decides, and relays, one request at a time.
///
///     head ──> (loading session) ──> (connecting) ──> exchanging ──> head …
///       │                                                 │
///       ├──> installing ──> control ──> head …            ├──> lingering ──> closed
///       └──> an answer of its own                         └──> tunneling ──> closed
///
/// Bytes that the current request does not need stay parked, and beyond a bound the client is not read: that is the
/// backpressure of pipelining. A request for the control plane is passed, byte by byte as it came, to the handlers behind,
/// but framed here: they see that request and nothing else, and when their response has ended the next head is judged anew.
final class FrontHandler: ChannelDuplexHandler, RemovableChannelHandler, ConnectionInput.Reader {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What the connection is doing.
    enum Phase {
        /// A head is due, or arriving.
        case head
        /// The session of the request is being read from storage.
        case loadingSession
        /// A connection to the upstream is being opened.
        case connecting
        /// Request and answer are under way.
        case exchanging
        /// The upstream has switched to another protocol: bytes pass both ways.
        case tunneling
        /// The control plane's handlers are being added.
        case installing
        /// The control plane has the request.
        case control
        /// The last answer is written; what the client still sends is thrown away, so that it can read the answer.
        case lingering
        /// The connection is over.
        case closed
    }

    /// How much of the request's body is to come.
    enum RequestBody {
        /// Nothing.
        case complete
        /// So many bytes.
        case length(Int)
        /// Chunks.
        case chunked(ChunkedBodyReader)
    }

    /// While more than this is parked, the client is not read.
    static let maximumParked = 32_768

    let loop: LoopContext
    let installControlPlane: ReverseProxy.ControlPlaneInstaller
    /// The connection whose stream this is; `nil` for a connection of HTTP/1.1.
    let http2: HTTP2Connection?
    // Everything below is used on the channel's event loop only: see LoopContext for why the checks are off.
    @exclusivity(unchecked) var context: ChannelHandlerContext?
    /// What is read from the client.
    let input: ConnectionInput
    /// What is written to the client.
    let output: ConnectionOutput
    /// The place in the loop's array of connections.
    @exclusivity(unchecked) var slot = 0
    @exclusivity(unchecked) var phase = Phase.head
    /// Bytes that were read and not yet used.
    @exclusivity(unchecked) var parked: ByteBuffer?
    @exclusivity(unchecked) var scanner = HeadScanner()
    @exclusivity(unchecked) var extent: HeadScanner.Extent?
    @exclusivity(unchecked) var forwarding: ForwardingHeaders
    @exclusivity(unchecked) var sessionMemo = SessionMemo()
    @exclusivity(unchecked) var loadedSession: SessionShard.LoadResult?
    @exclusivity(unchecked) var exchange = Exchange()
    /// When the head of the request was looked at first, in nanoseconds of the directory's clock.
    @exclusivity(unchecked) var headReadAt: UInt64 = 0
    @exclusivity(unchecked) var upstream: UpstreamHandler?
    @exclusivity(unchecked) var requestBody = RequestBody.complete
    @exclusivity(unchecked) var control: ControlExchange?
    @exclusivity(unchecked) var isControlPlaneInstalled = false
    /// Counts the connections that were asked for, so that one which comes too late is not taken for another.
    @exclusivity(unchecked) var connectAttempt = 0
    @exclusivity(unchecked) var lastActivity = NIODeadline.now()
    @exclusivity(unchecked) var isInputClosed = false
    /// Whether the client was told that no more comes, and everything before that was sent.
    @exclusivity(unchecked) private(set) var isOutputClosed = false
    /// Whether the connection broke.
    @exclusivity(unchecked) private(set) var hasFailed = false
    /// Whether the client sent bytes through the tunnel since the last tick.
    @exclusivity(unchecked) var hasClientSpoken = false
    /// Whether the session of the exchange is being read again.
    @exclusivity(unchecked) var isRereadingSession = false
    /// The span of the request in hand; there is none while nothing is traced.
    @exclusivity(unchecked) var trace: RequestTrace?
    /// The place of the session's tunnel, from the request for it on.
    @exclusivity(unchecked) var tunnelPlace: TunnelLimiter.Place?
    /// Whether the client takes more of the answer, as the channel last said.
    @exclusivity(unchecked) private(set) var canTakeAnswer = true
    @exclusivity(unchecked) private var isAdvancing = false
    @exclusivity(unchecked) private var isReadHeld = false
    @exclusivity(unchecked) var upstreamNeedsFlush = false

    init(
        loop: LoopContext,
        channel: any Channel,
        isFirst: Bool,
        installControlPlane: @escaping ReverseProxy.ControlPlaneInstaller,
        http2: HTTP2Connection? = nil
    ) {
        self.loop = loop
        self.installControlPlane = installControlPlane
        self.http2 = http2
        self.input = ConnectionInput(loop.sockets, isFirst: isFirst)
        self.output = ConnectionOutput(isFirst: isFirst)
        if let http2 {
            self.forwarding = http2.forwarding
            self.sessionMemo = http2.sessionMemo
            return
        }
        let configuration = loop.settings.configuration
        self.forwarding = ForwardingHeaders(
            peer: channel.remoteAddress,
            scheme: configuration.scheme,
            trustedProxies: configuration.trustedProxies
        )
    }

    var settings: ProxySettings { self.loop.settings }

    /// How many bytes were read and not yet used.
    @inline(__always)
    var parkedCount: Int { self.parked?.readableBytes ?? 0 }

    /// Whether the whole request was relayed.
    var isRequestComplete: Bool {
        if case .complete = self.requestBody { return true }
        return false
    }

    // MARK: - Going on

    /// Uses what is parked, as far as it goes; calls from within are taken up by the outermost.
    func advance() {
        guard !self.isAdvancing else { return }
        self.isAdvancing = true
        while self.step() {}
        self.isAdvancing = false
        if self.upstreamNeedsFlush {
            self.upstreamNeedsFlush = false
            self.upstream?.flush()
        }
        if self.parkedCount == 0 { self.parked = nil }
        if self.isReadHeld { self.readOn() }
    }

    /// Reads from the client, now or as soon as more is wanted.
    func readOn() {
        self.isReadHeld = !self.wantsClientBytes
        if !self.isReadHeld { self.input.read() }
    }

    /// Does one thing; false when there is nothing to do until something happens.
    private func step() -> Bool {
        switch self.phase {
        case .head:
            guard self.parkedCount > 0 else {
                if self.isInputClosed { self.finishSending() }
                return false
            }
            return self.beginRequest()
        case .exchanging:
            return self.relayRequestBody()
        case .tunneling:
            return self.relayTunnel()
        case .control:
            return self.passControlBytes()
        case .lingering, .closed:
            self.parked = nil
            return false
        case .loadingSession, .connecting, .installing:
            return false
        }
    }

    private var wantsClientBytes: Bool {
        switch self.phase {
        case .closed: false
        case .lingering: true
        case .exchanging:
            self.parkedCount <= Self.maximumParked
                && (self.isRequestComplete || self.upstream?.isWritable ?? false)
        case .tunneling:
            self.parkedCount <= Self.maximumParked && self.upstream?.isWritable ?? false
        case .head, .loadingSession, .connecting, .installing, .control:
            self.parkedCount <= Self.maximumParked
        }
    }

    // MARK: - Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.input.begin(context, self)
        self.output.begin(context)
        self.loop.add(self)
        self.lastActivity = self.loop.now
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.connectionEnded()
        self.context = nil
        self.input.end()
        self.output.end()
    }

    func channelActive(context: ChannelHandlerContext) {
        if !self.isStream {
            // The peer's address is known now, at the latest.
            let configuration = self.settings.configuration
            self.forwarding = ForwardingHeaders(
                peer: context.remoteAddress,
                scheme: configuration.scheme,
                trustedProxies: configuration.trustedProxies
            )
        }
        self.input.open()
        self.output.open()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.take(self.unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.finishTaking()
    }

    func take(_ bytes: ByteBuffer) {
        self.loop.counters.receivedBytes &+= UInt64(bytes.readableBytes)
        if self.parkedCount == 0 {
            // The time that a head may take is counted from its first byte.
            if self.phase != .lingering { self.lastActivity = self.loop.now }
            self.parked = bytes
        } else {
            self.parked?.writeImmutableBuffer(bytes)
        }
        self.advance()
    }

    func finishTaking() {
        // The channel would read on by itself (autoRead), but by the long way through the pipeline, on which a handler of
        // the control plane may hold it back.
        guard self.phase == .control else { return self.readOn() }
        self.context?.fireChannelReadComplete()
        if self.input.isDirect { self.context?.channel.read() }
    }

    func read(context: ChannelHandlerContext) {
        if self.wantsClientBytes { self.input.readAtOnce() } else { self.isReadHeld = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.canTakeAnswer = context.channel.isWritable
        if self.canTakeAnswer {
            self.lastActivity = self.loop.now
            self.upstream?.resumeReading()
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event as? ChannelEvent {
        case .inputClosed: self.clientFinishedSending()
        case .outputClosed:
            self.isOutputClosed = true
            self.lastActivity = self.loop.now
            if self.isInputClosed, self.phase == .lingering { self.close() }
        case nil: self.takeProtocol(event, context)
        }
        // Whoever is behind must not end a connection that carries a proxied request.
        guard self.isControlPlaneInstalled, self.phase == .control || self.phase == .head else { return }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.input.end()
        self.output.end()
        self.connectionEnded()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if self.isControlPlaneInstalled { context.fireErrorCaught(error) }
        self.hasFailed = true
        if self.phase == .tunneling { self.abort() } else { self.close() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        self.writeFromControlPlane(self.unwrapOutboundIn(data), promise: promise)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        self.closeFromControlPlane(context, mode: mode, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        if self.isStream { self.finishControlIfAnswered() }
        self.output.flush()
        self.finishControlIfAnswered()
    }
}
