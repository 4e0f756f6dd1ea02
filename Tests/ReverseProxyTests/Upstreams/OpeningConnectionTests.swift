import Testing

@testable import ReverseProxy

@Suite("A connection to an upstream as it opens")
struct OpeningConnectionTests {
    /// The request ends at the moment when it gets the connection.
    @Test("is forgotten when its request is given up at that moment")
    func givenUp() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        for _ in 0..<3 {
            let broken = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"
            #expect(try await gateway.exchange(broken).status == 400)
        }
        try await eventually { await gateway.proxy.counts().upstreams.map(\.open) == [0] }
        await gateway.stop()
        await upstream.stop()
    }
}
