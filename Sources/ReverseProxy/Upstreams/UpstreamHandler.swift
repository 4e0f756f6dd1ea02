import NIOCore

/// One connection to an upstream: writes what the front handler gives it, reads one answer at a time.
///
///     idle ──attach──> awaiting the head ──> reading the body ──> idle again, or closed
///                          ^      |
///                          +------+ interim answers (1xx)
///                                 |
///                                 +──> 101: a tunnel, closed at its end
///
/// Bytes that come while no answer is due close the connection: whatever they are, they belong to no request.
final class UpstreamHandler: ChannelDuplexHandler, ConnectionInput.Reader {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Where the connection is.
    enum State {
        /// No request.
        case idle
        /// The head of the answer is due.
        case head
        /// So many bytes of the body are to come.
        case length(Int)
        /// A chunked body is to come.
        case chunked(ChunkedBodyReader)
        /// A body up to the end of the connection is to come.
        case untilClose
        /// Bytes pass both ways.
        case tunnel
        /// The connection is over.
        case closed
    }

    let pool: UpstreamPool
    let loop: LoopContext
    // These are used for every request, by this event loop only: see LoopContext.
    @exclusivity(unchecked) var idleSince = NIODeadline.now()
    @exclusivity(unchecked) private(set) var context: ChannelHandlerContext?
    /// What is read from the upstream.
    let input: ConnectionInput
    /// What is written to the upstream.
    let output: ConnectionOutput
    @exclusivity(unchecked) var front: FrontHandler?
    @exclusivity(unchecked) var state = State.idle
    /// Bytes that were read and not yet used.
    @exclusivity(unchecked) var pending: ByteBuffer?
    @exclusivity(unchecked) var scanner = HeadScanner()
    @exclusivity(unchecked) var keepsAlive = false
    @exclusivity(unchecked) var interimCount = 0
    /// Whether an earlier request was answered here, so that the upstream may have closed it since.
    @exclusivity(unchecked) private(set) var isUsed: Bool
    /// Whether more of the request may be written, as the channel last said.
    @exclusivity(unchecked) private(set) var isWritable = true
    /// Whether the connection is open.
    @exclusivity(unchecked) private(set) var isActive = true
    /// Whether one of the upstream's seats is taken for this connection.
    @exclusivity(unchecked) var hasSeat = false
    @exclusivity(unchecked) private var isReadHeld = false
    /// Whether the connection broke.
    @exclusivity(unchecked) private(set) var hasFailed = false
    /// Whether the upstream has sent its last byte through the tunnel.
    @exclusivity(unchecked) var isInputClosed = false
    /// Whether the upstream was, or is to be, told that no more comes through the tunnel.
    @exclusivity(unchecked) var isOutputClosing = false
    /// Whether it was told, and everything before that was sent.
    @exclusivity(unchecked) var isOutputClosed = false

    init(pool: UpstreamPool, loop: LoopContext, isUsed: Bool = false) {
        self.pool = pool
        self.loop = loop
        self.isUsed = isUsed
        let isFirst = pool.tls == nil && pool.http2 == nil
        self.input = ConnectionInput(loop.sockets, isFirst: isFirst)
        self.output = ConnectionOutput(isFirst: isFirst)
    }

    /// How many bytes were read and not yet used.
    @inline(__always)
    var pendingCount: Int { self.pending?.readableBytes ?? 0 }

    // MARK: - What the front handler asks

    /// Begins a request; its head is written, not flushed.
    func attach(_ front: FrontHandler, head: ByteBuffer) {
        self.front = front
        self.state = .head
        self.interimCount = 0
        guard self.isActive else {
            self.fail(.closedBeforeAnswer)
            return
        }
        self.write(head)
    }

    /// Writes a part of the request.
    @inline(__always)
    func write(_ bytes: ByteBuffer) {
        self.output.write(bytes)
    }

    /// Sends what was written.
    @inline(__always)
    func flush() {
        self.output.flush()
    }

