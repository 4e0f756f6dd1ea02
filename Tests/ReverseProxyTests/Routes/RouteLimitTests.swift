import Testing

@testable import ReverseProxy

@Suite("Limits of a route")
struct RouteLimitTests {
    /// A request with a head of so many bytes.
    private static func request(_ path: String, headSize: Int) -> String {
        let start = "GET \(path) HTTP/1.1\r\nHost: a\r\nX: "
        return start + String(repeating: "x", count: headSize - start.utf8.count - 4) + "\r\n\r\n"
    }

    @Test(
        "A head of the limit passes, one byte more does not; other routes have their own",
        arguments: [
            ("/small/a", 300, 200), ("/small/a", 301, 431), ("/a", 301, 200), ("/a", 2_000, 200), ("/a", 2_001, 431),
            ("/large/a", 2_000, 200), ("/large/a", 2_001, 431),
        ]
    )
    func head(_ path: String, _ size: Int, _ status: Int) async throws {
        let upstream = try await TestUpstream.fixed("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let urls = try TestGateway.urls(upstream.port)
        let gateway = try await TestGateway.start(
            routes: [
                Route(
                    name: "small",
                    pathPrefix: "/small",
                    upstreams: urls,
                    authentication: .none,
                    maximumHeadSize: 300
                ),
                Route(
                    name: "large",
                    pathPrefix: "/large",
                    upstreams: urls,
                    authentication: .none,
                    maximumHeadSize: 4_000
                ),
                Route(name: "rest", upstreams: urls, authentication: .none),
            ],
            configuration: { $0.maximumHeadSize = 2_000 }
        )
        let answer = try await gateway.exchange(Self.request(path, headSize: size))
        #expect(answer.status == status)
        #expect((upstream.accepted == 0) == (status == 431))
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aRefusedHeadLeavesTheConnectionForTheNextRequest() async throws {
        let upstream = try await TestUpstream.fixed("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let gateway = try await TestGateway.start(upstream) { $0.maximumHeadSize = 300 }
        let client = try await gateway.connect()
        for (size, status) in [(301, 431), (300, 200), (301, 431)] {
            try await client.send(Self.request("/", headSize: size))
            #expect(try await client.readMessage().status == status)
        }
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
