import LocalServers
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Portico

/// How a node goes: told first, closed to the new next, open to the old until they are done.
@Suite("A gateway that is told to stop")
struct StoppingTests {
    private static func isTold(_ addresses: GatewayAddresses) async throws -> Bool {
        let ready = try await HTTPExchange.get("/ready", at: addresses.operations)
        return ready.status == 503 && ready.body.contains("\"running\":\"told to stop")
            && ready.body.contains("not_ready")
    }

    private static func waitUntilNobodyListens(at address: ListenAddress) async throws {
        try await GatewayRun.eventually {
            let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            guard let channel = try? await bootstrap.connect(host: address.host, port: address.port).get() else {
                return true
            }
            try? await channel.close()
            return false
        }
    }

    @Test("Within SHUTDOWN_DELAY it says so in ready and still takes connections, then it takes none")
    func delay() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        try await GatewayRun.with(database: database.uri, changes: ["PORTICO_SHUTDOWN_DELAY": "15s"]) { addresses in
            try await GatewayRun.eventually {
                let ready = try await HTTPExchange.get("/ready", at: addresses.operations)
                return ready.status == 200 && ready.body.contains("\"running\":\"ok\"")
            }
        } whileStopping: { addresses in
            try await GatewayRun.eventually { try await Self.isTold(addresses) }
            #expect(try await HTTPExchange.get("/", at: addresses.gateway).status == 401)
            try await Self.waitUntilNobodyListens(at: addresses.gateway)
        }
    }

    @Test("While requests under way are answered it takes no connections, and the operations listener answers")
    func operationsLast() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let upstream = try await HeldUpstream.start()
        let file = try SettingsExample.file("routes:\n  - {name: a, auth: none, upstreams: ['\(upstream.url)']}\n")
        let changes = ["PORTICO_CONFIG": file, "PORTICO_UPSTREAM": "", "PORTICO_SHUTDOWN_DEADLINE": "60s"]
        let (answers, answer) = AsyncStream<Int>.makeStream()
        try await GatewayRun.with(database: database.uri, changes: changes) { addresses in
            Task {
                let exchange = try? await HTTPExchange.get("/", at: addresses.gateway)
                answer.yield(exchange?.status ?? 0)
            }
            try await upstream.waitForRequest()
        } whileStopping: { addresses in
            try await Self.waitUntilNobodyListens(at: addresses.gateway)
            #expect(try await Self.isTold(addresses))
            #expect(try await HTTPExchange.get("/metrics", at: addresses.operations).status == 200)
            try await upstream.answer()
            #expect(await answers.first { _ in true } == 200)
        }
        try await upstream.stop()
    }

    @Test("SHUTDOWN_DEADLINE ends what is not done by then")
    func deadline() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let upstream = try await HeldUpstream.start()
        let file = try SettingsExample.file("routes:\n  - {name: a, auth: none, upstreams: ['\(upstream.url)']}\n")
        let changes = ["PORTICO_CONFIG": file, "PORTICO_UPSTREAM": "", "PORTICO_SHUTDOWN_DEADLINE": "1s"]
        let clock = ContinuousClock()
        let took = try await GatewayRun.with(database: database.uri, changes: changes) { addresses in
            let request = Task { try await HTTPExchange.get("/", at: addresses.gateway) }
            try await upstream.waitForRequest()
            return (request, clock.now)
        }
        // The default is twenty seconds.
        #expect(clock.now - took.1 < .seconds(18))
        await #expect(throws: (any Error).self) { try await took.0.value }
        try await upstream.stop()
    }
}

/// An application that answers when it is told to.
private final class HeldUpstream: Sendable {
    private let channel: any Channel
    private let waiting: Waiting

    private init(channel: any Channel, waiting: Waiting) {
        self.channel = channel
        self.waiting = waiting
    }

    private final class Waiting: Sendable {
        let channels = Mutex<[any Channel]>([])
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let waiting: Waiting

        init(waiting: Waiting) {
            self.waiting = waiting
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let channel = context.channel
            self.waiting.channels.withLock { $0.append(channel) }
        }
    }

    static func start() async throws -> HeldUpstream {
        let waiting = Waiting()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(waiting: waiting))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return HeldUpstream(channel: channel, waiting: waiting)
    }

    var url: String { "http://127.0.0.1:\(self.channel.localAddress?.port ?? 0)" }

    func waitForRequest() async throws {
        try await GatewayRun.eventually { self.waiting.channels.withLock { !$0.isEmpty } }
    }

    func answer() async throws {
        for channel in self.waiting.channels.withLock({ $0 }) {
            try await channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        }
    }

    func stop() async throws {
        try await self.channel.close()
    }
}
