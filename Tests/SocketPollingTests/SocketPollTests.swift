#if os(Linux)
import Glibc
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import SocketPolling

/// Over real sockets: pairs of them, of which a poll has one and the test the other.
@Suite("Poll of sockets", .timeLimit(.minutes(2)))
struct SocketPollTests {
    /// A socket that notes when it was told of, and does something then.
    private final class Noted: ReadableSocket {
        let descriptor: CInt
        let other: CInt
        var count = 0
        var then: () -> Void = {}

        init() throws {
            var pair: [CInt] = [-1, -1]
            try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
            self.descriptor = pair[0]
            self.other = pair[1]
        }

        deinit {
            close(self.descriptor)
            close(self.other)
        }

        func send(_ byte: UInt8 = 1) {
            var byte = byte
            _ = Glibc.send(self.other, &byte, 1, 0)
        }

        func empty() {
            var bytes = [UInt8](repeating: 0, count: 100)
            _ = recv(self.descriptor, &bytes, bytes.count, CInt(MSG_DONTWAIT))
        }

        func socketBecameReadable(isUrgent: Bool) {
            self.count += 1
            self.then()
        }
    }

    /// Runs steps on an event loop; whatever one of them brought about is told before the next.
    private func onLoop(_ steps: [@Sendable (SocketPoll) throws -> Void]) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        for step in steps {
            let turned = loop.makePromise(of: Void.self)
            try await loop.submit {
                let poll = try #require(SocketPoll.ofThisThread())
                try step(poll)
                // Sockets are told of in the order in which they became readable, so this one is the last.
                let bell = try Noted()
                let place = try #require(poll.add(bell.descriptor, bell))
                bell.then = {
                    poll.remove(place)
                    turned.succeed()
                }
                bell.send()
            }
            .get()
            try await turned.futureResult.get()
        }
        try await group.shutdownGracefully()
    }

    /// A value that steps on one event loop share.
    private final class Shared<Value>: @unchecked Sendable {
        var value: Value
        init(_ value: Value) { self.value = value }
    }

    @Test("Bytes are told once for each arrival, those too that were there before")
    func tellsArrivals() async throws {
        let noted = Shared(try Noted())
        noted.value.send()
        try await self.onLoop([
            { poll in _ = try #require(poll.add(noted.value.descriptor, noted.value)) },
            { _ in #expect(noted.value.count == 1) },
            { _ in #expect(noted.value.count == 1, "nothing has come since") },
            { _ in noted.value.send() },
            { _ in #expect(noted.value.count == 2) },
        ])
    }

    @Test("A socket that was not emptied is told of again when that is asked for, and an empty one is not")
    func tellsAgain() async throws {
        let noted = Shared(try Noted())
        let place = Shared<SocketPoll.Place?>(nil)
        try await self.onLoop([
            { poll in place.value = poll.add(noted.value.descriptor, noted.value) },
            { _ in noted.value.send() },
            { poll in poll.tellAgain(try #require(place.value), noted.value.descriptor) },
            { _ in #expect(noted.value.count == 2) },
            { _ in noted.value.empty() },
            { poll in poll.tellAgain(try #require(place.value), noted.value.descriptor) },
            { _ in #expect(noted.value.count == 2) },
        ])
    }

    /// Of two sockets that are told of in one turn, the first closes the second.
    @Test("Nobody is told of a socket that was removed, nor of another's whose place he has")
    func keepsPlacesApart() async throws {
        let first = Shared(try Noted())
        let second = Shared(try Noted())
        let next = Shared(try Noted())
        let places = Shared<[SocketPoll.Place]>([])
        try await self.onLoop([
            { poll in
                for noted in [first.value, second.value] {
                    places.value.append(try #require(poll.add(noted.descriptor, noted)))
                    noted.then = {
                        // Whichever comes first.
                        let other = noted === first.value ? 1 : 0
                        poll.remove(places.value[other])
                        poll.remove(places.value[other])
                        _ = poll.add(next.value.descriptor, next.value)
                    }
                }
            },
            { _ in
                first.value.send()
                second.value.send()
            },
            { _ in #expect([first.value.count + second.value.count, next.value.count] == [1, 0]) },
            { _ in next.value.send() },
            { _ in #expect(next.value.count == 1) },
        ])
    }

    @Test("Each thread has one poll, and a thread that does not wait has none")
    func belongsToThread() async throws {
        let polls = Shared<[SocketPoll]>([])
        try await self.onLoop([{ polls.value.append($0) }, { polls.value.append($0) }])
        #expect(polls.value.count == 2 && polls.value[0] === polls.value[1])
        let hasPoll = try await NIOThreadPool.singleton.runIfActive { SocketPoll.ofThisThread() != nil }
        #expect(!hasPoll)
    }

    @Test("With a spacing, what comes within it is told in one turn")
    func gathers() async throws {
        let sockets = Shared([try Noted(), try Noted(), try Noted()])
        let order = Shared<[String]>([])
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let loop = group.next()
        let other = group.next()
        let done = loop.makePromise(of: Void.self)
        try await loop.submit {
            let poll = try #require(SocketPoll.ofThisThread())
            for noted in sockets.value { _ = try #require(poll.add(noted.descriptor, noted)) }
            let (first, second, third) = (sockets.value[0], sockets.value[1], sockets.value[2])
            first.then = {
                poll.spacing = 2_000_000_000
                second.send()
            }
            // Told in a turn that has just begun, so the next is two seconds away.
            second.then = {
                other.execute { sockets.value[0].send() }
                other.scheduleTask(in: .milliseconds(20)) { sockets.value[2].send() }
                first.then = {
                    order.value.append("first")
                    loop.execute { order.value.append("a task behind it") }
                }
            }
            third.then = {
                order.value.append("third")
                poll.spacing = 0
                loop.execute { done.succeed() }
            }
            first.send()
        }
        .get()
        try await done.futureResult.get()
        #expect(order.value == ["first", "third", "a task behind it"])
        try await group.shutdownGracefully()
    }

    /// The distance is longer than the test may take.
    @Test("A turn that is known to have something to do keeps no distance")
    func goesOnWithWork() async throws {
        let noted = Shared(try Noted())
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let told = loop.makePromise(of: Void.self)
        let toldAgain = loop.makePromise(of: Void.self)
        try await loop.submit {
            let poll = try #require(SocketPoll.ofThisThread())
            let place = try #require(poll.add(noted.value.descriptor, noted.value))
            noted.value.then = {
                if noted.value.count == 1 {
                    told.succeed()
                    // The turn before has begun just now.
                    poll.spacing = 1_000_000_000_000
                    poll.tellAgain(place, noted.value.descriptor)
                } else {
                    poll.spacing = 0
                    toldAgain.succeed()
                }
            }
            poll.spacing = 1
            noted.value.send()
        }
        .get()
        try await told.futureResult.get()
        try await toldAgain.futureResult.get()
        // A task of another thread is something of SwiftNIO's.
        let third = loop.makePromise(of: Void.self)
        try await loop.submit {
            SocketPoll.ofThisThread()?.spacing = 1
        }
        .get()
        try await loop.submit {
            let poll = try #require(SocketPoll.ofThisThread())
            noted.value.then = {
                poll.spacing = 0
                third.succeed()
            }
            poll.spacing = 1_000_000_000_000
            noted.value.send()
        }
        .get()
        try await third.futureResult.get()
        try await group.shutdownGracefully()
    }

    @Test("SwiftNIO's connections, timers and tasks from other threads go on")
    func letsSwiftNIOGoOn() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let noted = Shared(try Noted())
        // The socket is told of again and again, so that there is always something else to do.
        try await loop.submit {
            let poll = try #require(SocketPoll.ofThisThread())
            let place = try #require(poll.add(noted.value.descriptor, noted.value))
            noted.value.then = { poll.tellAgain(place, noted.value.descriptor) }
            noted.value.send()
        }
        .get()
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Echo()) }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let answered = loop.makePromise(of: String.self)
        let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answer(answered))
                }
            }
            .connect(to: #require(server.localAddress))
            .get()
        try await client.writeAndFlush(ByteBuffer(string: "hello"))
        #expect(try await answered.futureResult.get() == "hello")
        try await loop.scheduleTask(in: .milliseconds(20)) {}.futureResult.get()
        #expect(try await loop.submit { noted.value.count }.get() > 10)
        try await client.close()
        try await server.close()
        try await group.shutdownGracefully()
    }

    private final class Echo: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.writeAndFlush(data, promise: nil) }
    }

    private final class Answer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let answered: EventLoopPromise<String>

        init(_ answered: EventLoopPromise<String>) { self.answered = answered }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.answered.succeed(String(buffer: self.unwrapInboundIn(data)))
        }
    }
}
#endif
