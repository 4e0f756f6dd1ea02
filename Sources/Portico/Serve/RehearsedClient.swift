import NIOCore

/// The client of a ``Rehearsal``: makes the same request again and again, each when the one before was answered.
final class RehearsedClient: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let request: String
    private var remaining: Int
    private let done: EventLoopPromise<Void>
    private var received = ""

    /// Makes `count` requests; `done` succeeds after the last answer, or fails when the connection ends before.
    init(request: String, count: Int, done: EventLoopPromise<Void>) {
        self.request = request
        self.remaining = count
        self.done = done
    }

    func channelActive(context: ChannelHandlerContext) {
        self.send(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.received += String(buffer: self.unwrapInboundIn(data))
        guard self.received.hasSuffix(RehearsedApplication.end) else { return }
        self.received = ""
        self.remaining -= 1
        guard self.remaining > 0 else { return self.done.succeed() }
        self.send(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.done.fail(ChannelError.eof)
    }

    private func send(_ context: ChannelHandlerContext) {
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: self.request)), promise: nil)
    }
}
