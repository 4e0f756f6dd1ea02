import NIOCore
import NIOHTTP2
import Testing

@testable import ReverseProxy

/// What is larger than a frame of HTTP/2 is never counted as what the upstream meant.
@Suite("Large heads of answers over HTTP/2")
struct HTTP2AnswerSizeTests {
    private static func answer(_ status: String, _ size: Int) -> String {
        "HTTP/1.1 \(status)\r\nX: \(String(repeating: "{", count: size))\r\nContent-Length: 2\r\n\r\nok"
    }

    @Test("One that fits passes, a larger one is a 502, and neither is a failure of the upstream")
    func sizes() async throws {
        let upstream = try await TestUpstream.start { connection in
            while !connection.isEnded {
                let request = try await connection.readMessage()
                guard !request.startLine.isEmpty else { return }
                try await connection.send(Self.answer("200 OK", request.startLine.contains("/large") ? 9_216 : 7_000))
            }
        }
        let gateway = try await TestGateway.startTLS(upstream, configuration: { $0.upstreamHealth.failures = 1 })
        let client = try await gateway.connectHTTP2()
        for _ in 0..<2 {
            let small = try await client.exchange(HTTP2Client.fields())
            #expect(small.status == 200 && small.text == "ok" && small.isEnded)
            let large = try await client.exchange(HTTP2Client.fields("GET", "/large"))
            #expect(large.status == 502 && large.isEnded && large.resetCode == nil)
            #expect(large.text.contains("upstream_unreachable"))
        }
        let counts = await gateway.proxy.counts()
        #expect(
            counts.routes[0].answers == [
                AnswerCount(method: "GET", statusClass: 2, count: 2),
                AnswerCount(method: "GET", statusClass: 5, count: 2),
            ]
        )
        #expect(counts.upstreams.map(\.setAside) == [0])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("An interim one is a 502 too")
    func interim() async throws {
        let upstream = try await TestUpstream.fixed(
            "HTTP/1.1 103 Early Hints\r\nX: \(String(repeating: "{", count: 9_216))\r\n\r\n" + Self.answer("200 OK", 1)
        )
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let answer = try await client.exchange(HTTP2Client.fields())
        #expect(answer.status == 502 && answer.interim.isEmpty)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("Over HTTP/1.1 the size makes no difference")
    func overHTTP1() async throws {
        let upstream = try await TestUpstream.fixed(Self.answer("200 OK", 60_000))
        let gateway = try await TestGateway.start(upstream)
        let answer = try await gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(answer.status == 200 && answer["X"]?.utf8.count == 60_000)
        await gateway.stop()
        await upstream.stop()
    }

    @Test("Trailers that do not fit are an answer that broke")
    func trailers() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX: ")
            // Each becomes three bytes of four, since it is no UTF-8.
            try await connection.send(ByteBuffer(repeating: 0xFF, count: 2_000))
            try await connection.send("\r\n\r\n")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let answer = try await client.exchange(HTTP2Client.fields())
        #expect(answer.resetCode == .internalError && !answer.isEnded && answer.trailers == nil)
        let counts = await gateway.proxy.counts()
        #expect(counts.routes[0].unfinished == 1 && counts.routes[0].answers.isEmpty)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
