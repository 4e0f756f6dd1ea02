import NIOCore
import NIOHTTP2
import Testing

@testable import ReverseProxy

/// Clients that send, but too little at a time.
@Suite("The rate of bodies")
struct BodyRateTests {
    /// More than a test sends, however quickly.
    private static let unreachable = 1 << 40

    /// Takes a whole request and answers it.
    private static func reading() async throws -> TestUpstream {
        try await .fixed("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    }

    /// Sends a byte again and again until the connection ends, or somebody says that it is enough.
    private static func drip(
        _ byte: @escaping @Sendable () async throws -> Void,
        until isEnough: @escaping @Sendable () async -> Bool
    ) async throws {
        try await eventually {
            try? await byte()
            return await isEnough()
        }
    }

    @Test("A body that drips is a 408, and no failure of the upstream", arguments: [false, true])
    func drips(_ isChunked: Bool) async throws {
        let upstream = try await Self.reading()
        let gateway = try await TestGateway.start(upstream) {
            $0.minimumBodyRate = Self.unreachable
        } configuration: {
            $0.bodyGrace = .milliseconds(60)
        }
        let client = try await gateway.connect()
        let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 1000000"
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n")
        try await Self.drip {
            try await client.send(isChunked ? "1\r\nx\r\n" : "x")
        } until: {
            !client.buffered.isEmpty
        }
        let answer = try await client.readMessage()
        #expect(answer.status == 408 && answer["Connection"] == "close" && answer.text.contains("request_timeout"))
        let counts = await gateway.proxy.counts()
        #expect(counts.refusals.filter { $0.value > 0 } == [.requestTimeout: 1])
        #expect(await gateway.timeouts() == [:])
        await client.close()
        try await upstream.waitUntilOpen(0)
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A stream that drips is a 408")
    func dripsOverHTTP2() async throws {
        let upstream = try await Self.reading()
        let gateway = try await TestGateway.startTLS(upstream) {
            $0.minimumBodyRate = Self.unreachable
        } configuration: {
            $0.bodyGrace = .milliseconds(60)
        }
        let client = try await gateway.connectHTTP2()
        let stream = try await client.send(HTTP2Client.fields("POST"), ends: false)
        try await Self.drip {
            try await client.send("x", on: stream)
        } until: {
            client.answer(on: stream).isEnded
        }
        #expect(client.answer(on: stream).status == 408)
        try await upstream.waitUntilOpen(0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A route without a rate takes what drips")
    func withoutARate() async throws {
        let upstream = try await Self.reading()
        let gateway = try await TestGateway.start(upstream) {
            $0.minimumBodyRate = 0
        } configuration: {
            $0.bodyGrace = .milliseconds(1)
        }
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\n\r\n")
        for _ in 0..<30 {
            try await client.send("x")
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try await client.readMessage().status == 200)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A conversation over HTTP/2 has pauses, before its answer and after", arguments: [false, true])
    func conversation(_ isAnsweredFirst: Bool) async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            if isAnsweredFirst { try await stream.send([(":status", "200")]) }
            let request = try await stream.wait { $0.isEnded || $0.resetCode != nil }
            if !isAnsweredFirst { try await stream.send([(":status", "200")]) }
            try await stream.send(request.text, ends: true)
        }
        let gateway = try await TestGateway.start(upstream) {
            $0.minimumBodyRate = Self.unreachable
        } configuration: {
            $0.bodyGrace = .milliseconds(20)
        }
        let client = try await gateway.connectHTTP2()
        let stream = try await client.send(HTTP2Client.fields("POST"), ends: false)
        for _ in 0..<20 {
            try await client.send("x", on: stream)
            try await Task.sleep(for: .milliseconds(20))
        }
        try await client.send("", on: stream, ends: true)
        let answer = try await client.wait(for: stream)
        #expect(answer.status == 200 && answer.text.utf8.count == 20)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A client of HTTP/1.1 holds no conversation before it is answered")
    func noConversation() async throws {
        let upstream = try await TestHTTP2Upstream.start { _ in }
        let gateway = try await TestGateway.start(upstream, isSecure: false) {
            $0.minimumBodyRate = Self.unreachable
        } configuration: {
            $0.bodyGrace = .milliseconds(20)
        }
        let answer = try await gateway.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
        #expect(answer.status == 408)
        await gateway.stop()
        await upstream.stop()
    }

    @Test("The time in which the upstream takes nothing is not the client's")
    func slowUpstream() async throws {
        let mayRead = Gate()
        let upload = 16 << 20
        let upstream = try await TestUpstream.start(autoRead: false) { connection in
            await mayRead.wait()
            try await connection.channel.setOption(.autoRead, value: true).get()
            _ = try await connection.readHead()
            try await connection.wait { $0.count == upload }
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            try await connection.waitForEnd()
        }
        // A short one, so that all are looked at often.
        let gateway = try await TestGateway.start(
            upstream,
            configuration: { $0.upstreamIdleTimeout = .milliseconds(40) }
        )
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(upload)\r\n\r\n")
        async let sent: Void = client.send(ByteBuffer(repeating: UInt8(ascii: "x"), count: upload))
        try await gateway.waitUntilReadingStops()
        let clock = ContinuousClock()
        let start = clock.now
        let before = try await gateway.bodyTime()
        try await Task.sleep(for: .milliseconds(500))
        let counted = try await gateway.bodyTime().nanoseconds - before.nanoseconds
        #expect(Duration.nanoseconds(counted) < (clock.now - start) / 2)
        mayRead.open()
        try await sent
        #expect(try await client.readMessage().status == 200)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "A client that waits for 100 Continue is not at fault when the upstream sends none",
        arguments: ["", "HTTP/1.1 103 Early Hints\r\n\r\n"]
    )
    func noContinue(_ interim: String) async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send(interim)
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream) {
            $0.timeouts.firstByte = .milliseconds(200)
            $0.minimumBodyRate = Self.unreachable
        } configuration: {
            $0.bodyGrace = .milliseconds(20)
            $0.bodyIdleTimeout = .milliseconds(20)
            $0.upstreamHealth.failures = 1
        }
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n")
        var answer = try await client.readMessage()
        if answer.status == 103 { answer = try await client.readMessage() }
        #expect(answer.status == 504 && answer["Connection"] == "close")
        #expect(await gateway.timeouts() == [.firstByte: 1])
        // It may be one that never sends any.
        #expect(await gateway.proxy.counts().upstreams.map(\.setAside) == [0])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "A client that asked for 100 Continue is at fault once it came, or once it began to send",
        arguments: [("HTTP/1.1 100 Continue\r\n\r\n", ""), ("", "x"), ("HTTP/1.1 103 Early Hints\r\n\r\n", "x")]
    )
    func continued(_ interim: String, _ body: String) async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send(interim)
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream) {
            $0.timeouts.firstByte = .seconds(300)
        } configuration: {
            $0.bodyIdleTimeout = .milliseconds(60)
        }
        let client = try await gateway.connect()
        try await client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n\(body)"
        )
        var answer = try await client.readMessage()
        while answer.status.map({ $0 < 200 }) == true { answer = try await client.readMessage() }
        #expect(answer.status == 408)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}

extension TestGateway {
    /// The time that counts of the first connection's body.
    fileprivate func bodyTime() async throws -> TimeAmount {
        guard let channel = self.accepted.first else { return .zero }
        return try await channel.eventLoop
            .submit { try channel.pipeline.syncOperations.handler(type: FrontHandler.self).exchange.pace.waited }
            .get()
    }
}
