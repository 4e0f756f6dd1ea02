import Synchronization
import Testing

@testable import ReverseProxy

@Suite("Reading the routes again while requests are under way")
struct ReloadTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func answer(_ text: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
    }

    private static func route(_ upstream: TestUpstream, name: String = "app") throws -> Route {
        Route(name: name, upstreams: try TestGateway.urls(upstream.port), authentication: .none)
    }

    @Test("A request under way ends where it began, the next one of the connection goes by the new routes")
    func requestUnderWay() async throws {
        let gate = Gate()
        let old = try await TestUpstream.start { connection in
            while !connection.isEnded {
                guard try await !connection.readMessage().startLine.isEmpty else { return }
                try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nold")
                await gate.wait()
                try await connection.send("old")
            }
        }
        let new = try await TestUpstream.fixed(Self.answer("new"))
        let gateway = try await TestGateway.start(routes: [try Self.route(old)])
        let client = try await gateway.connect()
        try await client.send(Self.get)
        _ = try await client.readHead()
        #expect(try await client.expect("old"))
        try await gateway.proxy.reload(try RouteTable([try Self.route(new)]))
        let other = try await gateway.exchange(Self.get)
        #expect(other.text == "new")
        gate.open()
        #expect(try await client.expect("old"))
        try await client.send(Self.get)
        #expect(try await client.readMessage().text == "new")
        // The old upstream's connection was in use at the time; the counts of the route went on.
        let counts = await gateway.proxy.counts()
        #expect(counts.routes.map(\.name) == ["app"])
        #expect(counts.routes[0].answers == [AnswerCount(method: "GET", statusClass: 2, count: 3)])
        #expect(counts.upstreams.map(\.connected).count == 2)
        await client.close()
        await gateway.stop()
        await old.stop()
        await new.stop()
    }

    @Test("A request that waits for its upstream's answer gets it, and a tunnel goes on")
    func waitingRequestAndTunnel() async throws {
        let gate = Gate()
        let old = try await TestUpstream.start { connection in
            let head = try await connection.readHead()
            if head.contains("Upgrade: websocket") {
                try await connection.send(TestUpstream.switching)
                try await connection.echo()
            } else {
                await gate.wait()
                try await connection.send(Self.answer("old"))
            }
        }
        let new = try await TestUpstream.fixed(Self.answer("new"))
        let gateway = try await TestGateway.start(routes: [try Self.route(old, name: "before")])
        let tunnel = try await gateway.openTunnel()
        let client = try await gateway.connect()
        try await client.send(Self.get)
        try await old.waitUntilOpen(2)
        try await gateway.wait(1) { $0.phase == .exchanging }
        try await gateway.proxy.reload(try RouteTable([try Self.route(new, name: "after")]))
        #expect(try await tunnel.roundTrip("ping"))
        gate.open()
        #expect(try await client.readMessage().text == "old")
        #expect(try await gateway.exchange(Self.get).text == "new")
        let counts = await gateway.proxy.counts()
        #expect(counts.routes.map(\.name) == ["before", "after"])
        #expect(counts.routes.map { $0.answers.map(\.count).reduce(0, +) } == [2, 1])
        #expect(counts.tunnels == 1)
        await tunnel.close()
        await client.close()
        await gateway.stop()
        await old.stop()
        await new.stop()
    }

    @Test("Idle connections to an upstream that no route has any more are closed")
    func idleConnections() async throws {
        let old = try await TestUpstream.echo()
        let new = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(routes: [try Self.route(old)])
        #expect(try await gateway.exchange(Self.get).status == 200)
        try await old.waitUntilOpen(1)
        try await gateway.proxy.reload(try RouteTable([try Self.route(new)]))
        try await old.waitUntilOpen(0)
        await gateway.stop()
        await old.stop()
        await new.stop()
    }

    @Test("A limit that is added counts what is under way, and gives each place back once")
    func limitThatIsAdded() async throws {
        let gates = [Gate(), Gate()]
        let turn = Atomic<Int>(0)
        let upstream = try await TestUpstream.start { connection in
            while !connection.isEnded {
                guard try await !connection.readMessage().startLine.isEmpty else { return }
                let number = turn.add(1, ordering: .sequentiallyConsistent).oldValue
                if number < gates.count { await gates[number].wait() }
                try await connection.send(Self.answer("ok"))
            }
        }
        var route = try Self.route(upstream)
        let gateway = try await TestGateway.start(routes: [route])
        let clients = [try await gateway.connect(), try await gateway.connect()]
        try await clients[0].send(Self.get)
        try await eventually { turn.load(ordering: .sequentiallyConsistent) == 1 }
        route.maximumInFlight = 1
        try await gateway.proxy.reload(try RouteTable([route]))
        #expect(try await gateway.exchange(Self.get).status == 503)
        gates[0].open()
        #expect(try await clients[0].readMessage().text == "ok")
        try await eventually {
            let connections = await gateway.proxy.counts().connections
            return connections.upstreams == connections.idleUpstreams
        }
        try await clients[1].send(Self.get)
        try await eventually { turn.load(ordering: .sequentiallyConsistent) == 2 }
        #expect(try await gateway.exchange(Self.get).status == 503)
        gates[1].open()
        #expect(try await clients[1].readMessage().text == "ok")
        try await eventually {
            let connections = await gateway.proxy.counts().connections
            return connections.upstreams == connections.idleUpstreams
        }
        #expect(try await gateway.exchange(Self.get).status == 200)
        for client in clients { await client.close() }
        await gateway.stop()
        await upstream.stop()
    }

    @Test("What a route asks for holds from the first request after the new routes are in force")
    func stricterRoute() async throws {
        let upstream = try await TestUpstream.echo()
        var route = try Self.route(upstream)
        let gateway = try await TestGateway.start(routes: [route])
        let client = try await gateway.connect()
        try await client.send(Self.get)
        #expect(try await client.readMessage().status == 200)
        route.authentication = .required
        try await gateway.proxy.reload(try RouteTable([route]))
        try await client.send(Self.get)
        #expect(try await client.readMessage().status == 401)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
