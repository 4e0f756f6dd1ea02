import NIOCore
import NIOPosix
import Testing

@testable import ReverseProxy

/// Over real sockets: a pair of them, of which a channel has one and the test the other.
@Suite("Input of a connection", .timeLimit(.minutes(2)))
struct ConnectionInputTests {
    /// A handler that reads by way of an input, and notes what comes of it.
    private final class Taker: ChannelDuplexHandler, ConnectionInput.Reader {
        typealias InboundIn = ByteBuffer
        typealias OutboundIn = ByteBuffer

        let input: ConnectionInput
        /// Whether it asks for more whenever it has taken something.
        var isGreedy = true
        /// Asks, too, as a handler behind it would: by the channel.
        var asksChannel: (any Channel)?
        /// How deep within one another bytes were taken.
        var depth = 0
        var deepest = 0
        var bytes: [UInt8] = []
        var sizes: [Int] = []
        var turns = 0
        var errors = 0
        var isInactive = false
        /// Waits until so many bytes were taken.
        var expected: (count: Int, promise: EventLoopPromise<Void>)?
        var ended: EventLoopPromise<Void>?

        init(isFirst: Bool) { self.input = ConnectionInput(LoopSockets(), isFirst: isFirst) }

        func handlerAdded(context: ChannelHandlerContext) { self.input.begin(context, self) }
        func handlerRemoved(context: ChannelHandlerContext) { self.input.end() }
        func channelActive(context: ChannelHandlerContext) { self.input.open() }
        func read(context: ChannelHandlerContext) { if self.isGreedy { self.input.readAtOnce() } }
        func channelRead(context: ChannelHandlerContext, data: NIOAny) { self.take(self.unwrapInboundIn(data)) }
        func channelReadComplete(context: ChannelHandlerContext) { self.finishTaking() }

        func take(_ bytes: ByteBuffer) {
            self.bytes += Array(buffer: bytes)
            self.sizes.append(bytes.readableBytes)
            if let expected = self.expected, self.bytes.count >= expected.count { expected.promise.succeed() }
        }

        func finishTaking() {
            self.turns += 1
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)
            if self.isGreedy { self.input.read() }
            self.asksChannel?.read()
            self.depth -= 1
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { self.errors += 1 }

        func channelInactive(context: ChannelHandlerContext) {
            self.isInactive = true
            self.input.end()
            self.ended?.succeed()
        }
    }

