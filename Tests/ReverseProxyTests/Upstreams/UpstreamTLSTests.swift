import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import ReverseProxy

@Suite("TLS to upstreams")
struct UpstreamTLSTests {
    /// One change to settings that suit the upstream, and a gateway that gets no answer then.
    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let apply: @Sendable (inout UpstreamTLS) throws -> Void
    }

    static let defects = [
        Defect(testDescription: "the system's authorities") { $0.authorities = nil },
        Defect(testDescription: "another authority") {
            $0.authorities = try TestTLS.certificates("FetchingTests", "authority")
        },
        Defect(testDescription: "no authority") { $0.authorities = [] },
        Defect(testDescription: "a name that the certificate has not") { $0.serverName = "reports.test" },
        Defect(testDescription: "the address of the URL, which the certificate has not") { $0.serverName = nil },
        Defect(testDescription: "no certificate of the gateway") {
            $0.certificates = []
            $0.key = nil
        },
        Defect(testDescription: "a certificate of another authority") {
            $0.certificates = try TestTLS.certificates("FetchingTests", "server")
            $0.key = try TestTLS.key("FetchingTests", "server")
        },
    ]

    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func urls(_ upstream: TestUpstream) throws -> [UpstreamURL] {
        [try #require(UpstreamURL("https://127.0.0.1:\(upstream.port)"))]
    }

    private static func echo(heads: ReceivedHeads) async throws -> TestUpstream {
        try await .start(tls: try TestTLS.upstream()) { connection in
            while !connection.isEnded {
                let request = try await connection.readMessage()
                guard !request.startLine.isEmpty else { return }
                heads.add(request.startLine)
                try await connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: \(request.text.utf8.count)\r\n\r\n\(request.text)"
                )
            }
        }
    }

    @Test("A request reaches an upstream with the route's authority, certificate and name for it")
    func valid() async throws {
        let heads = ReceivedHeads()
        let upstream = try await Self.echo(heads: heads)
        let gateway = try await TestGateway.start(routes: [
            Route(upstreams: try Self.urls(upstream), authentication: .none, tls: try TestTLS.route())
        ])
        let client = try await gateway.connect()
        let body = String(repeating: "x", count: 100_000)
        for _ in 0..<2 {
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n\(body)")
            #expect(try await client.readMessage().text == body)
        }
        #expect(upstream.accepted == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("The address of the URL is a name that a certificate can have")
    func address() async throws {
        let upstream = try await TestUpstream.start(tls: try TestTLS.server()) { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
        let tls = UpstreamTLS(authorities: try TestTLS.certificates("FetchingTests", "authority"))
        let gateway = try await TestGateway.start(routes: [
            Route(upstreams: try Self.urls(upstream), authentication: .none, tls: tls)
        ])
        #expect(try await gateway.exchange(Self.get).text == "ok")
        await gateway.stop()
        await upstream.stop()
    }

    @Test("One setting that does not suit the upstream", arguments: Self.defects)
    func defect(_ defect: Defect) async throws {
        let heads = ReceivedHeads()
        let upstream = try await Self.echo(heads: heads)
        var tls = try TestTLS.route()
        try defect.apply(&tls)
        let gateway = try await TestGateway.start(routes: [
            Route(upstreams: try Self.urls(upstream), authentication: .none, tls: tls)
        ])
        let answer = try await gateway.exchange(Self.get)
        #expect(answer.status == 502 && answer.text.contains("upstream_unreachable"))
        #expect(heads.all.isEmpty)
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A handshake that fails is a connection that was not opened: any request goes elsewhere")
    func elsewhere() async throws {
        let heads = ReceivedHeads()
        let upstream = try await Self.echo(heads: heads)
        let other = try await TestUpstream.echo()
        var tls = try TestTLS.route()
        tls.serverName = "reports.test"
        let gateway = try await TestGateway.start(routes: [
            Route(
                upstreams: try Self.urls(upstream) + TestGateway.urls(other.port),
                authentication: .none,
                tls: tls,
                maximumInFlight: 1
            )
        ])
        let answer = try await gateway.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody")
        #expect(answer.status == 200 && answer.text.hasSuffix("\n\nbody"))
        #expect(heads.all.isEmpty)
        let counts = await gateway.proxy.counts().upstreams
        #expect(counts.map(\.connectFailures) == [1, 0] && counts.map(\.retries) == [0, 1])
        try await eventually { await gateway.proxy.counts().upstreams.map(\.open) == [0, 1] }
        await gateway.stop()
        await upstream.stop()
        await other.stop()
    }

    @Test func aHandshakeIsPartOfConnecting() async throws {
        let silent = try await TestUpstream.start { try await $0.waitForEnd() }
        let gateway = try await TestGateway.start(routes: [
            Route(
                upstreams: try Self.urls(silent),
                authentication: .none,
                timeouts: Route.Timeouts(connect: .milliseconds(60))
            )
        ])
        #expect(try await gateway.exchange(Self.get).status == 504)
        #expect(await gateway.timeouts() == [.connect: 1])
        try await silent.waitUntilOpen(0)
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await silent.stop()
    }

    @Test("Routes with other settings have other connections to the same upstream")
    func separate() async throws {
        let heads = ReceivedHeads()
        let upstream = try await Self.echo(heads: heads)
        let urls = try Self.urls(upstream)
        let gateway = try await TestGateway.start(routes: [
            Route(name: "a", pathPrefix: "/a", upstreams: urls, authentication: .none, tls: try TestTLS.route()),
            Route(name: "b", pathPrefix: "/b", upstreams: urls, authentication: .none, tls: try TestTLS.route()),
            Route(name: "c", pathPrefix: "/c", upstreams: urls, authentication: .none),
        ])
        let client = try await gateway.connect()
        for (path, status) in [("/a", 200), ("/b", 200), ("/c", 502), ("/a", 200)] {
            try await client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.readMessage().status == status)
        }
        #expect(heads.all.count == 3)
        let counts = await gateway.proxy.counts().upstreams
        #expect(counts.map(\.origin) == urls)
        #expect(counts.map(\.connected) == [1] && counts.map(\.connectFailures) == [1])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
