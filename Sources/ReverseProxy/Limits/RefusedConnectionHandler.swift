import NIOCore

/// Ends a connection that is one too many: with an answer before any request, or without a word.
///
/// What the client still sends is thrown away for a moment, since closing with unread bytes would reset the connection and
/// take the answer with it.
final class RefusedConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let lingering = TimeAmount.seconds(2)

    /// 503 (RFC 9110, 15.6.4), the same for everybody.
    private static let answer: StaticString = """
        HTTP/1.1 503 Service Unavailable\r
        Content-Type: application/json\r
        Content-Length: 99\r
        Cache-Control: no-store\r
        Retry-After: 10\r
        Connection: close\r
        \r
        {"code":"too_many_connections","message":"There are too many connections. Try again in a moment."}

        """

    private let isTold: Bool

    init(isTold: Bool) {
        self.isTold = isTold
    }

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        guard self.isTold else { return channel.close(promise: nil) }
        let timer = context.eventLoop.scheduleTask(in: Self.lingering) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in timer.cancel() }
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(staticString: Self.answer)), promise: nil)
        context.close(mode: .output, promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
