import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import ReverseProxy

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Over real sockets: a pair of them, of which a channel has one and the test the other.
@Suite("Output of a connection", .timeLimit(.minutes(2)))
struct ConnectionOutputTests {
    /// A handler that writes by way of an output.
    private final class Writer: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        private let bound: NIOLoopBound<ConnectionOutput>

        init(_ output: ConnectionOutput, eventLoop: any EventLoop) {
            self.bound = NIOLoopBound(output, eventLoop: eventLoop)
        }

        var output: ConnectionOutput { self.bound.value }

        func handlerAdded(context: ChannelHandlerContext) { self.output.begin(context) }

        func handlerRemoved(context: ChannelHandlerContext) { self.output.end() }

        func channelActive(context: ChannelHandlerContext) { self.output.open() }

        func channelInactive(context: ChannelHandlerContext) { self.output.end() }
    }

    /// What a channel hands down its pipeline, counted in front of the socket.
    private final class Counter: ChannelOutboundHandler, Sendable {
        typealias OutboundIn = ByteBuffer

        private let written = Atomic(0)

        var count: Int { self.written.load(ordering: .sequentiallyConsistent) }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            self.written.add(self.unwrapOutboundIn(data).readableBytes, ordering: .sequentiallyConsistent)
            context.write(data, promise: promise)
        }
    }

    /// A channel with a writer, and the other end of its socket.
    private struct Pair {
        let channel: any Channel
        let writer: Writer
        let counter: Counter
        let other: CInt

        static func open(isFirst: Bool = true) async throws -> Pair {
            let (own, other) = try ConnectedSockets.open()
            let loop = MultiThreadedEventLoopGroup.singleton.next()
            let counter = Counter()
            let bootstrap = ClientBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(counter)
                        let writer = Writer(ConnectionOutput(isFirst: isFirst), eventLoop: channel.eventLoop)
                        try channel.pipeline.syncOperations.addHandler(writer)
                    }
                }
            let channel = try await bootstrap.withConnectedSocket(own).get()
            let writer = try await channel.pipeline.handler(type: Writer.self).get()
            return Pair(channel: channel, writer: writer, counter: counter, other: other)
        }

        /// Does something on the channel's event loop.
        func on<Result: Sendable>(
            _ body: @escaping @Sendable (ConnectionOutput) throws -> Result
        ) async throws -> Result {
            try await self.channel.eventLoop.submit { try body(self.writer.output) }.get()
        }

        func read(_ count: Int, atOnce: Int) async throws -> [UInt8] {
            try await ConnectedSockets.read(count, atOnce: atOnce, from: self.other)
        }

        func close() async throws {
            try? await self.channel.close()
            ConnectedSockets.close(self.other)
        }
    }

    @Test("One piece of bytes goes to the socket, not through the channel")
    func sendsOnePiece() async throws {
        let pair = try await Pair.open()
        try await pair.on { output in
            output.write(ByteBuffer(string: "one"))
            output.flush()
        }
        #expect(try await pair.read(3, atOnce: 3) == Array("one".utf8))
        #expect(pair.counter.count == 0)
        try await pair.close()
    }

    @Test("Where a handler is before the socket, all bytes go through it")
    func passesThroughHandlers() async throws {
        let pair = try await Pair.open(isFirst: false)
        try await pair.on { output in
            output.write(ByteBuffer(string: "one"))
            output.flush()
        }
        #expect(try await pair.read(3, atOnce: 3) == Array("one".utf8))
        #expect(pair.counter.count == 3)
        try await pair.close()
    }

    @Test("Nothing is sent before the flush")
    func waitsForFlush() async throws {
        let pair = try await Pair.open()
        try await pair.on { $0.write(ByteBuffer(string: "one")) }
        var byte: UInt8 = 0
        #expect(recv(pair.other, &byte, 1, CInt(MSG_DONTWAIT)) == -1)
        try await pair.on { $0.flush() }
        #expect(try await pair.read(3, atOnce: 3) == Array("one".utf8))
        try await pair.close()
    }

    @Test("Bytes arrive in the order in which they were written, however slowly they are read")
    func keepsOrder() async throws {
        let pair = try await Pair.open()
        // Pieces of many sizes, of which the socket takes all, some and none; one or two before a flush.
        let pieces = (0..<400)
            .map { index in
                [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: 1 + (index * 7_919) % 6_000)
            }
        let expected = pieces.flatMap { $0 }
        let reading = Task { try await pair.read(expected.count, atOnce: 1_000) }
        for (index, piece) in pieces.enumerated() {
            try await pair.on { output in
                output.write(ByteBuffer(bytes: piece))
                if index % 3 != 0 { output.flush() }
            }
        }
        try await pair.on { $0.flush() }
        #expect(try await reading.value == expected)
        let passed = pair.counter.count
        #expect(passed > 0 && passed < expected.count, "both ways were taken")
        try await pair.close()
    }

    @Test("What the channel still has to send is not overtaken, although the socket has room again")
    func doesNotOvertake() async throws {
        let pair = try await Pair.open()
        let size = 4 << 20
        let other = pair.other
        let begun = try await pair.on { output in
            output.write(ByteBuffer(repeating: 1, count: size))
            output.flush()
            // All that the socket took is read before the channel can go on, which waits for the end of this closure.
            var begun: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 65_536)
            while case let length = recv(other, &piece, piece.count, CInt(MSG_DONTWAIT)), length > 0 {
                begun.append(contentsOf: piece[..<length])
            }
            output.write(ByteBuffer(bytes: [2]))
            output.flush()
            return begun
        }
        let rest = try await pair.read(size + 1 - begun.count, atOnce: 65_536)
        #expect(!begun.isEmpty && begun + rest == [UInt8](repeating: 1, count: size) + [2])
        try await pair.close()
    }

    @Test("What others write keeps its place")
    func keepsPlaceOfOthers() async throws {
        let pair = try await Pair.open()
        let sent = pair.channel.eventLoop.makePromise(of: Void.self)
        try await pair.on { output in
            output.write(ByteBuffer(string: "one "))
            output.write(ByteBuffer(string: "two "), promise: sent)
            output.flush()
            output.write(ByteBuffer(string: "three"))
            output.flush()
        }
        try await sent.futureResult.get()
        #expect(try await pair.read(13, atOnce: 13) == Array("one two three".utf8))
        try await pair.close()
    }

    @Test("The end of writing is told when the last byte was sent")
    func tellsTheEnd() async throws {
        let pair = try await Pair.open()
        let size = 4 << 20
        let told = pair.channel.eventLoop.makePromise(of: Void.self)
        let unread = try await pair.on { output in
            output.write(ByteBuffer(repeating: 1, count: size))
            output.flushed()?.cascade(to: told)
            // No socket takes four mebibytes at once.
            return try pair.channel.syncOptions?.getOption(.bufferedWritableBytes) ?? 0
        }
        #expect(unread > 0)
        #expect(try await pair.read(size, atOnce: 65_536).count == size)
        try await told.futureResult.get()
        try await pair.close()
    }

    /// The number of a socket that was closed is the next one's.
    @Test("After the connection has closed nothing is sent to whoever has its descriptor")
    func sendsNothingToOthers() async throws {
        let pair = try await Pair.open()
        let channel = pair.channel
        let (next, other) = try await pair.on { output in
            output.write(ByteBuffer(string: "somebody's answer"))
            channel.close(promise: nil)
            let sockets = try ConnectedSockets.open()
            output.flush()
            output.write(ByteBuffer(string: "somebody's answer"))
            output.flush()
            return sockets
        }
        ConnectedSockets.expectNothing(in: next, other, pair.other)
    }

    /// Whoever has bytes in the channel hears of its end before its handlers do.
    @Test("Nor is anything sent by those who hear that their bytes were not")
    func sendsNothingWhileTheConnectionCloses() async throws {
        let pair = try await Pair.open()
        let (channel, writer) = (pair.channel, pair.writer)
        let heard = channel.eventLoop.makePromise(of: (CInt, CInt).self)
        try await pair.on { output in
            // No socket takes four mebibytes at once.
            output.write(ByteBuffer(repeating: 1, count: 4 << 20))
            output.flush()
            let sent = channel.eventLoop.makePromise(of: Void.self)
            sent.futureResult.whenFailure { _ in
                heard.completeWith(
                    Result {
                        let sockets = try ConnectedSockets.open()
                        for _ in 0..<2 {
                            writer.output.write(ByteBuffer(string: "somebody's answer"))
                            writer.output.flush()
                        }
                        return sockets
                    }
                )
            }
            output.write(ByteBuffer(string: "one"), promise: sent)
            output.flush()
            channel.close(promise: nil)
        }
        let (next, other) = try await heard.futureResult.get()
        ConnectedSockets.expectNothing(in: next, other)
        ConnectedSockets.close(pair.other)
    }
}
