import NIOCore
import Testing

@testable import ReverseProxy

@Suite("The limit of requests in flight")
struct UpstreamLimitTests {
    /// A way for a request to end.
    struct Ending: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// What the upstream sends; `nil` is nothing until its connection ends.
        let answer: String?
        /// Whether the client leaves first.
        var clientLeaves = false
        /// Whether the route's time for the first byte is short.
        var timesOut = false
    }

    static let endings = [
        Ending(testDescription: "an answer", answer: "HTTP/1.1 204 No Content\r\n\r\n"),
        Ending(
            testDescription: "an answer on a connection that ends",
            answer: "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
        ),
        Ending(testDescription: "no answer", answer: ""),
        Ending(testDescription: "half an answer", answer: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx"),
        Ending(testDescription: "what is not HTTP", answer: "garbage\r\n\r\n"),
        Ending(testDescription: "a client that leaves", answer: nil, clientLeaves: true),
        Ending(testDescription: "a timeout", answer: nil, timesOut: true),
        Ending(
            testDescription: "a tunnel",
            answer: TestUpstream.switching
        ),
    ]

    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    /// An upstream whose requests for `/held` wait at a gate.
    private static func holding(_ gate: Gate, heads: ReceivedHeads) async throws -> TestUpstream {
        try await .start { connection in
            while !connection.isEnded {
                let head = try await connection.readHead()
                guard !head.isEmpty else { return }
                heads.add(head)
                if head.hasPrefix("GET /held") { await gate.wait() }
                try await connection.send(Self.ok)
            }
        }
    }

    private static func get(_ path: String, _ line: String = "X: y") -> String {
        "GET \(path) HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n"
    }

    @Test("A request beyond the limit is a 503, whichever event loop has the others")
    func full() async throws {
        let gate = Gate()
        let heads = ReceivedHeads()
        let upstream = try await Self.holding(gate, heads: heads)
        let gateway = try await TestGateway.start(upstream) { $0.maximumInFlight = 3 }
        var clients: [RawConnection] = []
        for count in 1...3 {
            let client = try await gateway.connect()
            try await client.send(Self.get("/held"))
            try await eventually { heads.all.count == count }
            clients.append(client)
        }
        // Connections are dealt out to the event loops in turn.
        for _ in 0..<4 {
            let refused = try await gateway.exchange(Self.get("/more"))
            #expect(refused.status == 503 && refused.all("Retry-After") == ["1"])
            #expect(refused.text.contains("\"code\":\"upstream_full\""))
        }
        let page = try await gateway.exchange(Self.get("/more", "Accept: text/html"))
        #expect(page.status == 503 && page.text.hasPrefix("<p>upstream_full "))
        #expect(heads.all.count == 3)
        gate.open()
        for client in clients {
            #expect(try await client.readMessage().text == "ok")
            await client.close()
        }
        #expect(try await gateway.exchange(Self.get("/more")).status == 200)
        #expect(await gateway.proxy.counts().refusals[.upstreamFull] == 5)
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A request that has ended leaves room for the next, however it ended", arguments: Self.endings)
    func room(_ ending: Ending) async throws {
        let heads = ReceivedHeads()
        let upstream = try await TestUpstream.start { connection in
            while !connection.isEnded {
                let head = try await connection.readHead()
                guard !head.isEmpty else { return }
                heads.add(head)
                guard head.hasPrefix("GET /ending") else {
                    try await connection.send(Self.ok)
                    continue
                }
                guard let answer = ending.answer else { return try await connection.waitForEnd() }
                try await connection.send(answer)
                if !answer.contains("204 No Content\r\n\r\n") { return }
            }
        }
        let gateway = try await TestGateway.start(upstream) { route in
            route.maximumInFlight = 1
            if ending.timesOut { route.timeouts.firstByte = .milliseconds(60) }
        }
        let client = try await gateway.connect()
        try await client.send(Self.get("/ending", "Connection: upgrade\r\nUpgrade: websocket"))
        try await eventually { heads.all.contains { $0.hasPrefix("GET /ending") } }
        if ending.clientLeaves { await client.close() }
        try await eventually { try await gateway.exchange(Self.get("/next")).status == 200 }
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aTunnelIsARequestInFlight() async throws {
        let upstream = try await TestUpstream.start { connection in
            let head = try await connection.readHead()
            try await connection.send(head.contains("websocket") ? TestUpstream.switching : Self.ok)
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream) { $0.maximumInFlight = 1 }
        let client = try await gateway.connect()
        try await client.send(Self.get("/", "Connection: upgrade\r\nUpgrade: websocket"))
        #expect(try await client.readHead().hasPrefix("HTTP/1.1 101 "))
        #expect(try await gateway.exchange(Self.get("/")).status == 503)
        await client.close()
        try await eventually { try await gateway.exchange(Self.get("/")).status == 200 }
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aConnectionThatIsNotOpenedLeavesRoom() async throws {
        // Nobody listens on a port below 1024.
        let route = Route(upstreams: try TestGateway.urls(9), authentication: .none, maximumInFlight: 1)
        let gateway = try await TestGateway.start(routes: [route])
        for _ in 0..<3 { #expect(try await gateway.exchange(Self.get("/")).status == 502) }
        await gateway.stop()
    }

    @Test("Full upstreams are passed over, and requests of other routes count")
    func passedOver() async throws {
        let gate = Gate()
        let heads = (ReceivedHeads(), ReceivedHeads())
        let upstreams = (
            try await Self.holding(gate, heads: heads.0), try await Self.holding(gate, heads: heads.1)
        )
        let first = try TestGateway.urls(upstreams.0.port)
        let both = first + (try TestGateway.urls(upstreams.1.port))
        let gateway = try await TestGateway.start(routes: [
            Route(name: "limited", upstreams: both, authentication: .none, maximumInFlight: 1),
            Route(name: "free", pathPrefix: "/held/free", upstreams: first, authentication: .none),
        ])
        let clients = [try await gateway.connect(), try await gateway.connect(), try await gateway.connect()]
        try await clients[0].send(Self.get("/held/free"))
        try await eventually { heads.0.all.count == 1 }
        try await clients[1].send(Self.get("/held/limited"))
        try await eventually { heads.1.all.count == 1 }
        #expect(try await gateway.exchange(Self.get("/next")).status == 503)
        // The route without a limit is not bound by the other's.
        try await clients[2].send(Self.get("/held/free"))
        try await eventually { heads.0.all.count == 2 }
        #expect(heads.1.all.count == 1)
        gate.open()
        for client in clients {
            #expect(try await client.readMessage().text == "ok")
            await client.close()
        }
        #expect(try await gateway.exchange(Self.get("/next")).status == 200)
        await gateway.stop()
        await upstreams.0.stop()
        await upstreams.1.stop()
    }
}
