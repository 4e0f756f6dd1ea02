import NIOCore
import NIOHTTP1

/// Answers requests as a test wants it.
final class TestWebHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let paths: [String: TestWebServer.Behavior]

    init(paths: [String: TestWebServer.Behavior]) {
        self.paths = paths
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = self.unwrapInboundIn(data) else { return }
        switch self.paths[head.uri] ?? .answer(.notFound) {
        case .answer(let status, let fields, let body):
            var fields = fields
            if !fields.contains(name: "Content-Length") {
                fields.add(name: "Content-Length", value: "\(body.utf8.count)")
            }
            // What the client asked for, so that a test sees it.
            fields.add(name: "X-Host", value: head.headers["Host"].joined())
            self.write(.head(HTTPResponseHead(version: .http1_1, status: status, headers: fields)), context)
            self.write(.body(.byteBuffer(ByteBuffer(string: body))), context)
            self.write(.end(nil), context)
        case .endless:
            self.write(.head(HTTPResponseHead(version: .http1_1, status: .ok)), context)
            self.writeOn(context)
        case .silent:
            break
        case .cutShort:
            let fields: HTTPHeaders = ["Content-Length": "100"]
            self.write(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: fields)), context)
            self.write(.body(.byteBuffer(ByteBuffer(string: "short"))), context)
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func write(_ part: HTTPServerResponsePart, _ context: ChannelHandlerContext) {
        context.writeAndFlush(self.wrapOutboundOut(part), promise: nil)
    }

    /// Writes a part, and the next one when it has gone, until the client closes.
    private func writeOn(_ context: ChannelHandlerContext) {
        let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(repeating: 0x20, count: 64 * 1024)))
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(self.wrapOutboundOut(part))
            .whenSuccess {
                // In a turn of its own: a write that succeeds at once would otherwise go one deeper into the stack each time.
                bound.eventLoop.execute { handler.value.writeOn(bound.value) }
            }
    }
}