    /// What the channel hands up its pipeline, counted behind the socket.
    private final class Counter: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        var count = 0

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.count += self.unwrapInboundIn(data).readableBytes
            context.fireChannelRead(data)
        }
    }

    /// Where the taker is.
    enum Place: CaseIterable {
        /// At the socket.
        case first
        /// Behind a reader of the socket, as those of TLS and HTTP/2 are.
        case behindReader
        /// Behind a handler that is nothing of the kind.
        case behindOther
    }

    /// A channel with a taker, and the other end of its socket.
    private struct Pair {
        let channel: any Channel
        let taker: NIOLoopBound<Taker>
        let counter: NIOLoopBound<Counter>
        let other: CInt

        static func open(
            _ place: Place = .first,
            _ sockets: () throws -> (CInt, CInt) = ConnectedSockets.open
        ) async throws -> Pair {
            let (own, other) = try sockets()
            let loop = MultiThreadedEventLoopGroup.singleton.next()
            let bootstrap = ClientBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(Counter())
                        if place == .behindReader { try pipeline.addHandler(SocketBridge(LoopSockets())) }
                        try pipeline.addHandler(Taker(isFirst: place == .first))
                    }
                }
            let channel = try await bootstrap.withConnectedSocket(own).get()
            return try await channel.eventLoop
                .submit {
                    let pipeline = channel.pipeline.syncOperations
                    return Pair(
                        channel: channel,
                        taker: NIOLoopBound(try pipeline.handler(type: Taker.self), eventLoop: loop),
                        counter: NIOLoopBound(try pipeline.handler(type: Counter.self), eventLoop: loop),
                        other: other
                    )
                }
                .get()
        }

        /// Does something on the channel's event loop.
        func on<Result: Sendable>(_ body: @escaping @Sendable (Taker) throws -> Result) async throws -> Result {
            try await self.channel.eventLoop.submit { try body(self.taker.value) }.get()
        }

        /// Sends bytes and waits until so many were taken in all.
        func send(_ bytes: [UInt8], until count: Int) async throws {
            let promise = self.channel.eventLoop.makePromise(of: Void.self)
            try await self.on { taker in
                taker.expected = (count, promise)
                if taker.bytes.count >= count { promise.succeed() }
            }
            try await ConnectedSockets.send(bytes, to: self.other)
            try await promise.futureResult.get()
        }

        /// Waits for the end of the channel.
        func ended() async throws {
            let promise = self.channel.eventLoop.makePromise(of: Void.self)
            try await self.on { taker in
                taker.ended = promise
                if taker.isInactive { promise.succeed() }
            }
            try await promise.futureResult.get()
        }

        /// Lets what has come be told.
        func turn() async throws {
            for _ in 0..<3 { try await self.on { _ in } }
        }

        func close() async throws {
            try? await self.channel.close()
            ConnectedSockets.close(self.other)
        }
    }

    /// Where bytes come from the socket, not through the channel.
    private static let direct = [Place.first, .behindReader]

    @Test("Bytes come from the socket, not through the channel", arguments: Self.direct)
    func readsSocket(_ place: Place) async throws {
        let pair = try await Pair.open(place)
        try await pair.send(Array("one".utf8), until: 3)
        #expect(try await pair.on { _ in pair.counter.value.count } == 0)
        #expect(try await pair.on { $0.bytes } == Array("one".utf8))
        try await pair.close()
    }

    @Test("Where a handler is before the socket, all bytes come through it")
    func passesThroughHandlers() async throws {
        let pair = try await Pair.open(.behindOther)
        try await pair.send(Array("one".utf8), until: 3)
        #expect(try await pair.on { _ in pair.counter.value.count } == 3)
        try await pair.close()
    }

    @Test("Nothing is taken that was not asked for, and all of it once it is", arguments: Self.direct)
    func waitsUntilAsked(_ place: Place) async throws {
        let pair = try await Pair.open(place)
        try await pair.on { $0.isGreedy = false }
        try await pair.send(Array("one".utf8), until: 3)
        try await ConnectedSockets.send(Array("two".utf8), to: pair.other)
        try await pair.turn()
        #expect(try await pair.on { $0.bytes.count } == 3)
        try await pair.on { $0.input.read() }
        try await pair.send([], until: 6)
        #expect(try await pair.on { $0.bytes } == Array("onetwo".utf8))
        // Asked for before it comes.
        try await pair.on { $0.input.read() }
        try await pair.send(Array("three".utf8), until: 11)
        try await pair.close()
    }

    @Test("All bytes come in their order, many at once and with turns for others between", arguments: Self.direct)
    func keepsOrder(_ place: Place) async throws {
        let pair = try await Pair.open(place)
        let bytes = (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        try await pair.send(bytes, until: bytes.count)
        #expect(try await pair.on { $0.bytes } == bytes)
        let (readings, turns) = try await pair.on { ($0.sizes.count, $0.turns) }
        #expect(turns < readings && readings <= 4 * turns, "some turns had more than one reading, none more than four")
        try await pair.close()
    }

    @Test(
        "What came before the end is taken although it was not asked for, and then the end is told",
        arguments: Self.direct
    )
    func takesRest(_ place: Place) async throws {
        let pair = try await Pair.open(place)
        try await pair.on { $0.isGreedy = false }
        try await pair.send(Array("one".utf8), until: 3)
        try await ConnectedSockets.send(Array("two".utf8), to: pair.other)
        ConnectedSockets.close(pair.other)
        try await pair.ended()
        #expect(try await pair.on { $0.bytes } == Array("onetwo".utf8))
        #expect(try await pair.on { $0.errors } == 0)
    }

    /// All of it in one turn of the event loop, so that nobody was told of the bytes.
    @Test("What had come before a write failed is taken before the connection closes", arguments: Self.direct)
    func takesWhatCameBeforeFailure(_ place: Place) async throws {
        let pair = try await Pair.open(place)
        let channel = pair.channel
        let bytes = [UInt8](repeating: 7, count: 100_000)
        try await pair.on { _ in
            ConnectedSockets.sendAtOnce(bytes, to: pair.other)
            ConnectedSockets.close(pair.other)
            channel.writeAndFlush(ByteBuffer(string: "late"), promise: nil)
        }
        try await pair.ended()
        #expect(try await pair.on { $0.bytes } == bytes)
        #expect(try await pair.on { _ in pair.counter.value.count } == 0)
    }

    @Test(
        "Whoever asks the channel for more whenever something was taken gets it in turns, not within one another",
        arguments: Self.direct
    )
    func asksOfChannelDoNotNest(_ place: Place) async throws {
        let pair = try await Pair.open(place)
        let channel = pair.channel
        let bytes = [UInt8](repeating: 7, count: 100_000)
        try await pair.on { taker in
            taker.asksChannel = channel
            ConnectedSockets.sendAtOnce(bytes, to: pair.other)
        }
        try await pair.send([], until: bytes.count)
        #expect(try await pair.on { $0.bytes } == bytes)
        #expect(try await pair.on { $0.turns } > 1)
        #expect(try await pair.on { $0.deepest } <= (place == .first ? 2 : 1))
        try await pair.on { $0.asksChannel = nil }
        try await pair.close()
    }

    #if canImport(Glibc)
    @Test("An urgent byte holds up nothing that is behind it", arguments: Self.direct)
    func readsBehindUrgentByte(_ place: Place) async throws {
        let pair = try await Pair.open(place, ConnectedSockets.openTCP)
        try await pair.on { _ in
            ConnectedSockets.sendAtOnce(Array("one".utf8), to: pair.other)
            ConnectedSockets.sendUrgent(UInt8(ascii: "!"), to: pair.other)
            ConnectedSockets.sendAtOnce(Array("two".utf8), to: pair.other)
        }
        try await pair.send([], until: 6)
        #expect(try await pair.on { $0.bytes } == Array("onetwo".utf8))
        try await pair.close()
    }
    #endif

    /// Whoever closes with bytes unread resets the connection, and only the first who reads is told so.
    @Test("A connection that broke is told of as one, not as one that ended in order", arguments: Self.direct)
    func tellsFailure(_ place: Place) async throws {
        for _ in 0..<20 {
            let pair = try await Pair.open(place)
            try await pair.channel.writeAndFlush(ByteBuffer(string: "unread"))
            ConnectedSockets.close(pair.other)
            try await pair.ended()
            #expect(try await pair.on { $0.errors } == 1)
        }
    }

    /// The number of a socket that was closed is the next one's.
    @Test("After the connection has closed nothing is read from whoever has its descriptor")
    func readsNothingOfOthers() async throws {
        let pair = try await Pair.open()
        let channel = pair.channel
        let (next, other) = try await pair.on { taker in
            channel.close(promise: nil)
            let sockets = try ConnectedSockets.open()
            ConnectedSockets.sendAtOnce(Array("2".utf8), to: sockets.1)
            taker.input.socketBecameReadable(isUrgent: false)
            return sockets
        }
        try await pair.turn()
        #expect(try await pair.on { $0.bytes } == [])
        #expect(try await ConnectedSockets.read(1, atOnce: 1, from: next) == Array("2".utf8))
        for descriptor in [next, other, pair.other] { ConnectedSockets.close(descriptor) }
    }
}
