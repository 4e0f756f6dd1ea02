import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import ReverseProxy

@Suite("Several upstreams of a route")
struct SeveralUpstreamsTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    /// Nobody listens on these ports, which are below 1024.
    private static let deadPorts = [9, 1]
    private static let once = UpstreamHealthLimits(failures: 1, shortest: .seconds(3_600), longest: .seconds(3_600))

    /// An upstream that answers with its name, and ends the first connections when it has read a head of them.
    private static func named(
        _ name: String,
        breaking count: Int = 0,
        heads: ReceivedHeads = ReceivedHeads()
    ) async throws -> TestUpstream {
        let broken = Atomic<Int>(0)
        return try await .start { connection in
            while !connection.isEnded {
                let request = try await connection.readMessage()
                guard !request.startLine.isEmpty else { return }
                heads.add("\(request.startLine)|\(request.text)")
                if broken.add(1, ordering: .sequentiallyConsistent).oldValue < count { return }
                try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(name.utf8.count)\r\n\r\n\(name)")
            }
        }
    }

    /// A gateway whose clients share one event loop.
    private static func gateway(
        _ ports: [Int],
        health: UpstreamHealthLimits = once,
        route change: (inout Route) -> Void = { _ in }
    ) async throws -> TestGateway {
        var route = Route(upstreams: try ports.flatMap(TestGateway.urls), authentication: .none)
        change(&route)
        return try await .start(
            routes: [route],
            group: MultiThreadedEventLoopGroup.singleton.next(),
            configuration: { $0.upstreamHealth = health }
        )
    }

    @Test func takesTurnsWhileNobodyWaits() async throws {
        let upstreams = [try await Self.named("a"), try await Self.named("b"), try await Self.named("c")]
        let gateway = try await Self.gateway(upstreams.map(\.port))
        let client = try await gateway.connect()
        var names: [String] = []
        for _ in 0..<6 {
            try await client.send(Self.get)
            names.append(try await client.readMessage().text)
        }
        #expect(names == ["a", "b", "c", "a", "b", "c"])
        await client.close()
        await gateway.stop()
        for upstream in upstreams { await upstream.stop() }
    }

    @Test func prefersTheUpstreamWithTheFewestRequests() async throws {
        let gate = Gate()
        let heads = ReceivedHeads()
        let slow = try await TestUpstream.start { connection in
            heads.add(try await connection.readHead())
            await gate.wait()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow")
            try await connection.waitForEnd()
        }
        let quick = try await Self.named("quick")
        let gateway = try await Self.gateway([slow.port, quick.port])
        let waiting = try await gateway.connect()
        try await waiting.send(Self.get)
        try await eventually { heads.all.count == 1 }
        let client = try await gateway.connect()
        for _ in 0..<4 {
            try await client.send(Self.get)
            #expect(try await client.readMessage().text == "quick")
        }
        #expect(heads.all.count == 1)
        gate.open()
        #expect(try await waiting.readMessage().text == "slow")
        await waiting.close()
        await client.close()
        await gateway.stop()
        await slow.stop()
        await quick.stop()
    }

    @Test(
        "A request of which nothing was sent goes to another upstream, whatever its method",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1|"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody", "POST / HTTP/1.1|body"),
            (
                "PATCH / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
                "PATCH / HTTP/1.1|body"
            ),
        ]
    )
    func nothingSent(_ request: String, _ received: String) async throws {
        let heads = ReceivedHeads()
        let upstream = try await Self.named("a", heads: heads)
        let gateway = try await Self.gateway(Self.deadPorts + [upstream.port])
        let client = try await gateway.connect()
        for _ in 0..<3 {
            try await client.send(request)
            #expect(try await client.readMessage().text == "a")
        }
        #expect(heads.all == [received, received, received])
        // The first request finds both dead; from then on they are set aside.
        let counts = await gateway.proxy.counts().upstreams
        #expect(counts.map(\.connectFailures) == [1, 1, 0])
        #expect(counts.map(\.setAside) == [1, 1, 0])
        #expect(counts.map(\.loopsAside) == [1, 1, 0])
        #expect(counts.map(\.retries) == [0, 1, 1])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "A request that was sent goes nowhere else when a new connection breaks",
        arguments: ["GET", "HEAD", "PUT", "DELETE", "POST"]
    )
    func sent(_ method: String) async throws {
        let heads = ReceivedHeads()
        let breaking = try await Self.named("a", breaking: 1, heads: heads)
        let other = try await Self.named("b", heads: heads)
        let gateway = try await Self.gateway([breaking.port, other.port])
        let client = try await gateway.connect()
        try await client.send("\(method) / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
        #expect(try await client.readMessage(isHEAD: method == "HEAD").status == 502)
        #expect(heads.all == ["\(method) / HTTP/1.1|"])
        // It broke a request, so it is set aside.
        for _ in 0..<3 {
            try await client.send(Self.get)
            #expect(try await client.readMessage().text == "b")
        }
        #expect(await gateway.proxy.counts().upstreams.map(\.setAside) == [1, 0])
        await client.close()
        await gateway.stop()
        await breaking.stop()
        await other.stop()
    }

    @Test func triesUpstreamsThatAreSetAsideWhenNoOtherIsLeft() async throws {
        let upstreams = [try await Self.named("a", breaking: 1), try await Self.named("b", breaking: 1)]
        let gateway = try await Self.gateway(upstreams.map(\.port))
        let client = try await gateway.connect()
        for _ in 0..<2 {
            try await client.send(Self.get)
            #expect(try await client.readMessage().status == 502)
        }
        #expect(await gateway.proxy.counts().upstreams.map(\.loopsAside) == [1, 1])
        for _ in 0..<3 {
            try await client.send(Self.get)
            #expect(try await client.readMessage().text == "a")
        }
        // The one that answered is trusted again, the other waits for its time.
        #expect(await gateway.proxy.counts().upstreams.map(\.loopsAside) == [0, 1])
        await client.close()
        await gateway.stop()
        for upstream in upstreams { await upstream.stop() }
    }

    @Test func isNotReachedWhenAllAreDead() async throws {
        let gateway = try await Self.gateway(Self.deadPorts)
        for _ in 0..<2 { #expect(try await gateway.exchange(Self.get).status == 502) }
        #expect(await gateway.proxy.counts().upstreams.map(\.connectFailures) == [2, 2])
        await gateway.stop()
    }

    @Test func triesAnUpstreamAgainWhenItsTimeIsUp() async throws {
        let upstreams = [try await Self.named("a", breaking: 1), try await Self.named("b")]
        let gateway = try await Self.gateway(
            upstreams.map(\.port),
            health: UpstreamHealthLimits(failures: 1, shortest: .milliseconds(1), longest: .milliseconds(1))
        )
        let client = try await gateway.connect()
        try await client.send(Self.get)
        #expect(try await client.readMessage().status == 502)
        try await eventually {
            try await client.send(Self.get)
            return try await client.readMessage().text == "a"
        }
        let counts = await gateway.proxy.counts().upstreams
        #expect(counts.map(\.loopsAside) == [0, 0] && counts.map(\.setAside) == [1, 0])
        await client.close()
        await gateway.stop()
        for upstream in upstreams { await upstream.stop() }
    }

    @Test(
        "A request is not sent again once a byte of an answer came, on a connection that had been idle too",
        arguments: ["H", "HTTP/1.1 103 Early Hints\r\n\r\n"]
    )
    func partOfAnAnswer(_ part: String) async throws {
        let heads = ReceivedHeads()
        let upstream = try await TestUpstream.start { connection in
            heads.add(try await connection.readHead())
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            let second = try await connection.readHead()
            guard !second.isEmpty else { return }
            heads.add(second)
            try await connection.send(part)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(Self.get)
        #expect(try await client.readMessage().text == "ok")
        try await client.send(Self.get)
        var answer = try await client.readMessage()
        while answer.status == 103 { answer = try await client.readMessage() }
        #expect(answer.status == 502)
        #expect(heads.all.count == 2 && upstream.accepted == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
