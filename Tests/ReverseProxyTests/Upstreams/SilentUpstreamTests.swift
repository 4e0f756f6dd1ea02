import NIOCore
import NIOPosix
import Testing

@testable import ReverseProxy

@Suite("Upstreams that keep silent")
struct SilentUpstreamTests {
    private static let impatient = "GET /impatient HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func silent(_ heads: ReceivedHeads) async throws -> TestUpstream {
        try await .start { connection in
            heads.add(try await connection.readHead())
            try await connection.waitForEnd()
        }
    }

    /// A gateway with one event loop: `/impatient` has the silent upstream alone, every other path has both, and waits.
    private static func gateway(
        _ silent: TestUpstream,
        _ good: TestUpstream,
        health: UpstreamHealthLimits,
        impatience: Route.Timeouts
    ) async throws -> TestGateway {
        let patience = Route.Timeouts(firstByte: .seconds(300))
        return try await .start(
            routes: [
                Route(
                    name: "impatient",
                    pathPrefix: "/impatient",
                    upstreams: try TestGateway.urls(silent.port),
                    authentication: .none,
                    timeouts: impatience
                ),
                Route(
                    upstreams: try [silent.port, good.port].flatMap(TestGateway.urls),
                    authentication: .none,
                    timeouts: patience
                ),
            ],
            group: MultiThreadedEventLoopGroup.singleton.next(),
            configuration: { $0.upstreamHealth = health }
        )
    }

    @Test(
        "are set aside as those are that cannot be connected to",
        arguments: [
            Route.Timeouts(firstByte: .milliseconds(60)), Route.Timeouts(total: .milliseconds(60)),
        ]
    )
    func areSetAside(_ impatience: Route.Timeouts) async throws {
        let silent = try await Self.silent(ReceivedHeads())
        let good = try await TestUpstream.fixed("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood")
        let hour = Duration.seconds(3_600)
        let health = UpstreamHealthLimits(failures: 3, shortest: hour, longest: hour)
        let gateway = try await Self.gateway(silent, good, health: health, impatience: impatience)
        // On a busy machine the whole time may pass before there is a connection, which tells nothing.
        var count = 0
        try await eventually {
            let status = try await gateway.exchange(Self.impatient).status
            #expect(status == 504)
            count += 1
            return await gateway.proxy.counts().upstreams.map(\.setAside) == [1, 0]
        }
        #expect(count >= 3)
        // Whoever came to the silent one would wait for five minutes.
        for _ in 0..<4 { #expect(try await gateway.exchange(Self.get).text == "good") }
        await gateway.stop()
        await silent.stop()
        await good.stop()
    }

    @Test("keep one waiting at a time, and the next one only when that has gone")
    func onePersonWaits() async throws {
        let heads = ReceivedHeads()
        let silent = try await Self.silent(heads)
        let good = try await TestUpstream.fixed("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood")
        let health = UpstreamHealthLimits(failures: 1, shortest: .nanoseconds(1), longest: .seconds(3_600))
        let impatience = Route.Timeouts(firstByte: .milliseconds(60))
        let gateway = try await Self.gateway(silent, good, health: health, impatience: impatience)
        #expect(try await gateway.exchange(Self.impatient).status == 504)
        // Its time was up at once: the first request is the trial, as long as it waits.
        var trial = try await gateway.connect()
        try await trial.send(Self.get)
        try await eventually { heads.all.count == 2 }
        for _ in 0..<4 { #expect(try await gateway.exchange(Self.get).text == "good") }
        #expect(heads.all.count == 2)
        await trial.close()
        try await eventually { await gateway.proxy.counts().connections.clients == 0 }
        trial = try await gateway.connect()
        try await trial.send(Self.get)
        try await eventually { heads.all.count == 3 }
        await trial.close()
        await gateway.stop()
        await silent.stop()
        await good.stop()
    }

    @Test("are not blamed for a client that is slow")
    func slowClient() async throws {
        let heads = ReceivedHeads()
        let silent = try await Self.silent(heads)
        let good = try await TestUpstream.echo()
        let health = UpstreamHealthLimits(failures: 1, shortest: .seconds(3_600), longest: .seconds(3_600))
        let gateway = try await Self.gateway(
            silent,
            good,
            health: health,
            impatience: Route.Timeouts(total: .milliseconds(60))
        )
        let unfinished = "POST /impatient HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"
        // On a busy machine the whole time may pass before there is a connection, which tells nothing.
        try await eventually {
            let status = try await gateway.exchange(unfinished).status
            #expect(status == 504)
            return !heads.all.isEmpty
        }
        #expect(await gateway.proxy.counts().upstreams.map(\.setAside) == [0, 0])
        await gateway.stop()
        await silent.stop()
        await good.stop()
    }
}
