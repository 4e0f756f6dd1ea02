import NIOCore

/// The application behind a ``Rehearsal``: answers every request, none of which has a body.
final class RehearsedApplication: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How each answer ends.
    static let end = "\r\n\r\nok"
    private static let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2" + end

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // The data plane writes a head in one piece, and the next one after the answer.
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: Self.answer)), promise: nil)
    }
}
