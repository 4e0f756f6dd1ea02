import Testing

@testable import ReverseProxy

@Suite("Handing over to the control plane")
struct ControlPlaneTests {
    @Test(
        "tells what is whose",
        arguments: [
            ("/.portico", true), ("/.portico/", true), ("/.portico/sign-in?rd=/x", true), ("/.porticos", false),
            ("/.portico.css", false), ("/x/.portico/sign-in", false), ("/.well-known/portico/jwks.json", true),
            ("/.well-known/porticox", false), ("/.well-known/acme", false), ("/?/.portico/", false),
            ("/.Portico/", false),
        ]
    )
    func tellsWhatIsWhose(_ path: String, _ isControl: Bool) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let text = try await gateway.exchange("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n").text
        #expect(text.hasPrefix(isControl ? "control GET \(path)" : "GET \(path) HTTP/1.1\n"))
        #expect(gateway.installations == (isControl ? 1 : 0))
        await gateway.stop()
        await upstream.stop()
    }

    @Test("the two sides take turns on one connection", arguments: [false, true])
    func takeTurns(_ isPipelined: Bool) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        let requests: [(request: String, answer: String)] = [
            ("GET /a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a HTTP/1.1\n"),
            ("GET /.portico/1 HTTP/1.1\r\nHost: a\r\n\r\n", "control GET /.portico/1"),
            ("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxy", "POST /b HTTP/1.1\n"),
            ("POST /.portico/2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxy", "control POST /.portico/2 xy"),
            (
                "POST /.portico/3/chunked HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;e\r\nx\r\n0\r\n\r\n",
                "control POST /.portico/3/chunked x"
            ),
            ("GET /.portico/4 HTTP/1.1\r\nHost: a\r\n\r\n", "control GET /.portico/4"),
            ("GET /c HTTP/1.1\r\nHost: a\r\n\r\n", "GET /c HTTP/1.1\n"),
        ]
        if isPipelined { try await client.send(requests.map(\.request).joined()) }
        for (request, answer) in requests {
            if !isPipelined { try await client.send(request) }
            let received = try await client.readMessage().text
            #expect(received.hasPrefix(answer))
        }
        #expect(gateway.installations == 1)
        await client.close()
        try await gateway.waitForNoConnections(leavingIdle: true)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aRequestHiddenInABodyReachesNeitherSide() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        let client = try await gateway.connect()
        let hidden = "GET /admin HTTP/1.1\r\nHost: a\r\nX-Portico-Role: ADMIN\r\n\r\n"
        try await client.send(
            "POST /.portico/1 HTTP/1.1\r\nHost: a\r\nContent-Length: \(hidden.utf8.count)\r\n\r\n\(hidden)"
                + "GET /after HTTP/1.1\r\nHost: a\r\n\r\n"
        )
        #expect(try await client.readMessage().text == "control POST /.portico/1 \(hidden)")
        #expect(try await client.readMessage().status == 401)
        #expect(upstream.accepted == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aMalformedRequestBehindAControlRequestIsRefused() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(
            "GET /.portico/1 HTTP/1.1\r\nHost: a\r\n\r\nGET /.portico/2 HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n"
        )
        #expect(try await client.readMessage().status == 200)
        #expect(try await client.readMessage().status == 400)
        try await client.waitForEnd()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func answersAnExpectationOfTheControlPlane() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(
            "POST /.portico/1 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        )
        #expect(try await client.readMessage().status == 100)
        try await client.send("ok")
        #expect(try await client.readMessage().text == "control POST /.portico/1 ok")
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("an expectation that nobody knows, or without a body to wait for, is none of the control plane")
    func otherExpectations() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let unknown = "POST /.portico/1 HTTP/1.1\r\nHost: a\r\nExpect: more\r\nContent-Length: 2\r\n\r\nok"
        #expect(try await gateway.exchange(unknown).status == 417)
        let client = try await gateway.connect()
        for _ in 0..<2 {
            try await client.send("GET /.portico/1 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.readMessage().status == 200)
        }
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("a body that drips is cut off, though some of it always comes", .timeLimit(.minutes(3)))
    func drippingBody() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(
            upstream,
            configuration: { $0.controlBodyTimeout = .milliseconds(100) }
        )
        let client = try await gateway.connect()
        try await client.send("POST /.portico/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
        let drip = Task {
            while !Task.isCancelled {
                try await client.send("x")
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        try await client.waitForEnd()
        drip.cancel()
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func closesAfterTheLastControlRequest() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(
            "GET /.portico/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n"
        )
        #expect(try await client.readMessage().status == 200)
        try await client.waitForEnd()
        #expect(client.buffered.isEmpty && upstream.accepted == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
