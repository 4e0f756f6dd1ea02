import NIOCore
import NIOHPACK
import NIOHTTP2
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Ends of streams and connections to upstreams of HTTP/2")
struct HTTP2UpstreamEndTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func aClientThatGoesCancelsItsStreamAlone() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            try await stream.send([(":status", "200")])
            try await stream.send("hello")
            try await stream.wait { $0.isEnded || $0.resetCode != nil }
            try await stream.send([("grpc-status", "0")], ends: true)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        let stream = try await client.send(HTTP2Client.fields("POST"), ends: false)
        let other = try await client.send(HTTP2Client.fields("POST"), ends: false)
        for each in [stream, other] { try await client.wait(for: each) { $0.text == "hello" } }
        try await client.reset(stream)
        try await eventually {
            upstream.connections.contains { $0.requests.withLock { $0.values.contains { $0.resetCode == .cancel } } }
        }
        try await client.send("", on: other, ends: true)
        #expect(try await client.wait(for: other).trailers == ["grpc-status": "0"])
        #expect(upstream.accepted == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A stream ends with its session")
    func endsWithTheSession() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            try await stream.send([(":status", "200")])
            try await stream.send("event")
            try await stream.wait { $0.resetCode != nil }
        }
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await gateway.connectHTTP2()
        let fields = [("cookie", "__Host-portico_session=\(cookie)")]
        let events = try await client.send(HTTP2Client.fields("GET", "/", fields))
        let conversation = try await client.send(HTTP2Client.fields("POST", "/", fields), ends: false)
        for each in [events, conversation] { try await client.wait(for: each) { $0.text == "event" } }
        gateway.sessions.revoke(session)
        gateway.directory.invalidate(.session(session.id))
        for each in [events, conversation] {
            let answer = try await client.wait(for: each)
            #expect(answer.resetCode != nil && !answer.isEnded)
        }
        try await eventually {
            upstream.connections.allSatisfy {
                $0.requests.withLock { $0.values.allSatisfy { $0.resetCode == .cancel } }
            }
        }
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    /// How an upstream says that it has not looked at a request.
    enum Refusal: String, CaseIterable, CustomTestStringConvertible {
        case reset
        case goAway

        var testDescription: String { self.rawValue }
    }

    @Test("What the upstream has not looked at is sent once more", arguments: Refusal.allCases)
    func refusedIsRepeated(_ refusal: Refusal) async throws {
        let count = Atomic<Int>(0)
        let upstream = try await TestHTTP2Upstream.start { stream in
            let isFirst = count.add(1, ordering: .sequentiallyConsistent).oldValue == 0
            guard isFirst || stream.request[":path"] == "/never" else {
                try await stream.wait { $0.isEnded }
                try await stream.send([(":status", "200")], ends: true)
                return
            }
            if stream.request[":path"] == "/body" { try await stream.wait { !$0.body.isEmpty } }
            switch refusal {
            case .reset: try await stream.reset(.refusedStream)
            case .goAway: try await stream.connection.goAway(last: .rootStream)
            }
        }
        let gateway = try await TestGateway.start(upstream, isSecure: false)
        // Any method, since nobody has acted on it; but not what a part of the body went with, and not twice.
        #expect(try await gateway.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").status == 200)
        #expect(count.load(ordering: .sequentiallyConsistent) == 2)
        #expect(try await gateway.exchange("GET /never HTTP/1.1\r\nHost: a\r\n\r\n").status == 502)
        #expect(count.load(ordering: .sequentiallyConsistent) == 4)
        count.store(0, ordering: .sequentiallyConsistent)
        let withBody = "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok"
        #expect(try await gateway.exchange(withBody).status == 502)
        #expect(count.load(ordering: .sequentiallyConsistent) == 1)
        // It tells nothing of the upstream's health.
        #expect(await gateway.proxy.counts().upstreams.map(\.setAside) == [0])
        await gateway.stop()
        await upstream.stop()
    }

    @Test("Another reset is an answer that failed", arguments: [HTTP2ErrorCode.internalError, .cancel, .noError])
    func resets(_ code: HTTP2ErrorCode) async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            if stream.request[":path"] == "/late" {
                try await stream.send([(":status", "200")])
                try await stream.send("a part")
            }
            try await stream.reset(code)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        let early = try await client.exchange(HTTP2Client.fields())
        #expect(early.status == 502 && early.text.contains("upstream_unreachable"))
        let late = try await client.exchange(HTTP2Client.fields("GET", "/late"))
        #expect(late.resetCode != nil && !late.isEnded)
        #expect(upstream.accepted == 1 && !client.isEnded)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aConnectionThatLeavesFinishesItsStreams() async throws {
        let mayAnswer = Gate()
        let upstream = try await TestHTTP2Upstream.start { stream in
            if stream.request[":path"] == "/slow" {
                try await stream.connection.goAway(last: .maxID)
                await mayAnswer.wait()
            }
            try await stream.send([(":status", "200")], ends: true)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        let slow = try await client.send(HTTP2Client.fields("GET", "/slow"))
        try await eventually { upstream.connections.contains { $0.requests.withLock { !$0.isEmpty } } }
        // Other requests go over a connection of their own, as soon as the gateway has heard it.
        try await eventually {
            _ = try await client.exchange(HTTP2Client.fields())
            return upstream.accepted == 2
        }
        mayAnswer.open()
        #expect(try await client.wait(for: slow).status == 200)
        try await upstream.waitUntilOpen(1)
        await client.close()
        await gateway.stop()
        try await upstream.waitUntilOpen(0)
        await upstream.stop()
    }

    @Test func aConnectionThatBreaksEndsItsStreamsAlone() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            guard stream.request[":path"] != "/wait" else { return }
            guard stream.request[":path"] == "/break" else {
                return try await stream.send([(":status", "200")], ends: true)
            }
            try await stream.connection.channel.close()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        let waiting = try await client.send(HTTP2Client.fields("POST", "/wait"))
        try await eventually { upstream.connections.contains { $0.requests.withLock { !$0.isEmpty } } }
        #expect(try await client.exchange(HTTP2Client.fields("POST", "/break")).status == 502)
        #expect(try await client.wait(for: waiting).status == 502)
        #expect(try await client.exchange(HTTP2Client.fields()).status == 200)
        #expect(upstream.accepted == 2)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aConnectionWithoutStreamsGrowsOld() async throws {
        let upstream = try await TestHTTP2Upstream.echo()
        let gateway = try await TestGateway.start(upstream, isSecure: false) { _ in
        } configuration: {
            $0.upstreamIdleTimeout = .milliseconds(40)
        }
        #expect(try await gateway.exchange(Self.get).status == 200)
        try await upstream.waitUntilOpen(0)
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    /// What listens there, and is not an upstream of HTTP/2.
    @Test func whoDoesNotSpeakHTTP2GetsNoRequest() async throws {
        let heads = ReceivedHeads()
        let plain = try await TestUpstream.start { connection in
            try await connection.wait { !$0.isEmpty }
            try await connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            try await connection.waitForEnd()
        }
        let secure = try await TestUpstream.start(tls: try TestTLS.upstream(protocols: ["http/1.1"])) { connection in
            heads.add(try await connection.readMessage().startLine)
        }
        let good = try await TestHTTP2Upstream.echo()
        for (url, tls) in [
            ("h2c://127.0.0.1:\(plain.port)", nil), ("h2://127.0.0.1:\(secure.port)", try TestTLS.route()),
        ] {
            let bad = try #require(UpstreamURL(url))
            let alone = try await TestGateway.start(routes: [Route(upstreams: [bad], authentication: .none, tls: tls)])
            #expect(try await alone.exchange(Self.get).status == 502)
            try await alone.waitForNoConnections()
            await alone.stop()
            // Nothing was sent: any request goes elsewhere.
            let both = try await TestGateway.start(routes: [
                Route(upstreams: [bad] + good.urls, authentication: .none, tls: tls)
            ])
            let answer = try await both.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody")
            #expect(answer.status == 200 && answer.text.hasSuffix("\n\nbody"))
            #expect(await both.proxy.counts().upstreams.map(\.connectFailures) == [1, 0])
            await both.stop()
        }
        #expect(!heads.all.contains { $0.hasPrefix("GET") || $0.hasPrefix("POST") })
        await plain.stop()
        await secure.stop()
        await good.stop()
    }

    @Test func theSettingsArePartOfConnecting() async throws {
        let silent = try await TestUpstream.start { try await $0.waitForEnd() }
        let url = try #require(UpstreamURL("h2c://127.0.0.1:\(silent.port)"))
        let timeouts = Route.Timeouts(connect: .milliseconds(60))
        let gateway = try await TestGateway.start(routes: [
            Route(upstreams: [url], authentication: .none, timeouts: timeouts)
        ])
        #expect(try await gateway.exchange(Self.get).status == 504)
        #expect(await gateway.timeouts() == [.connect: 1])
        try await silent.waitUntilOpen(0)
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await silent.stop()
    }

    @Test func theFirstByteIsWaitedForAsLongAsTheRouteSays() async throws {
        let upstream = try await TestHTTP2Upstream.start { try await $0.wait { $0.resetCode != nil } }
        let gateway = try await TestGateway.start(upstream, isSecure: false) {
            $0.timeouts.firstByte = .milliseconds(60)
        }
        #expect(try await gateway.exchange(Self.get).status == 504)
        #expect(await gateway.timeouts() == [.firstByte: 1])
        try await eventually {
            upstream.connections.contains { $0.requests.withLock { $0.values.contains { $0.resetCode == .cancel } } }
        }
        await gateway.stop()
        await upstream.stop()
    }

    @Test func requestsInFlightAreLimited() async throws {
        let mayAnswer = Gate()
        let upstream = try await TestHTTP2Upstream.start { stream in
            await mayAnswer.wait()
            try await stream.send([(":status", "200")], ends: true)
        }
        let gateway = try await TestGateway.start(upstream) { $0.maximumInFlight = 1 }
        let client = try await gateway.connectHTTP2()
        let first = try await client.send(HTTP2Client.fields())
        try await eventually { upstream.connections.contains { $0.requests.withLock { !$0.isEmpty } } }
        #expect(try await client.exchange(HTTP2Client.fields()).status == 503)
        mayAnswer.open()
        #expect(try await client.wait(for: first).status == 200)
        #expect(try await client.exchange(HTTP2Client.fields()).status == 200)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
