import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import ReverseProxy

@Suite("Failures of upstreams")
struct UpstreamFailureTests {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func refusedConnectionIs502() async throws {
        let upstream = try await TestUpstream.echo()
        // The port of a connection's other end: nobody listens there, and nobody else can.
        let taken = try await RawConnection.open(port: upstream.port)
        let port = try #require(taken.channel.localAddress?.port)
        let gateway = try await TestGateway.start(routes: [
            Route(upstreams: try TestGateway.urls(port), authentication: .none)
        ])
        let client = try await gateway.connect()
        for _ in 0..<2 {
            try await client.send(Self.request)
            let answer = try await client.readMessage()
            #expect(answer.status == 502 && answer.text.contains("upstream_unreachable"))
        }
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
        #expect(try await client.readMessage().text.hasPrefix("<p>upstream_unreachable "))
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await taken.close()
        await upstream.stop()
    }

    @Test(
        "what is not HTTP is 502",
        arguments: [
            "garbage\r\n\r\n", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\nx", "", "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 70_000) + "\r\n\r\n",
            String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 20),
        ]
    )
    func notHTTP(_ answer: String) async throws {
        let upstream = try await TestUpstream.fixed(answer, thenCloses: true)
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(Self.request)
        var received = try await client.readMessage()
        while received.status == 102 { received = try await client.readMessage() }
        #expect(received.status == 502)
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "an answer that breaks off never looks whole",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "1.1"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "1.0"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "1.1"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "1.0"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n", "1.1"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n", "1.1"),
        ]
    )
    func breaksOff(_ answer: String, _ version: String) async throws {
        let upstream = try await TestUpstream.fixed(answer, thenCloses: true)
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/\(version)\r\nHost: a\r\n\r\n")
        try await client.waitForEnd()
        #expect(client.wasReset)
        #expect(!client.buffered.hasSuffix("0\r\n\r\n"))
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func resetWithinABodyUntilCloseIsNoEnd() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.0 200 OK\r\n\r\nabc")
            try await connection.wait { !$0.isEmpty }
            await connection.reset()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n")
        try await client.wait { String(decoding: $0, as: UTF8.self).contains("abc") }
        try await client.send("x")
        try await client.waitForEnd()
        #expect(client.wasReset && !client.buffered.contains("0\r\n\r\n"))
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func sendsARepeatableRequestAgainWhenAnIdleConnectionWasClosing() async throws {
        let requests = Atomic<Int>(0)
        let heads = ReceivedHeads()
        let upstream = try await TestUpstream.start { connection in
            // Answers one request a connection, then ends it when the second comes.
            heads.add(try await connection.readHead())
            requests.add(1, ordering: .sequentiallyConsistent)
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            heads.add(try await connection.readHead())
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        for _ in 0..<3 {
            try await client.send(Self.request)
            #expect(try await client.readMessage().text == "ok")
        }
        #expect(requests.load(ordering: .sequentiallyConsistent) == 3)
        #expect(upstream.accepted == 3)
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
        // A machine that took its time has a new connection by now, which answers; on the old one nothing is tried again.
        #expect(try await [200, 502].contains(client.readMessage().status))
        try await eventually { heads.all.contains { $0.hasPrefix("POST ") } }
        #expect(heads.all.count { $0.hasPrefix("POST ") } == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func givesTheUpstreamUpWhenTheClientGoes() async throws {
        let hasRequest = Gate()
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            hasRequest.open()
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(Self.request)
        // A connection that opens when nobody waits for it any more is kept for the next request.
        await hasRequest.wait()
        await client.close()
        try await gateway.waitForNoConnections()
        try await upstream.waitUntilOpen(0)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func closesAConnectionThatSpeaksOutOfTurn() async throws {
        let upstream = try await TestUpstream.fixed(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
        )
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        for _ in 0..<3 {
            try await client.send(Self.request)
            #expect(try await client.readMessage().text == "ok")
        }
        #expect(upstream.accepted == 3)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}

extension RawConnection {
    /// Breaks the connection with a reset.
    func reset() async {
        let channel = self.channel
        try? await channel.eventLoop
            .submit {
                _ = (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            }
            .get()
        await self.close()
    }
}
