import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import ReverseProxy

@Suite("Deadlines")
struct DeadlineTests {
    private static func silent() async throws -> TestUpstream {
        try await .start { connection in
            _ = try await connection.readHead()
            try await connection.waitForEnd()
        }
    }

    @Test func slowFirstByteIs504() async throws {
        let upstream = try await Self.silent()
        let gateway = try await TestGateway.start(upstream) { $0.timeouts.firstByte = .milliseconds(60) }
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = try await client.readMessage()
        #expect(answer.status == 504 && answer.text.contains("upstream_timeout"))
        #expect(answer["Connection"] == nil)
        #expect(await gateway.timeouts() == [.firstByte: 1])
        await client.close()
        try await upstream.waitUntilOpen(0)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func wholeTimeIs504() async throws {
        let upstream = try await Self.silent()
        let gateway = try await TestGateway.start(upstream) { $0.timeouts.total = .milliseconds(60) }
        #expect(try await gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 504)
        #expect(await gateway.timeouts() == [.total: 1])
        await gateway.stop()
        await upstream.stop()
    }

    @Test("the whole time counts from the head of the request, whatever is waited for first")
    func wholeTimeWithASlowDatabase() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await Task.sleep(for: .milliseconds(200))
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            try await connection.waitForEnd()
        }
        let sessions = TestSessions()
        sessions.state.withLock { $0.delay = .milliseconds(300) }
        let gateway = try await TestGateway.start(
            routes: [
                Route(
                    upstreams: try TestGateway.urls(upstream.port),
                    timeouts: Route.Timeouts(total: .milliseconds(400))
                )
            ],
            sessions: sessions
        )
        let cookie = try sessions.signIn().cookie
        let answer = try await gateway.exchange(
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n"
        )
        #expect(answer.status == 504)
        #expect(await gateway.timeouts() == [.total: 1])
        await gateway.stop()
        await upstream.stop()
    }

    @Test func slowConnectIs504AndALateConnectionServesNobodyElse() async throws {
        // A listener that accepts nobody: once its queue is full, connecting takes until it accepts.
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1)
            .serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let port = try #require(listener.localAddress?.port)
        let fillers = (0..<2)
            .map { _ in
                ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port)
            }
        for filler in fillers { _ = try await filler.get() }
        let other = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(routes: [
            Route(
                name: "slow",
                pathPrefix: "/slow",
                upstreams: try TestGateway.urls(port),
                authentication: .none,
                timeouts: Route.Timeouts(connect: .milliseconds(60))
            ),
            Route(
                name: "cut",
                pathPrefix: "/cut",
                upstreams: try TestGateway.urls(port),
                authentication: .none,
                timeouts: Route.Timeouts(total: .milliseconds(60))
            ),
            Route(name: "other", upstreams: try TestGateway.urls(other.port), authentication: .none),
        ])
        let client = try await gateway.connect()
        for path in ["/slow", "/cut"] {
            try await client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.readMessage().status == 504)
            try await client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.readMessage().text.hasPrefix("GET /x "))
        }
        #expect(await gateway.timeouts() == [.connect: 1])
        #expect(await gateway.timeouts(ofRoute: 1) == [.total: 1])
        await client.close()
        try await listener.close()
        for filler in fillers { try? await filler.get().close() }
        await gateway.stop()
        await other.stop()
    }

    @Test func pauseWithinTheAnswerBreaksIt() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream) { $0.timeouts.idle = .milliseconds(60) }
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try await client.waitForEnd()
        #expect(client.wasReset)
        #expect(await gateway.timeouts() == [.idle: 1])
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func slowHeadIs408() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, configuration: { $0.headTimeout = .milliseconds(60) })
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/1.1\r\nHost:")
        let answer = try await client.readMessage()
        #expect(answer.status == 408 && answer["Connection"] == "close")
        try await client.waitForEnd()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func slowBodyIs408() async throws {
        let upstream = try await Self.silent()
        let gateway = try await TestGateway.start(upstream, configuration: { $0.bodyIdleTimeout = .milliseconds(60) })
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        let answer = try await client.readMessage()
        #expect(answer.status == 408 && answer["Connection"] == "close")
        // It is not the upstream that was slow.
        #expect(await gateway.timeouts() == [:])
        try await client.waitForEnd()
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func idleClientConnectionsAreClosed() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(
            upstream,
            configuration: { $0.keepAliveTimeout = .milliseconds(60) }
        )
        let client = try await gateway.connect()
        try await client.waitForEnd()
        #expect(client.buffered.isEmpty)
        try await gateway.waitForNoConnections()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func idleUpstreamConnectionsAreClosed() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(
            upstream,
            configuration: { $0.upstreamIdleTimeout = .milliseconds(60) }
        )
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.readMessage().status == 200)
        try await upstream.waitUntilOpen(0)
        #expect(await gateway.proxy.counts().connections == ConnectionCounts(clients: 1))
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func stoppingFinishesWhatRunsAndClosesTheRest() async throws {
        let gate = Gate()
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            await gate.wait()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream)
        let idle = try await gateway.connect()
        let busy = try await gateway.connect()
        try await busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try await upstream.waitUntilOpen(1)
        async let stopped: Void = gateway.stop()
        try await idle.waitForEnd()
        // The busy connection may be on another event loop, which hears of the stop at another time.
        try await gateway.waitUntilStopping()
        gate.open()
        let answer = try await busy.readMessage()
        #expect(answer.text == "ok" && answer["Connection"] == "close")
        try await busy.waitForEnd()
        await busy.close()
        await stopped
        #expect(await gateway.proxy.counts().connections.clients == 0)
        await upstream.stop()
    }

    /// A listener that is closing may lose what it has just accepted, so that nobody would wait for its request.
    @Test func whatIsAcceptedWhileStoppingIsClosedUnanswered() async throws {
        let gate = Gate()
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            await gate.wait()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            try await connection.waitForEnd()
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let gateway = try await TestGateway.start(
            routes: [Route(upstreams: try TestGateway.urls(upstream.port), authentication: .none)],
            group: group
        )
        let busy = try await gateway.connect()
        try await busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try await upstream.waitUntilOpen(1)
        async let stopped: Void = gateway.proxy.stop()
        try await gateway.waitUntilStopping()
        let late = try await gateway.connect()
        try? await late.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        // Its end may be a reset.
        try? await late.waitForEnd()
        gate.open()
        #expect(try await busy.readMessage().text == "ok")
        await stopped
        #expect(late.take(1).isEmpty && upstream.accepted == 1)
        await busy.close()
        await late.close()
        await gateway.stop()
        await upstream.stop()
        try await group.shutdownGracefully()
    }

    @Test func stoppingBreaksWhatRunsAtTheDeadline() async throws {
        let upstream = try await Self.silent()
        let gateway = try await TestGateway.start(upstream, configuration: { $0.shutdownDeadline = .milliseconds(60) })
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try await upstream.waitUntilOpen(1)
        await gateway.stop()
        try await client.waitForEnd()
        #expect(client.buffered.isEmpty)
        await client.close()
        await upstream.stop()
    }
}

extension TestGateway {
    /// The limits of time of a route that passed.
    func timeouts(ofRoute route: Int = 0) async -> [RouteTimeout: UInt64] {
        await self.proxy.counts().routes[route].timeouts.filter { $0.value > 0 }
    }
}
