import Foundation
import NIOCore
import NIOPosix

/// An application behind the gateway: it answers every request with the head that it received.
struct TestUpstream: Sendable {
    private let channel: any Channel

    /// Starts it on a free port.
    static func start() async throws -> TestUpstream {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(EchoHandler())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return TestUpstream(channel: channel)
    }

    /// The URL for `PORTICO_UPSTREAM`.
    var url: String { "http://127.0.0.1:\(self.channel.localAddress?.port ?? 0)" }

    /// Stops listening.
    func stop() async throws {
        try await self.channel.close()
    }

    /// Answers each request head (no bodies come) with its own text.
    private final class EchoHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private var received = ""

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.received += String(buffer: self.unwrapInboundIn(data))
            while let end = self.received.range(of: "\r\n\r\n") {
                let head = self.received[..<end.lowerBound]
                let response = "HTTP/1.1 200 OK\r\nContent-Length: \(head.utf8.count)\r\n\r\n\(head)"
                self.received.removeSubrange(..<end.upperBound)
                context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: response)), promise: nil)
            }
        }
    }
}
