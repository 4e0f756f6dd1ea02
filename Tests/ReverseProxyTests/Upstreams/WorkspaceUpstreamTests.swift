import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Upstreams of a workspace")
struct WorkspaceUpstreamTests {
    private static func named(_ name: String) async throws -> TestUpstream {
        try await .fixed("HTTP/1.1 200 OK\r\nContent-Length: \(name.utf8.count)\r\n\r\n\(name)")
    }

    private static func request(_ cookie: String?, _ line: String = "X: y") -> String {
        let cookies = cookie.map { "Cookie: __Host-portico_session=\($0)\r\n" } ?? ""
        return "GET / HTTP/1.1\r\nHost: a\r\n\(cookies)\(line)\r\n\r\n"
    }

    /// A route of everybody with a workspace that has an upstream of its own.
    private static func gateway(
        _ upstream: TestUpstream,
        company: String,
        port: Int,
        authentication: Route.Authentication = .required
    ) async throws -> TestGateway {
        let company = try #require(CompanyID(company))
        let urls = try TestGateway.urls(port)
        return try await .start(upstream, authentication: authentication) { $0.workspaces = [company: urls] }
    }

    @Test(
        "A session goes to the upstream of its workspace, whatever the case of the Company ID",
        arguments: [("company-a", "own"), ("Company-A", "own"), ("company-b", "shared"), ("company-a.b", "shared")]
    )
    func session(_ company: String, _ expected: String) async throws {
        let shared = try await Self.named("shared")
        let own = try await Self.named("own")
        let gateway = try await Self.gateway(shared, company: "COMPANY-a", port: own.port)
        let cookie = try gateway.sessions.signIn(company: company).cookie
        let client = try await gateway.connect()
        for _ in 0..<3 {
            try await client.send(Self.request(cookie))
            #expect(try await client.readMessage().text == expected)
        }
        await client.close()
        await gateway.stop()
        await shared.stop()
        await own.stop()
    }

    @Test("Sessions of several workspaces on one connection go each to their own")
    func oneConnection() async throws {
        let shared = try await Self.named("shared")
        let own = try await Self.named("own")
        let gateway = try await Self.gateway(shared, company: "company-a", port: own.port, authentication: .optional)
        let cookies: [(String?, String)] = [
            (try gateway.sessions.signIn(company: "company-a").cookie, "own"), (nil, "shared"),
            (try gateway.sessions.signIn(company: "company-b").cookie, "shared"),
        ]
        let client = try await gateway.connect()
        for (cookie, expected) in cookies + cookies.reversed() + cookies {
            try await client.send(Self.request(cookie))
            #expect(try await client.readMessage().text == expected)
        }
        await client.close()
        await gateway.stop()
        await shared.stop()
        await own.stop()
    }

    @Test(
        "Nobody without a session gets there",
        arguments: [
            (nil, "X: y"), (nil, "X-Portico-Workspace: company-a"), (nil, "X_Portico_Workspace: company-a"),
            ("unknown", "X: y"), ("revoked", "X: y"), ("revoked", "X-Portico-Workspace: company-a"),
        ] as [(String?, String)]
    )
    func anonymous(_ cookie: String?, _ line: String) async throws {
        let shared = try await Self.named("shared")
        let own = try await Self.named("own")
        let gateway = try await Self.gateway(shared, company: "company-a", port: own.port, authentication: .optional)
        let (revoked, session) = try gateway.sessions.signIn(company: "company-a")
        gateway.sessions.revoke(session)
        let value = cookie.map { $0 == "revoked" ? revoked : $0 }
        #expect(try await gateway.exchange(Self.request(value, line)).text == "shared")
        #expect(own.accepted == 0)
        await gateway.stop()
        await shared.stop()
        await own.stop()
    }

    @Test func staysWithTheWorkspaceWhenItsUpstreamIsDead() async throws {
        let shared = try await Self.named("shared")
        // Nobody listens on a port below 1024.
        let gateway = try await Self.gateway(shared, company: "company-a", port: 9)
        let cookie = try gateway.sessions.signIn(company: "company-a").cookie
        for _ in 0..<5 { #expect(try await gateway.exchange(Self.request(cookie)).status == 502) }
        #expect(shared.accepted == 0)
        await gateway.stop()
        await shared.stop()
    }

    @Test func hasTheRoutesLimit() async throws {
        let gate = Gate()
        let shared = try await Self.named("shared")
        let own = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            await gate.wait()
            try await connection.send("HTTP/1.1 204 No Content\r\n\r\n")
            try await connection.waitForEnd()
        }
        let company = try #require(CompanyID("company-a"))
        let urls = try TestGateway.urls(own.port)
        let gateway = try await TestGateway.start(shared, authentication: .optional) { route in
            route.workspaces = [company: urls]
            route.maximumInFlight = 1
        }
        let cookie = try gateway.sessions.signIn(company: "company-a").cookie
        let client = try await gateway.connect()
        try await client.send(Self.request(cookie))
        try await own.waitUntilOpen(1)
        #expect(try await gateway.exchange(Self.request(cookie)).status == 503)
        #expect(try await gateway.exchange(Self.request(nil)).text == "shared")
        gate.open()
        #expect(try await client.readMessage().status == 204)
        await client.close()
        await gateway.stop()
        await shared.stop()
        await own.stop()
    }
}
