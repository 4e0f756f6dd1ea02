import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import ReverseProxy

/// Over real sockets: a pair of them, of which a channel has one and the test the other.
@Suite("Bridge to a socket", .timeLimit(.minutes(2)))
struct SocketBridgeTests {
    /// What a channel hands down its pipeline, noted in front of the socket.
    private final class Passed: ChannelOutboundHandler, Sendable {
        typealias OutboundIn = ByteBuffer

        private let text = Mutex("")

        var value: String { self.text.withLock { $0 } }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            let bytes = self.unwrapOutboundIn(data)
            self.text.withLock { $0 += String(buffer: bytes) }
            context.write(data, promise: promise)
        }
    }

    /// Writes as soon as it is added, and again when the socket is connected.
    private final class Early: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        func handlerAdded(context: ChannelHandlerContext) {
            context.writeAndFlush(NIOAny(ByteBuffer(string: "one ")), promise: nil)
        }

        func channelActive(context: ChannelHandlerContext) {
            context.writeAndFlush(NIOAny(ByteBuffer(string: "two ")), promise: nil)
        }
    }

    /// A channel with a bridge, and the other end of its socket.
    private static func open(
        _ handlers: [any ChannelHandler & Sendable] = []
    ) async throws -> (any Channel, Passed, CInt) {
        let (own, other) = try ConnectedSockets.open()
        let passed = Passed()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton.next())
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(passed)
                    try pipeline.addHandler(SocketBridge(LoopSockets()))
                    try pipeline.addHandlers(handlers)
                }
            }
            .withConnectedSocket(own)
            .get()
        return (channel, passed, other)
    }

    @Test("What handlers behind it write goes to the socket, or through the channel where they ask if it was sent")
    func writes() async throws {
        let (channel, passed, other) = try await Self.open()
        channel.writeAndFlush(ByteBuffer(string: "one "), promise: nil)
        #expect(try await ConnectedSockets.read(4, atOnce: 4, from: other) == Array("one ".utf8))
        #expect(passed.value == "")
        channel.write(ByteBuffer(string: "two "), promise: nil)
        try await channel.writeAndFlush(ByteBuffer(string: "three"))
        #expect(try await ConnectedSockets.read(9, atOnce: 9, from: other) == Array("two three".utf8))
        #expect(passed.value == "two three")
        try? await channel.close()
        ConnectedSockets.close(other)
    }

    @Test("What is written before the socket is connected waits in the channel, and is not overtaken")
    func writesEarly() async throws {
        let (channel, passed, other) = try await Self.open([Early()])
        #expect(try await ConnectedSockets.read(8, atOnce: 8, from: other) == Array("one two ".utf8))
        #expect(passed.value == "one two ")
        channel.writeAndFlush(ByteBuffer(string: "three"), promise: nil)
        #expect(try await ConnectedSockets.read(5, atOnce: 5, from: other) == Array("three".utf8))
        #expect(passed.value == "one two ")
        try? await channel.close()
        ConnectedSockets.close(other)
    }

    /// The number of a socket that was closed is the next one's.
    @Test("After the connection has closed nothing is sent to whoever has its descriptor")
    func sendsNothingToOthers() async throws {
        let (channel, _, own) = try await Self.open()
        let (next, other) = try await channel.eventLoop
            .submit {
                channel.close(promise: nil)
                let sockets = try ConnectedSockets.open()
                channel.writeAndFlush(ByteBuffer(string: "somebody's answer"), promise: nil)
                return sockets
            }
            .get()
        ConnectedSockets.expectNothing(in: next, other, own)
    }

    /// Whoever has bytes in the channel hears of its end before its handlers do.
    @Test("Nor is anything sent by those who hear that their bytes were not")
    func sendsNothingWhileTheConnectionCloses() async throws {
        let (channel, _, own) = try await Self.open()
        let heard = channel.eventLoop.makePromise(of: (CInt, CInt).self)
        try await channel.eventLoop
            .submit {
                // No socket takes four mebibytes at once.
                channel.writeAndFlush(ByteBuffer(repeating: 1, count: 4 << 20), promise: nil)
                let sent = channel.eventLoop.makePromise(of: Void.self)
                sent.futureResult.whenFailure { _ in
                    heard.completeWith(
                        Result {
                            let sockets = try ConnectedSockets.open()
                            for _ in 0..<2 {
                                channel.writeAndFlush(ByteBuffer(string: "somebody's answer"), promise: nil)
                            }
                            return sockets
                        }
                    )
                }
                channel.writeAndFlush(ByteBuffer(string: "one"), promise: sent)
                channel.close(promise: nil)
            }
            .get()
        let (next, other) = try await heard.futureResult.get()
        ConnectedSockets.expectNothing(in: next, other)
        ConnectedSockets.close(own)
    }
}
