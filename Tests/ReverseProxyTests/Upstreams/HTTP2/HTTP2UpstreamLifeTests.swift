import NIOCore
import NIOHTTP2
import NIOPosix
import Synchronization
import Testing

@testable import ReverseProxy

@Suite("The life of connections to upstreams of HTTP/2")
struct HTTP2UpstreamLifeTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Where the name has an address of IPv6 too, nobody listens there.
    @Test func aNameMayHaveSeveralAddresses() async throws {
        let upstream = try await TestHTTP2Upstream.echo()
        let url = try #require(UpstreamURL("h2c://localhost:\(upstream.port)"))
        let gateway = try await TestGateway.start(routes: [Route(upstreams: [url], authentication: .none)]) {
            $0.upstreamIdleTimeout = .milliseconds(40)
        }
        #expect(try await gateway.exchange(Self.get).status == 200)
        // The connection that is used is the one that is closed.
        try await upstream.waitUntilOpen(0)
        try await gateway.waitForNoConnections()
        #expect(await gateway.proxy.counts().upstreams.map(\.connectFailures) == [0])
        await gateway.stop()
        await upstream.stop()
    }

    @Test func anUpstreamThatLeavesAtOnceIsGivenUp() async throws {
        let upstream = try await TestUpstream.start { connection in
            // Settings and a farewell in one piece.
            let farewell = HTTP2AbuseTests.frame(7, [UInt8](repeating: 0, count: 8))
            try await connection.send(ByteBuffer(bytes: HTTP2AbuseTests.frame(4) + farewell))
            try await connection.waitForEnd()
        }
        let url = try #require(UpstreamURL("h2c://127.0.0.1:\(upstream.port)"))
        let gateway = try await TestGateway.start(routes: [Route(upstreams: [url], authentication: .none)]) {
            $0.upstreamHealth.failures = 1
        }
        #expect(try await gateway.exchange(Self.get).status == 502)
        #expect(upstream.accepted == 2)
        #expect(await gateway.proxy.counts().upstreams.map(\.setAside) == [1])
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func anOldConnectionFinishesItsStreams() async throws {
        let mayAnswer = Gate()
        let upstream = try await TestHTTP2Upstream.start { stream in
            if stream.request[":path"] == "/slow" { await mayAnswer.wait() }
            try await stream.send([(":status", "200")], ends: true)
        }
        // One event loop, so that one connection is enough.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let routes = [Route(upstreams: upstream.urls, authentication: .none)]
        let gateway = try await TestGateway.start(routes: routes, group: group) {
            $0.maximumHTTP2Age = .milliseconds(40)
        }
        let slow = try await gateway.connect()
        try await slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        try await eventually { upstream.connections.contains { $0.requests.withLock { !$0.isEmpty } } }
        try await eventually {
            let answer = try await gateway.exchange(Self.get)
            #expect(answer.status == 200)
            return upstream.accepted > 1
        }
        mayAnswer.open()
        #expect(try await slow.readMessage().status == 200)
        await slow.close()
        try await upstream.waitUntilOpen(0)
        await gateway.stop()
        await upstream.stop()
        try await group.shutdownGracefully()
    }

    @Test func aConnectionThatMayHaveNoStreamsLeaves() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            if stream.request[":path"] == "/last" {
                let settings = [HTTP2Setting(parameter: .maxConcurrentStreams, value: 0)]
                try await stream.connection.send(.settings(.settings(settings)), on: .rootStream)
            }
            try await stream.send([(":status", "200")], ends: true)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        #expect(try await client.exchange(HTTP2Client.fields("GET", "/last")).status == 200)
        #expect(try await client.exchange(HTTP2Client.fields()).status == 200)
        #expect(upstream.accepted == 2)
        try await upstream.waitUntilOpen(1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func noMoreConnectionsWaitThanAreToBeKept() async throws {
        let upstream = try await TestHTTP2Upstream.echo()
        let gateway = try await TestGateway.start(upstream, isSecure: false) { _ in
        } configuration: {
            $0.maximumIdlePerUpstream = 0
            $0.upstreamIdleTimeout = .seconds(300)
        }
        #expect(try await gateway.exchange(Self.get).status == 200)
        try await upstream.waitUntilOpen(0)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aResetOnAConnectionInUseIsAFailure() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            guard stream.request[":path"] == "/reset" else {
                return try await stream.send([(":status", "200")], ends: true)
            }
            try await stream.reset(.internalError)
        }
        let gateway = try await TestGateway.start(upstream, configuration: { $0.upstreamHealth.failures = 2 })
        let client = try await gateway.connectHTTP2()
        #expect(try await client.exchange(HTTP2Client.fields()).status == 200)
        for _ in 0..<2 {
            #expect(try await client.exchange(HTTP2Client.fields("GET", "/reset")).status == 502)
        }
        // Nothing was sent twice, though the method would allow it.
        #expect(upstream.connections.map { $0.requests.withLock { $0.count } } == [3])
        #expect(await gateway.proxy.counts().upstreams.map(\.setAside) == [1])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func emptyFramesAreNoAbuseWhereTheyAreFew() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            try await stream.send([(":status", "200")])
            for _ in 0..<10 { try await stream.send("") }
            try await stream.send("ok", ends: true)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        for _ in 0..<2 {
            let answer = try await client.exchange(HTTP2Client.fields())
            #expect(answer.text == "ok" && answer.isEnded)
        }
        #expect(upstream.accepted == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
