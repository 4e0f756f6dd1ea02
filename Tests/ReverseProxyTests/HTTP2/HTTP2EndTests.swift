import NIOCore
import NIOHPACK
import NIOHTTP2
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("The ends of HTTP/2 streams and connections")
struct HTTP2EndTests {
    /// Takes requests and says nothing.
    private static func silent(heads: ReceivedHeads = ReceivedHeads()) async throws -> TestUpstream {
        try await .start { connection in
            heads.add(try await connection.readHead())
            try await connection.waitForEnd()
        }
    }

    @Test(
        "a truncated answer is a reset",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nx",
        ]
    )
    func aTruncatedAnswerIsAReset(_ sent: String) async throws {
        let upstream = try await TestUpstream.fixed(sent, thenCloses: true)
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let answer = try await client.exchange(HTTP2Client.fields())
        #expect(answer.resetCode == .internalError && !answer.isEnded)
        #expect(!client.isEnded)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "an answer that is none is 502",
        arguments: [
            "HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: b\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
            "220 mail.example ESMTP\r\n\r\n",
        ]
    )
    func anAnswerThatIsNone(_ sent: String) async throws {
        let upstream = try await TestUpstream.fixed(sent)
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let answer = try await client.exchange(HTTP2Client.fields("POST"))
        #expect(answer.status == 502 && answer.isEnded)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    /// Whatever code the client gives.
    @Test(arguments: [HTTP2ErrorCode.cancel, .noError])
    func aResetOfTheClientEndsTheUpstreams(_ code: HTTP2ErrorCode) async throws {
        let heads = ReceivedHeads()
        let upstream = try await Self.silent(heads: heads)
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let stream = try await client.send(HTTP2Client.fields())
        try await eventually { heads.all.count == 1 }
        try await client.reset(stream, code)
        try await upstream.waitUntilOpen(0)
        let route = await gateway.proxy.counts().routes.first
        #expect(route?.unfinished == 1)
        #expect(!client.isEnded)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func theEndOfTheConnectionEndsAllStreams() async throws {
        let heads = ReceivedHeads()
        let upstream = try await Self.silent(heads: heads)
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        for _ in 0..<5 { try await client.send(HTTP2Client.fields()) }
        try await eventually { heads.all.count == 5 }
        await client.close()
        try await gateway.waitForNoConnections()
        try await upstream.waitUntilOpen(0)
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "a body that is not as long as was said is refused",
        arguments: [("5", "toolong", false), ("5", "toolong", true), ("5", "hi", true)]
    )
    func aBodyOfAnotherLength(_ length: String, _ body: String, _ ends: Bool) async throws {
        let heads = ReceivedHeads()
        let upstream = try await Self.silent(heads: heads)
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let fields = HTTP2Client.fields("POST", "/", [("content-length", length)])
        let stream = try await client.send(fields, ends: false)
        try await eventually { heads.all.count == 1 }
        try await client.send(body, on: stream, ends: ends)
        let answer = try await client.wait(for: stream)
        #expect(answer.resetCode == .protocolError && answer.status == nil)
        try await upstream.waitUntilOpen(0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func whatCameWithABodyThatIsTooLongIsNotPassedOn() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await RawConnection.open(port: gateway.port, tls: try TestTLS.client(protocols: ["h2"]))
        // POST, and `content-length: 1` (RFC 7541, appendix A).
        let post: [UInt8] = [0x83] + HTTP2AbuseTests.get.dropFirst() + [0x0F, 0x0D, 0x01, 0x31]
        let frames =
            HTTP2AbuseTests.frame(1, flags: 4, stream: 1, post) + HTTP2AbuseTests.frame(0, stream: 1, [0x61, 0x62])
        try await client.send(ByteBuffer(bytes: HTTP2AbuseTests.begin + frames))
        let reset = HTTP2AbuseTests.frame(3, stream: 1, [0, 0, 0, 1])
        try await client.wait { $0.suffix(reset.count) == reset[...] }
        #expect(upstream.accepted == 0)
        await client.close()
        try await gateway.waitForNoConnections()
        #expect(upstream.accepted == 0)
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "trailers that are none reset the stream",
        arguments: [(":path", "/"), ("X-A", "b"), ("x", "a\r\nb: c"), ("transfer-encoding", "chunked")]
    )
    func malformedTrailers(_ name: String, _ value: String) async throws {
        let heads = ReceivedHeads()
        let upstream = try await Self.silent(heads: heads)
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let stream = try await client.send(HTTP2Client.fields("POST"), ends: false)
        try await eventually { heads.all.count == 1 }
        try await client.send([(name, value)], on: stream, ends: true)
        #expect(try await client.wait(for: stream).resetCode == .protocolError)
        try await upstream.waitUntilOpen(0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func streamsEndWithTheirSession() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.startTLS(upstream, authentication: .required)
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await gateway.connectHTTP2()
        let fields = HTTP2Client.fields("GET", "/", [("cookie", "__Host-portico_session=\(cookie)")])
        let stream = try await client.send(fields)
        try await client.wait(for: stream) { $0.text == "half" }
        gateway.sessions.revoke(session)
        gateway.directory.invalidate(.session(session.id))
        #expect(try await client.wait(for: stream).resetCode == .internalError)
        try await upstream.waitUntilOpen(0)
        #expect(try await client.exchange(fields).status == 401)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func anIdleConnectionIsLeft() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(
            upstream,
            configuration: { $0.keepAliveTimeout = .milliseconds(60) }
        )
        let client = try await gateway.connectHTTP2()
        try await client.waitForEnd()
        // On a busy machine it may have waited too long for the client's part of the handshake.
        #expect(client.goAway == .noError || client.settings == nil)
        try await gateway.waitForNoConnections()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func anOldConnectionIsLeftAfterItsLastStream() async throws {
        let gate = Gate()
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            await gate.wait()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let stream = try await client.send(HTTP2Client.fields())
        try await upstream.waitUntilOpen(1)
        try await gateway.withConnection { $0.checkDeadline(.now() + .minutes(30)) }
        #expect(client.goAway == nil)
        try await gateway.withConnection { $0.checkDeadline(.now() + .minutes(90)) }
        try await eventually { client.goAway == .noError }
        gate.open()
        #expect(try await client.wait(for: stream).text == "ok")
        try await client.waitForEnd()
        try await gateway.waitForNoConnections(leavingIdle: true)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func stoppingFinishesStreams() async throws {
        let gate = Gate()
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            await gate.wait()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.startTLS(upstream)
        let idle = try await gateway.connectHTTP2()
        let busy = try await gateway.connectHTTP2()
        try await eventually { idle.settings != nil }
        let stream = try await busy.send(HTTP2Client.fields())
        try await upstream.waitUntilOpen(1)
        async let stopped: Void = gateway.stop()
        try await idle.waitForEnd()
        try await eventually { busy.goAway == .noError }
        gate.open()
        #expect(try await busy.wait(for: stream).text == "ok")
        try await busy.waitForEnd()
        await busy.close()
        await stopped
        #expect(await gateway.proxy.counts().connections.clients == 0)
        await upstream.stop()
    }

    @Test func stoppingBreaksStreamsAtTheDeadline() async throws {
        let upstream = try await Self.silent()
        let gateway = try await TestGateway.startTLS(
            upstream,
            configuration: { $0.shutdownDeadline = .milliseconds(60) }
        )
        let client = try await gateway.connectHTTP2()
        let stream = try await client.send(HTTP2Client.fields())
        try await upstream.waitUntilOpen(1)
        await gateway.stop()
        try await client.waitForEnd()
        #expect(!client.answer(on: stream).isEnded)
        await client.close()
        await upstream.stop()
    }

    @Test func oneHandlerServesOneStreamAfterAnother() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        var handlers: [ObjectIdentifier] = []
        for index in 0..<5 {
            let answer = try await client.exchange(HTTP2Client.fields("GET", "/\(index)", [("x-a", "\(index)")]))
            #expect(answer.status == 200 && answer.text.hasPrefix("GET /\(index) HTTP/1.1\n"))
            #expect(answer.text.contains("x-a: \(index)\n"))
            handlers += try await gateway.streams { ObjectIdentifier($0) }
        }
        // A tick may have let one go that nobody needed.
        #expect(Set(handlers).count < 5)
        // What was refused, or ended early, leaves nothing behind for the next one.
        #expect(try await client.exchange([(":method", "GET")]).status == 400)
        #expect(try await client.exchange(HTTP2Client.fields("HEAD")).body.isEmpty)
        let stream = try await client.send(HTTP2Client.fields("POST"), ends: false)
        try await client.reset(stream)
        #expect(try await client.exchange(HTTP2Client.fields("GET", "/last")).text.hasPrefix("GET /last HTTP/1.1\n"))
        try await gateway.withConnection { $0.checkDeadline($0.loop.now) }
        try await eventually { try await gateway.streams { _ in 1 }.isEmpty }
        await client.close()
        try await gateway.waitForNoConnections(leavingIdle: true)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aSlowBodyIs408() async throws {
        let upstream = try await Self.silent()
        let gateway = try await TestGateway.startTLS(
            upstream,
            configuration: { $0.bodyIdleTimeout = .milliseconds(60) }
        )
        let client = try await gateway.connectHTTP2()
        let fields = HTTP2Client.fields("POST", "/", [("content-length", "5")])
        let stream = try await client.send(fields, ends: false)
        let answer = try await client.wait(for: stream) { $0.resetCode != nil }
        #expect(answer.status == 408 && answer.isEnded && answer.resetCode == .noError)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
