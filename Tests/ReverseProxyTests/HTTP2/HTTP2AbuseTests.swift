import NIOCore
import NIOHTTP2
import Testing

@testable import ReverseProxy

/// What no client sends that means well, in frames as bytes.
@Suite("Abuse of HTTP/2")
struct HTTP2AbuseTests {
    /// A frame: length, type, flags, stream, payload (RFC 9113, 4.1).
    static func frame(_ type: UInt8, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = []) -> [UInt8] {
        let count = UInt32(payload.count)
        let length = [UInt8(truncatingIfNeeded: count >> 16), UInt8(truncatingIfNeeded: count >> 8)]
        let id = (0..<4).map { UInt8(truncatingIfNeeded: stream >> (24 - 8 * UInt32($0))) }
        return length + [UInt8(truncatingIfNeeded: count), type, flags] + id + payload
    }

    /// `GET https://a/` of the static table.
    static let get: [UInt8] = [0x82, 0x87, 0x84, 0x41, 0x01, 0x61]
    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    struct Abuse: CustomTestStringConvertible {
        let testDescription: String
        let bytes: @Sendable () -> [UInt8]
    }

    static let floods: [Abuse] = [
        Abuse(testDescription: "HTTP/1.1 after HTTP/2 was settled on") {
            Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        },
        Abuse(testDescription: "rapid reset") {
            Self.begin
                + (0..<600)
                .flatMap { index -> [UInt8] in
                    let stream = UInt32(2 * index + 1)
                    return Self.frame(1, flags: 5, stream: stream, Self.get)
                        + Self.frame(3, stream: stream, [0, 0, 0, 8])
                }
        },
        Abuse(testDescription: "CONTINUATION flood") {
            Self.begin + Self.frame(1, stream: 1, Self.get)
                + (0..<100).flatMap { _ in Self.frame(9, stream: 1, [0x00, 0x01, 0x78, 0x01, 0x79]) }
        },
        Abuse(testDescription: "PING flood") {
            Self.begin + (0..<1_200).flatMap { _ in Self.frame(6, [0, 0, 0, 0, 0, 0, 0, 0]) }
        },
        Abuse(testDescription: "SETTINGS flood") { Self.begin + (0..<1_200).flatMap { _ in Self.frame(4) } },
        Abuse(testDescription: "PRIORITY flood") {
            Self.begin + (0..<1_200).flatMap { _ in Self.frame(2, stream: 1, [0, 0, 0, 3, 16]) }
        },
        Abuse(testDescription: "flood of frames that nobody knows") {
            Self.begin + (0..<1_200).flatMap { _ in Self.frame(0x50, stream: 1) }
        },
        Abuse(testDescription: "empty DATA flood") {
            Self.begin + Self.frame(1, flags: 4, stream: 1, Self.get)
                + (0..<100).flatMap { _ in Self.frame(0, stream: 1) }
        },
        Abuse(testDescription: "flood of DATA that is nothing but padding") {
            Self.begin + Self.frame(1, flags: 4, stream: 1, Self.get)
                + (0..<100).flatMap { _ in Self.frame(0, flags: 8, stream: 1, [1, 0]) }
        },
        Abuse(testDescription: "HEADERS of a stream that is over") {
            Self.begin + Self.frame(1, flags: 5, stream: 1, Self.get) + Self.frame(3, stream: 1, [0, 0, 0, 8])
                + (0..<1_200).flatMap { _ in Self.frame(1, flags: 5, stream: 1, Self.get) }
        },
        Abuse(testDescription: "too many streams before SETTINGS are acknowledged") {
            Self.preface + Self.frame(4)
                + (0..<1_300).flatMap { Self.frame(1, flags: 4, stream: UInt32(2 * $0 + 1), Self.get) }
        },
        Abuse(testDescription: "requests that are none, also after the connection was left") {
            // Nothing but a method.
            Self.begin + (0..<3_000).flatMap { Self.frame(1, flags: 5, stream: UInt32(2 * $0 + 1), [0x82]) }
        },
        Abuse(testDescription: "HPACK bomb") {
            // One long value in the table, then its index over and over.
            let long = [0x40, 0x01, 0x78, 0x7F, 0x81, 0x1E] + [UInt8](repeating: 0x61, count: 4_000)
            return Self.begin
                + Self.frame(1, flags: 5, stream: 1, Self.get + long + [UInt8](repeating: 0xBE, count: 4_000))
        },
        Abuse(testDescription: "an index beyond the table") {
            Self.begin + Self.frame(1, flags: 5, stream: 1, [0xFF, 0x7F])
        },
        Abuse(testDescription: "too many streams") {
            Self.begin
                + (0..<200).flatMap { Self.frame(1, flags: 4, stream: UInt32(2 * $0 + 1), Self.get) }
        },
        Abuse(testDescription: "a stream of the server's") {
            Self.begin + Self.frame(1, flags: 5, stream: 2, Self.get)
        },
        Abuse(testDescription: "a frame beyond its size") { Self.begin + [0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 1] },
        Abuse(testDescription: "more than the window of the connection") {
            Self.begin + Self.frame(1, flags: 4, stream: 1, Self.get)
                + (0..<8).flatMap { _ in Self.frame(0, stream: 1, [UInt8](repeating: 0x61, count: 16_384)) }
        },
    ]