    /// Reads on after the client took what it was given.
    func resumeReading() {
        guard self.isReadHeld else { return }
        self.isReadHeld = false
        self.input.read()
    }

    /// Gives up the request, and the connection with it.
    func cancel() {
        if case .head = self.state { self.pool.noteUndecided() }
        self.front = nil
        self.close()
    }

    /// Closes the connection, which under TLS takes until the upstream has said goodbye.
    func close() {
        self.pool.freeSeat(of: self)
        self.isActive = false
        self.context?.close(promise: nil)
    }

    /// Ends the answer: the connection goes back to its pool, or closes, and then the front handler goes on.
    func finishAnswer() {
        guard let front = self.front else { return }
        let isReusable = self.keepsAlive && self.pendingCount == 0 && front.isRequestComplete
        self.front = nil
        self.isUsed = true
        self.pending = nil
        self.scanner = HeadScanner()
        if isReusable {
            self.state = .idle
            // Reading goes on while the connection is idle, so that its end is noticed.
            self.resumeReading()
            self.pool.giveBack(self)
        } else {
            self.state = .closed
            self.close()
        }
        front.answerEnded()
    }

    /// Gives up after the upstream failed.
    func fail(_ failure: UpstreamFailure) {
        guard let front = self.front else { return }
        let isRepeated = front.exchange.wasRepeated
        // The upstream may have been closing a connection that was idle: that is no failure of its own, the first time.
        let isStale =
            failure == .closedBeforeAnswer && self.isUsed && !isRepeated && self.interimCount == 0
            && self.pendingCount == 0
        let isUpstreams = failure.isUpstreams || failure == .refused && isRepeated
        if case .head = self.state {
            if !isStale, isUpstreams { self.pool.noteFailure() } else { self.pool.noteUndecided() }
        }
        self.front = nil
        self.state = .closed
        self.close()
        front.upstreamFailed(failure, isStale: isStale)
    }

    // MARK: - Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.input.begin(context, self)
        self.output.begin(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.input.end()
        self.output.end()
    }

    func channelActive(context: ChannelHandlerContext) {
        self.input.open()
        self.output.open()
        context.fireChannelActive()
    }

    func read(context: ChannelHandlerContext) {
        self.isReadHeld = !self.canTakeAnswer
        if !self.isReadHeld { self.input.readAtOnce() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.take(self.unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.finishTaking()
    }

    func take(_ bytes: ByteBuffer) {
        guard self.front != nil else {
            self.close()
            return
        }
        if self.pendingCount == 0 {
            self.pending = bytes
        } else {
            self.pending?.writeImmutableBuffer(bytes)
        }
        self.readAnswer()
        // What is used up is let go, so that the same memory can be read into again.
        if self.pendingCount == 0 { self.pending = nil }
    }

    func finishTaking() {
        self.front?.flushClient()
        // The channel would read on by itself (autoRead), but by the long way through the pipeline.
        self.readOn()
    }

    private var canTakeAnswer: Bool { self.front?.canTakeAnswer ?? true }

    /// Reads on, now or as soon as the client takes more.
    private func readOn() {
        self.isReadHeld = !self.canTakeAnswer
        if !self.isReadHeld { self.input.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.isWritable = context.channel.isWritable
        if self.isWritable { self.front?.advance() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.isActive = false
        self.input.end()
        self.output.end()
        self.pool.remove(self)
        if self.front != nil {
            switch self.state {
            case .tunnel: self.leaveTunnel()
            case .head: self.fail(.closedBeforeAnswer)
            case .untilClose where !self.hasFailed:
                self.keepsAlive = false
                self.finishAnswer()
            case .length, .chunked, .untilClose, .idle, .closed: self.fail(.brokenAnswer)
            }
        }
        self.state = .closed
        self.pending = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .tunnel = self.state, let event = event as? ChannelEvent { self.tunnelChanged(event) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.hasFailed = true
        if let failure = error as? UpstreamFailure, self.front != nil { self.fail(failure) } else { self.close() }
    }
}
