import NIOCore
import NIOHPACK
import NIOHTTP2
import Testing

@testable import ReverseProxy

/// What an upstream sends in frames that HTTP/1.1 would read otherwise, to a client of HTTP/1.1.
@Suite("Malformed answers over HTTP/2")
struct HTTP2UpstreamSmugglingTests {
    /// One defect of an answer, and what of it the client sees.
    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Whether the client had got a head by then: its connection breaks.
        var isLate = false
        let send: @Sendable (TestHTTP2Upstream.Stream) async throws -> Void

        /// An answer of one head that holds a field more.
        static func field(_ name: String, _ value: String) -> Defect {
            Defect(testDescription: "\(name.debugDescription): \(value.debugDescription)") {
                try await $0.send([(":status", "200"), (name, value)], ends: true)
            }
        }

        static func status(_ value: String) -> Defect {
            Defect(testDescription: ":status \(value.debugDescription)") {
                try await $0.send([(":status", value)], ends: true)
            }
        }
    }

    private static let injected = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nOWNED"

    static let defects: [Defect] = [
        .field("x", "a\r\nset-cookie: b=c"), .field("x", "a\r\n\r\n\(Self.injected)"), .field("x", "a\nb"),
        .field("x\r\ny", "z"), .field("x: y\r\nz", "a"), .field("X-A", "b"), .field("x a", "b"), .field("", "b"),
        .field("connection", "x-a"), .field("transfer-encoding", "chunked"), .field("keep-alive", "timeout=1"),
        .field("upgrade", "websocket"), .field("proxy-connection", "x"), .field(":path", "/"),
        .field("content-length", "5"), .field("content-length", "-1"), .field("content-length", "0, 5"),
        .status("101"), .status("2000"), .status(""), .status("200 OK\r\nx: y"), .status("100"),
        Defect(testDescription: "no :status") { try await $0.send([("x-a", "b")], ends: true) },
        Defect(testDescription: "two lengths") {
            try await $0.send([(":status", "200"), ("content-length", "0"), ("content-length", "5")])
        },
        Defect(testDescription: "a hundred interim answers") { stream in
            for _ in 0..<100 { try await stream.send([(":status", "103")]) }
        },
        Defect(testDescription: "300 lines") {
            try await $0.send([(":status", "200")] + (0..<300).map { ("x-\($0)", "y") }, ends: true)
        },
        Defect(testDescription: "more bytes than the length", isLate: true) { stream in
            try await stream.send([(":status", "200"), ("content-length", "2")])
            try await stream.send("ok\(Self.injected)", ends: true)
        },
        Defect(testDescription: "fewer bytes than the length", isLate: true) { stream in
            try await stream.send([(":status", "200"), ("content-length", "505")])
            try await stream.send("ok", ends: true)
        },
        Defect(testDescription: "trailers within a length", isLate: true) { stream in
            try await stream.send([(":status", "200"), ("content-length", "505")])
            try await stream.send([("x", "y")], ends: true)
        },
        Defect(testDescription: "a pseudo-header field in trailers", isLate: true) { stream in
            try await stream.send([(":status", "200")])
            try await stream.send([(":status", "200"), ("x", "y")], ends: true)
        },
        Defect(testDescription: "a line in trailers", isLate: true) { stream in
            try await stream.send([(":status", "200")])
            try await stream.send([("x", "y\r\n\r\n\(Self.injected)")], ends: true)
        },
        Defect(testDescription: "trailers of 5,000 bytes", isLate: true) { stream in
            try await stream.send([(":status", "200")])
            try await stream.send([("x", String(repeating: "a", count: 5_000))], ends: true)
        },
        Defect(testDescription: "the end of the connection within a body", isLate: true) { stream in
            try await stream.send([(":status", "200")])
            try await stream.send("a part")
            try await stream.connection.channel.close()
        },
    ]

    @Test("nothing of it becomes another answer", arguments: Self.defects)
    func nothingIsSmuggled(_ defect: Defect) async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            guard stream.request[":path"] == "/bad" else {
                try await stream.send([(":status", "200"), ("x-good", "1")], ends: true)
                return
            }
            try await defect.send(stream)
        }
        let gateway = try await TestGateway.start(upstream, isSecure: false)
        let client = try await gateway.connect()
        try await client.send("POST /bad HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
        if defect.isLate {
            // What was sent does not pass for a whole: the connection is reset.
            try await client.waitForEnd()
            #expect(client.wasReset && !client.buffered.hasSuffix("0\r\n\r\n") && !client.buffered.contains("OWNED"))
        } else {
            var answer = try await client.readMessage()
            while answer.status == 103 { answer = try await client.readMessage() }
            #expect(answer.status == 502 && answer.text.contains("upstream_unreachable") && answer["x"] == nil)
            // The connection goes on with the next answer, and has not a byte between.
            try await client.send("GET /good HTTP/1.1\r\nHost: a\r\n\r\n")
            let next = try await client.readMessage()
            #expect(next.status == 200 && next["x-good"] == "1")
        }
        await client.close()
        #expect(try await gateway.exchange("GET /good HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func trailersOfIdentityAndCookiesDoNotPass() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            try await stream.send([
                (":status", "200"), ("set-cookie", "__Host-portico_session=x"), ("set-cookie", "a=b"),
            ])
            try await stream.send(
                [("grpc-status", "0"), ("x-portico-role", "ADMIN"), ("set-cookie", "c=d"), ("content-length", "5")],
                ends: true
            )
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        let answer = try await client.exchange(HTTP2Client.fields())
        #expect(answer.fields[canonicalForm: "set-cookie"] == ["a=b"] && answer.trailers == ["grpc-status": "0"])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
