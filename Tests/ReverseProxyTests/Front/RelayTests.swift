import NIOCore
import Synchronization
import Testing

@testable import ReverseProxy

@Suite("Relaying requests and answers")
struct RelayTests {
    @Test func usesConnectionsAgainOnBothSides() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        for index in 0..<10 {
            try await client.send("GET /\(index) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.readMessage().text.hasPrefix("GET /\(index) "))
        }
        #expect(upstream.accepted == 1)
        #expect(
            await gateway.proxy.counts().connections == ConnectionCounts(clients: 1, upstreams: 1, idleUpstreams: 1)
        )
        await client.close()
        await gateway.stop()
        try await gateway.waitForNoConnections()
        await upstream.stop()
    }

    @Test func answersPipelinedRequestsInTurn() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        let requests = (0..<20)
            .map { index in
                index % 3 == 0
                    ? "POST /\(index) HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody"
                    : "GET /\(index) HTTP/1.1\r\nHost: a\r\n\r\n"
            }
        try await client.send(requests.joined())
        for index in 0..<20 {
            let text = try await client.readMessage().text
            #expect(text.contains(" /\(index) HTTP/1.1"))
            #expect(text.hasSuffix("body") == (index % 3 == 0))
        }
        #expect(upstream.accepted == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func readsARequestThatArrivesOneByteAtATime() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        let request = "POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n\r\n"
        for byte in request.utf8 { try await client.send(ByteBuffer(bytes: [byte])) }
        let answer = try await client.readMessage()
        #expect(answer.text.hasPrefix("POST /slow HTTP/1.1\n") && answer.text.hasSuffix("\n\nabc"))
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func framesChunkedRequestsAnew() async throws {
        let raw = Mutex<[UInt8]>([])
        let upstream = try await TestUpstream.start { connection in
            let request = try await connection.readMessage()
            raw.withLock { $0 = request.rawBody }
            try await connection.send("HTTP/1.1 204 No Content\r\n\r\n")
        }
        let gateway = try await TestGateway.start(upstream)
        let answer = try await gateway.exchange(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0003;secret=1\r\nabc\r\n"
                + "0\r\nX-Sum: 1\r\nX-Portico-Role: ADMIN\r\nX_Forwarded_User: x\r\n\r\n"
        )
        #expect(answer.status == 204)
        let body = raw.withLock { String(decoding: $0, as: UTF8.self) }
        #expect(body == "3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n")
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "answers keep their framing, or get one that the client knows",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "1.1", "3", nil),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\n\r\n", "1.1", nil, "chunked"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\n\r\n", "1.0", nil, nil),
            ("HTTP/1.0 200 OK\r\n\r\nabc", "1.1", nil, "chunked"), ("HTTP/1.0 200 OK\r\n\r\nabc", "1.0", nil, nil),
            ("HTTP/1.1 200\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc", "1.1", "3", nil),
        ] as [(String, String, String?, String?)]
    )
    func keepsOrChangesFraming(
        _ answer: String,
        _ version: String,
        _ length: String?,
        _ encoding: String?
    ) async throws {
        let upstream = try await TestUpstream.fixed(answer, thenCloses: true)
        let gateway = try await TestGateway.start(upstream)
        let received = try await gateway.exchange("GET / HTTP/\(version)\r\nHost: a\r\n\r\n")
        #expect(received.status == 200 && received.text == "abc")
        #expect(received["Content-Length"] == length && received["Transfer-Encoding"] == encoding)
        #expect(received["Connection"] == (version == "1.0" ? "close" : nil))
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "answers without a body",
        arguments: [
            ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"),
            ("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
            ("GET", "HTTP/1.1 204 No Content\r\n\r\n"), ("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"),
            ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n"),
        ]
    )
    func withoutABody(_ method: String, _ answer: String) async throws {
        let upstream = try await TestUpstream.fixed(answer)
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        for _ in 0..<2 {
            try await client.send("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n")
            let received = try await client.readMessage(isHEAD: method == "HEAD")
            #expect(received["Transfer-Encoding"] == nil)
            if received.status == 204 { #expect(received["Content-Length"] == nil) }
        }
        #expect(client.buffered.isEmpty && upstream.accepted == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func passesContinueAndOtherInterimAnswers() async throws {
        let upstream = try await TestUpstream.start { connection in
            let head = try await connection.readHead()
            guard head.contains("Expect: 100-continue") else { return }
            try await connection.send(
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\nSet-Cookie: __Host-portico_session=x\r\n\r\n"
            )
            // Old servers close behind an interim answer in their words, and do not.
            try await connection.send("HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n")
            try await connection.wait { $0.count == 4 }
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
        let hints = try await client.readMessage()
        #expect(hints.status == 103 && hints["Link"] == "x" && hints["Set-Cookie"] == nil)
        #expect(try await client.readMessage().status == 100)
        try await client.send("body")
        #expect(try await client.readMessage().text == "ok")
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func passesAnEarlyAnswerAndCloses() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 5\r\n\r\nlarge")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nbeginning")
        let answer = try await client.readMessage()
        #expect(answer.status == 413 && answer.text == "large" && answer["Connection"] == "close")
        try await client.waitForEnd()
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    /// It closes with bytes unread, which resets the connection while more is written to it.
    @Test func passesAnEarlyAnswerOfAnUpstreamThatCloses() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.channel.setOption(.autoRead, value: false).get()
            try await connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 5\r\n\r\nlarge")
        }
        let gateway = try await TestGateway.start(upstream)
        for _ in 0..<40 {
            let client = try await gateway.connect()
            async let sent: Void = {
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
                for _ in 0..<20 { try await client.send(ByteBuffer(repeating: 0, count: 16_000)) }
            }()
            let answer = try await client.readMessage()
            #expect(answer.status == 413 && answer.text == "large" && answer["Connection"] == "close")
            // What is left of it is thrown away by the gateway, or the connection is over.
            try? await sent
            await client.close()
        }
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func answersAClientThatHasFinishedSending() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, halfClosure: true)
        let client = try await gateway.connect(half: true)
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok")
        try await client.closeOutput()
        #expect(try await client.readMessage().text.hasSuffix("ok"))
        try await client.waitForEnd()
        await client.close()
        try await gateway.waitForNoConnections(leavingIdle: true)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func takesUpstreamsInTurn() async throws {
        let first = try await TestUpstream.fixed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
        let second = try await TestUpstream.fixed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2")
        let gateway = try await TestGateway.start(
            routes: [
                Route(
                    upstreams: try TestGateway.urls(first.port) + TestGateway.urls(second.port),
                    authentication: .none
                )
            ])
        let client = try await gateway.connect()
        var answers = ""
        for _ in 0..<4 {
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            answers += try await client.readMessage().text
        }
        #expect(answers == "1212")
        await client.close()
        await gateway.stop()
        await first.stop()
        await second.stop()
    }
}
