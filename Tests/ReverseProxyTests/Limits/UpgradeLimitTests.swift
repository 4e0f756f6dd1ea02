import Testing

@testable import ReverseProxy

@Suite("Limits of upgrades")
struct UpgradeLimitTests {
    /// A header `Origin` and whether the page that has it may open a WebSocket.
    struct Origin: Sendable, CustomTestStringConvertible {
        let lines: String
        let isAllowed: Bool

        var testDescription: String { self.lines.isEmpty ? "no Origin" : self.lines.debugDescription }
    }

    static let origins = [
        Origin(lines: "", isAllowed: true),
        Origin(lines: "Origin: https://apps.example.com\r\n", isAllowed: true),
        Origin(lines: "Origin: HTTPS://Apps.Example.com\r\n", isAllowed: true),
        Origin(lines: "Origin: https://a\r\n", isAllowed: true),
        Origin(lines: "Origin: https://partner.example:8443\r\n", isAllowed: true),
        Origin(lines: "Origin: http://a\r\n", isAllowed: false),
        Origin(lines: "Origin: http://apps.example.com\r\n", isAllowed: false),
        Origin(lines: "Origin: https://partner.example\r\n", isAllowed: false),
        Origin(lines: "Origin: https://apps.example.com.evil.example\r\n", isAllowed: false),
        Origin(lines: "Origin: https://evil.example\r\n", isAllowed: false),
        Origin(lines: "Origin: null\r\n", isAllowed: false),
        Origin(lines: "Origin: \r\n", isAllowed: false),
        Origin(lines: "Origin: https://a\r\nOrigin: https://a\r\n", isAllowed: false),
        Origin(lines: "Origin: https://a https://evil.example\r\n", isAllowed: false),
    ]

    private static func start(
        _ upstream: TestUpstream,
        authentication: Route.Authentication = .required
    ) async throws -> TestGateway {
        try await .start(upstream, authentication: authentication) { route in
            route.upgradeOrigins = ["https://partner.example:8443"]
        } configuration: { configuration in
            configuration.scheme = .https
            configuration.origin = "https://apps.example.com"
            configuration.limits.tunnelsPerSession = 2
        }
    }

    @Test("A page of another site opens no WebSocket", arguments: Self.origins)
    func origin(_ origin: Origin) async throws {
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await Self.start(upstream)
        let cookie = try gateway.sessions.signIn().cookie
        let client = try await gateway.connect()
        let lines = origin.lines + "Cookie: __Host-portico_session=\(cookie)\r\n"
        try await client.send(TestGateway.upgrade(lines))
        let answer = HTTPText(head: try await client.readHead())
        #expect(answer.status == (origin.isAllowed ? 101 : 403))
        if !origin.isAllowed { #expect(upstream.accepted == 0) }
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("Where no session is looked at, any page may")
    func withoutSession() async throws {
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await Self.start(upstream, authentication: .none)
        let client = try await gateway.connect()
        try await client.send(TestGateway.upgrade("Origin: https://evil.example\r\n"))
        #expect(try await client.readHead().hasPrefix("HTTP/1.1 101 "))
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("An ordinary request of another site is not asked")
    func ordinaryRequest() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await Self.start(upstream)
        let cookie = try gateway.sessions.signIn().cookie
        let answer = try await gateway.exchange(
            "GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n"
                + "Cookie: __Host-portico_session=\(cookie)\r\n\r\n"
        )
        #expect(answer.status == 200)
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A session has so many tunnels and no more; another has its own, and one that ends makes room")
    func tunnels() async throws {
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await Self.start(upstream)
        let (cookie, other) = (try gateway.sessions.signIn().cookie, try gateway.sessions.signIn().cookie)
        let open = [try await gateway.openTunnel(cookie: cookie), try await gateway.openTunnel(cookie: cookie)]
        let client = try await gateway.connect()
        let asking = TestGateway.upgrade("Cookie: __Host-portico_session=\(cookie)\r\n")
        try await client.send(asking)
        let refusal = try await client.readMessage()
        #expect(refusal.status == 429)
        #expect(refusal["Retry-After"] == "30")
        #expect(refusal.text.contains("too_many_tunnels"))
        let others = try await gateway.openTunnel(cookie: other)
        await open[0].close()
        try await eventually {
            let next = try await gateway.connect()
            try await next.send(asking)
            let head = try await next.readHead()
            await next.close()
            return head.hasPrefix("HTTP/1.1 101 ")
        }
        for connection in [open[1], others, client] { await connection.close() }
        try await eventually { gateway.proxy.settings.tunnels.sessionCount == 0 }
        await gateway.stop()
        await upstream.stop()
    }

    @Test("An upgrade that the upstream refuses gives its place back, on a connection that goes on")
    func refusedByTheUpstream() async throws {
        let upstream = try await TestUpstream.fixed("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        let gateway = try await Self.start(upstream)
        let cookie = try gateway.sessions.signIn().cookie
        let client = try await gateway.connect()
        for _ in 0..<3 {
            try await client.send(TestGateway.upgrade("Cookie: __Host-portico_session=\(cookie)\r\n"))
            #expect(try await client.readMessage().status == 400)
        }
        #expect(gateway.proxy.settings.tunnels.sessionCount == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
