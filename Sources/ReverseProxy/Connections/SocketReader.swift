import NIOCore

/// Reads for the handlers behind it straight from the socket, as a channel would: it is before those for TLS and HTTP/2.
///
///     socket ──ConnectionInput──> SocketReader ──channelRead, channelReadComplete──> TLS, HTTP/2 …
///                                      ^── read, from whoever behind it wants more ──┘
final class SocketReader: ChannelDuplexHandler, ConnectionInput.Reader {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let input: ConnectionInput
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
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.input.end()
    }

    func channelActive(context: ChannelHandlerContext) {
        self.input.open()
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.input.end()
        context.fireChannelInactive()
    }

    func read(context: ChannelHandlerContext) {
        if self.isTelling { self.input.read() } else { self.input.readAtOnce() }
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
