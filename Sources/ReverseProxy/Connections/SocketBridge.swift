import NIOCore

/// Reads and writes for the handlers behind it straight from and to the socket, as a channel would: it is before those for
/// TLS and HTTP/2.
///
///     socket ──ConnectionInput──> SocketBridge ──channelRead, channelReadComplete──> TLS, HTTP/2 …
///        ^───ConnectionOutput──────────┴── read, write, flush, from whoever is behind it ──┘
final class SocketBridge: ChannelDuplexHandler, ConnectionInput.Reader {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let input: ConnectionInput
    private let output = ConnectionOutput(isFirst: true)
    // Used on the channel's event loop only: see LoopContext for why the checks are off.
    @exclusivity(unchecked) private var context: ChannelHandlerContext?
    /// Whether the handlers behind it are being told of bytes.
    @exclusivity(unchecked) private var isTelling = false

    init(_ sockets: LoopSockets) {
        self.input = ConnectionInput(sockets, isFirst: true)
    }

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

    func channelInactive(context: ChannelHandlerContext) {
        self.input.end()
        self.output.end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A channel that has closed its socket may tell a failure before it tells its end, and TLS would still say goodbye.
        if !context.channel.isActive { self.output.end() }
        context.fireErrorCaught(error)
    }

    func read(context: ChannelHandlerContext) {
        if self.isTelling { self.input.read() } else { self.input.readAtOnce() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = self.unwrapOutboundIn(data)
        if let promise { self.output.write(bytes, promise: promise) } else { self.output.write(bytes) }
    }

    func flush(context: ChannelHandlerContext) {
        self.output.flush()
    }

    func take(_ bytes: ByteBuffer) {
        self.isTelling = true
        self.context?.fireChannelRead(self.wrapInboundOut(bytes))
    }

    func finishTaking() {
        self.isTelling = true
        self.context?.fireChannelReadComplete()
        // A channel reads on by itself (autoRead), unless a handler holds it back.
        self.context?.pipeline.syncOperations.read()
        self.isTelling = false
    }
}