    static let begin = Self.preface + Self.frame(4) + Self.frame(4, flags: 1)

    @Test("ends the connection", arguments: Self.floods)
    func endsTheConnection(_ abuse: Abuse) async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.waitForEnd()
        }
        // Nor does it end for being idle.
        let gateway = try await TestGateway.startTLS(upstream, configuration: { $0.keepAliveTimeout = .seconds(300) })
        let client = try await RawConnection.open(port: gateway.port, tls: try TestTLS.client(protocols: ["h2"]))
        // The gateway may have closed before all of it was sent.
        try? await client.send(ByteBuffer(bytes: abuse.bytes()))
        try await client.waitForEnd()
        // A connection to the upstream that was opened too late for its stream waits for another.
        try await gateway.waitForNoConnections(leavingIdle: true)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    /// CVE-2025-8671: the client makes the server reset its streams, which no count of the client's resets sees.
    @Test func streamsSpoiledOnPurposeEndTheConnection() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let fields = HTTP2Client.fields("POST", "/", [("content-length", "1")])
        var resets = 0
        while resets < 300, !client.isEnded {
            guard let stream = try? await client.send(fields, ends: false) else { break }
            try? await client.send("two", on: stream)
            guard try await client.wait(for: stream).resetCode == .protocolError else { break }
            resets += 1
        }
        #expect((100...101).contains(resets))
        try await client.waitForEnd()
        #expect(client.goAway == .enhanceYourCalm)
        try await gateway.waitForNoConnections(leavingIdle: true)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    /// What is refused was read all the same; but it may be one person's among those of many.
    @Test(
        "requests that are too large or none end the connection behind its streams",
        arguments: [
            ([("x", String(repeating: "a", count: 3_500))], 431), ((0..<120).map { ("x-\($0)", "") }, 431),
            ([("x", "a\nb")], 400), ([("x-portico-role", "a"), ("host", "b")], 400),
        ]
    )
    func badRequestsEndTheConnection(_ more: [(String, String)], _ status: Int) async throws {
        let gate = Gate()
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            await gate.wait()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.startTLS(upstream, configuration: { $0.maximumHeadSize = 3_000 })
        let client = try await gateway.connectHTTP2()
        let other = try await client.send(HTTP2Client.fields())
        var refusals = 0
        while refusals < 300, client.goAway == nil {
            guard let answer = try? await client.exchange(HTTP2Client.fields("GET", "/", more)) else { break }
            guard answer.status == status else { break }
            refusals += 1
        }
        #expect((100...102).contains(refusals))
        try await eventually { client.goAway == .noError }
        gate.open()
        #expect(try await client.wait(for: other).text == "ok")
        try await client.waitForEnd()
        #expect(upstream.accepted == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func halfAHeaderBlockIsNotWaitedFor() async throws {
        let upstream = try await TestUpstream.echo()
        // Nor does it end for being idle.
        let gateway = try await TestGateway.startTLS(upstream, configuration: { $0.keepAliveTimeout = .seconds(3_600) })
        let client = try await RawConnection.open(port: gateway.port, tls: try TestTLS.client(protocols: ["h2"]))
        try await client.send(ByteBuffer(bytes: Self.begin + Self.frame(1, stream: 1, Self.get)))
        // Before TLS has settled on HTTP/2 there is no such connection.
        try await eventually { (try? await gateway.withConnection { $0.watch.since != nil }) == true }
        let isOpen = try await gateway.withConnection { connection in
            connection.checkDeadline(.now() + .seconds(200))
            if case .open = connection.state { return true }
            return false
        }
        #expect(isOpen == true)
        try await gateway.withConnection { $0.checkDeadline(.now() + .seconds(301)) }
        try await client.waitForEnd()
        #expect(upstream.accepted == 0)
        try await gateway.waitForNoConnections()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
