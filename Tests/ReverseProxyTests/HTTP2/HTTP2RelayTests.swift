import NIOCore
import NIOHPACK
import NIOHTTP2
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Relaying over HTTP/2")
struct HTTP2RelayTests {
    @Test func announcesItsLimits() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        try await eventually { client.settings != nil }
        let settings = Dictionary(
            (client.settings ?? []).map { ("\($0.parameter)", $0.value) },
            uniquingKeysWith: { _, last in last }
        )
        #expect(settings["\(HTTP2SettingsParameter.maxConcurrentStreams)"] == 100)
        #expect(settings["\(HTTP2SettingsParameter.initialWindowSize)"] == 65_535)
        #expect(settings["\(HTTP2SettingsParameter.maxHeaderListSize)"] == 65_536)
        #expect(settings["\(HTTP2SettingsParameter.enableConnectProtocol)"] == nil)
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("leaves other protocols to HTTP/1.1", arguments: [[], ["http/1.1"]])
    func leavesOthers(_ protocols: [String]) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await RawConnection.open(
            port: gateway.port,
            tls: try TestTLS.client(protocols: protocols)
        )
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.readMessage().text.hasPrefix("GET / HTTP/1.1\n"))
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func relaysRequestsSideBySide() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        var streams: [HTTP2StreamID] = []
        for index in 0..<20 { streams.append(try await client.send(HTTP2Client.fields("GET", "/\(index)"))) }
        for (index, stream) in streams.enumerated() {
            let answer = try await client.wait(for: stream)
            #expect(answer.status == 200 && answer.text.hasPrefix("GET /\(index) HTTP/1.1\n"))
            #expect(answer.isEnded && answer.resetCode == nil)
        }
        let counts = await gateway.proxy.counts()
        #expect(counts.connections.clients == 1)
        await client.close()
        try await gateway.waitForNoConnections(leavingIdle: true)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func tellsTheUpstreamWhoAsks() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream, authentication: .required)
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await gateway.connectHTTP2()
        // The second request finds what the first one has learned of the client.
        for _ in 0..<2 {
            let answer = try await client.exchange(
                HTTP2Client.fields(
                    "GET",
                    "/",
                    [
                        ("cookie", "x=1"), ("cookie", "__Host-portico_session=\(cookie)"), ("cookie", "y=2"),
                        ("x-portico-role", "ADMIN"), ("x_portico_role", "ADMIN"), ("x-forwarded-user", "eve"),
                        ("x-forwarded-for", "1.2.3.4"), ("remote.user", "eve"), ("content_length", "5"),
                    ]
                )
            )
            #expect(answer.status == 200)
            let text = answer.text
            #expect(text.contains("\ncookie: x=1; y=2\n") && !text.contains(cookie))
            #expect(text.contains("\nX-Portico-Role: LABELER\n") && !text.contains("ADMIN") && !text.contains("eve"))
            #expect(text.contains("\nX-Forwarded-User: \(session.subject)\n") && !text.contains("content_length"))
            #expect(text.contains("\nX-Forwarded-For: 127.0.0.1\n") && text.contains("\nX-Forwarded-Proto: https\n"))
            #expect(text.contains("\nhost: a\n") && text.contains("\nX-Forwarded-Host: a\n"))
        }
        #expect(try await client.exchange(HTTP2Client.fields()).status == 401)
        let page = try await client.exchange(HTTP2Client.fields("GET", "/p?q", [("accept", "text/html")]))
        #expect(page.status == 302 && page["location"] == "/.portico/sign-in?rd=/p%3Fq")
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("a body arrives", arguments: [nil, "5"] as [String?])
    func aBodyArrives(_ length: String?) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let fields = HTTP2Client.fields("POST", "/", length.map { [("content-length", $0)] } ?? [])
        let stream = try await client.send(fields, ends: false)
        try await client.send("he", on: stream)
        // With a length the answer may come as soon as all of it has, and end the stream.
        try await client.send("llo", on: stream, ends: length != nil)
        if length == nil { try await client.send("", on: stream, ends: true) }
        let answer = try await client.wait(for: stream)
        #expect(answer.text.hasSuffix("\n\nhello"))
        #expect(answer.text.contains(length == nil ? "\ntransfer-encoding: chunked\n" : "\ncontent-length: 5\n"))
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func trailersPassWithoutIdentity() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.wait { HTTPText.chunkedEnd($0) != nil }
            let body = String(decoding: connection.take(.max), as: UTF8.self)
            try await connection.send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\nX-Sum: 1\r\nSet-Cookie: a=1\r\n\r\n"
            )
        }
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let stream = try await client.send(HTTP2Client.fields("POST"), ends: false)
        try await client.send("x", on: stream)
        try await client.send([("x-sum", "2"), ("x-portico-role", "ADMIN")], on: stream, ends: true)
        let answer = try await client.wait(for: stream)
        #expect(answer.text == "1\r\nx\r\n0\r\nx-sum: 2\r\n\r\n")
        #expect(answer.trailers?.map { "\($0.name): \($0.value)" } == ["x-sum: 1"])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "an answer passes",
        arguments: [
            ("GET", "HTTP/1.1 204 No Content\r\n\r\n", 204, "", 0),
            ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, "", 0),
            ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", 200, "", 0),
            ("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, "", 0),
            ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", 200, "ok", 0),
            ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", 200, "ok", 0),
            ("GET", "HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, "until the end", 0),
            (
                "GET",
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok",
                1
            ),
        ]
    )
    func anAnswerPasses(_ method: String, _ sent: String, _ status: Int, _ body: String, _ interim: Int) async throws {
        let upstream = try await TestUpstream.fixed(sent, thenCloses: true)
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let answer = try await client.exchange(HTTP2Client.fields(method))
        #expect(answer.status == status && answer.text == body && answer.interim.count == interim)
        #expect(answer.isEnded && answer.resetCode == nil)
        #expect(["connection", "transfer-encoding", "keep-alive"].allSatisfy { answer[$0] == nil })
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func passesAnExpectationOn() async throws {
        let upstream = try await TestUpstream.start { connection in
            guard try await connection.readHead().contains("expect: 100-continue") else { return }
            try await connection.send("HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.wait { $0.count == 2 }
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let fields = HTTP2Client.fields("POST", "/", [("content-length", "2"), ("expect", "100-continue")])
        let stream = try await client.send(fields, ends: false)
        try await client.wait(for: stream) { !$0.interim.isEmpty }
        try await client.send("hi", on: stream, ends: true)
        #expect(try await client.wait(for: stream).text == "ok")
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func leadsToTheControlPlane() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        #expect(try await client.exchange(HTTP2Client.fields("GET", "/.portico/1")).text == "control GET /.portico/1")
        let stream = try await client.send(HTTP2Client.fields("POST", "/.portico/2/chunked"), ends: false)
        try await client.send("x", on: stream, ends: true)
        let answer = try await client.wait(for: stream)
        #expect(answer.text == "control POST /.portico/2/chunked x" && answer.isEnded)
        let waiting = try await client.send(
            HTTP2Client.fields("POST", "/.portico/3", [("content-length", "2"), ("expect", "100-continue")]),
            ends: false
        )
        try await client.wait(for: waiting) { !$0.interim.isEmpty }
        try await client.send("ok", on: waiting, ends: true)
        #expect(try await client.wait(for: waiting).text == "control POST /.portico/3 ok")
        #expect(gateway.installations == 3 && upstream.accepted == 0)
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("a refused request gets its answer", arguments: [true, false])
    func aRefusedRequestGetsItsAnswer(_ ends: Bool) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream, authentication: .required)
        gateway.directory.listeningBegan()
        let client = try await gateway.connectHTTP2()
        let refusals: [([(String, String)], Int)] = [
            (HTTP2Client.fields("GET", "/", [("connection", "close")]), 400),
            (HTTP2Client.fields("GET", "/", [("host", "b")]), 400),
            (HTTP2Client.fields("BREW", "/"), 400),
            (HTTP2Client.fields("OPTIONS", "*"), 400),
            (HTTP2Client.fields("GET", "/%2e%2e/.portico/"), 400),
            ([(":method", "GET"), (":scheme", "https"), (":path", "/")], 400),
            ([(":method", "CONNECT"), (":authority", "b:443")], 501),
            (HTTP2Client.fields("TRACE", "/"), 405),
            (HTTP2Client.fields("GET", "/", (0..<9).map { _ in ("x", String(repeating: "a", count: 4_000)) }), 431),
            (HTTP2Client.fields("GET", "/", (0..<120).map { ("x-\($0)", "y") }), 431),
            (HTTP2Client.fields("HEAD", "/", (0..<120).map { ("x-\($0)", "y") }), 431),
            (HTTP2Client.fields("POST", "/"), 401),
        ]
        // The client's acknowledgment of the settings counts before lists longer than usual are read.
        #expect(try await client.exchange(HTTP2Client.fields()).status == 401)
        for (fields, status) in refusals {
            let stream = try await client.send(fields, ends: ends)
            let answer = try await client.wait(for: stream) { $0.isEnded && (ends || $0.resetCode != nil) }
            #expect(answer.status == status, "\(fields.prefix(6))")
            // A client that still sends is told to stop, without that being an error (RFC 9113, 8.1).
            #expect(answer.resetCode == (ends ? nil : .noError))
        }
        #expect(upstream.accepted == 0 && !client.isEnded)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
