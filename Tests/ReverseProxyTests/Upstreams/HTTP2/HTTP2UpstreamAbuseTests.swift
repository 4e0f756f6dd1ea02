import NIOCore
import NIOPosix
import Testing

@testable import ReverseProxy

/// What no upstream sends that means well, in frames as bytes.
@Suite("Abuse of HTTP/2 by upstreams")
struct HTTP2UpstreamAbuseTests {
    struct Abuse: CustomTestStringConvertible {
        let testDescription: String
        let bytes: @Sendable () -> [UInt8]
    }

    private static func frame(_ type: UInt8, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = []) -> [UInt8] {
        HTTP2AbuseTests.frame(type, flags: flags, stream: stream, payload)
    }

    /// `:status 200` of the static table.
    private static let status: [UInt8] = [0x88]
    /// A field of 16,000 bytes that is kept in no table.
    private static let longField: [UInt8] =
        [0x00, 0x01, 0x78, 0x7F, 0x81, 0x7C] + [UInt8](repeating: 0x61, count: 16_000)

    static let abuses: [Abuse] = [
        Abuse(testDescription: "a list of fields beyond the limit") {
            Self.frame(1, stream: 1, Self.status)
                + (0..<12).flatMap { Self.frame(9, flags: $0 == 11 ? 4 : 0, stream: 1, Self.longField) }
        },
        Abuse(testDescription: "CONTINUATION flood") {
            Self.frame(1, stream: 1, Self.status)
                + (0..<200).flatMap { _ in Self.frame(9, stream: 1, [0x00, 0x01, 0x78, 0x01, 0x79]) }
        },
        Abuse(testDescription: "HPACK bomb") {
            // One long value in the table, then its index over and over.
            let long = [0x40, 0x01, 0x78, 0x7F, 0x81, 0x1E] + [UInt8](repeating: 0x61, count: 4_000)
            return Self.frame(1, flags: 5, stream: 1, Self.status + long + [UInt8](repeating: 0xBE, count: 4_000))
        },
        Abuse(testDescription: "an index beyond the table") { Self.frame(1, flags: 5, stream: 1, [0xFF, 0x7F]) },
        Abuse(testDescription: "a promise") { Self.frame(5, flags: 4, stream: 1, [0, 0, 0, 2] + HTTP2AbuseTests.get) },
        Abuse(testDescription: "a stream of its own") { Self.frame(1, flags: 5, stream: 2, Self.status) },
        Abuse(testDescription: "a stream that nobody began") { Self.frame(1, flags: 5, stream: 9, Self.status) },
        Abuse(testDescription: "a body without a head") { Self.frame(0, flags: 1, stream: 1, [0x61]) },
        Abuse(testDescription: "a frame beyond its size") { [0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 1] },
        Abuse(testDescription: "more than the windows") {
            Self.frame(1, flags: 4, stream: 1, Self.status)
                + (0..<200).flatMap { _ in Self.frame(0, stream: 1, [UInt8](repeating: 0x61, count: 16_384)) }
        },
        Abuse(testDescription: "empty DATA flood") {
            Self.frame(1, flags: 4, stream: 1, Self.status) + (0..<200).flatMap { _ in Self.frame(0, stream: 1) }
        },
        Abuse(testDescription: "PING flood") {
            (0..<12_000).flatMap { _ in Self.frame(6, [0, 0, 0, 0, 0, 0, 0, 0]) }
        },
        Abuse(testDescription: "a window beyond its bounds") {
            Self.frame(8, [0x7F, 0xFF, 0xFF, 0xFF]) + Self.frame(8, [0x7F, 0xFF, 0xFF, 0xFF])
        },
        Abuse(testDescription: "HTTP/1.1") { Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8) },
        Abuse(testDescription: "nothing but the end") { [] },
    ]

    @Test("costs the request alone", arguments: Self.abuses)
    func costsTheRequest(_ abuse: Abuse) async throws {
        let upstream = try await TestUpstream.start { connection in
            try await connection.send(ByteBuffer(bytes: Self.frame(4)))
            // The preface, the settings, and the fields of a request: HEADERS that end their block, and the stream.
            try await connection.wait { bytes in
                bytes.indices.contains { bytes[$0...].starts(with: [1, 5, 0, 0, 0, 1]) }
            }
            // The gateway's settings count from their acknowledgment on. It may have closed before all of it was sent.
            try? await connection.send(ByteBuffer(bytes: Self.frame(4, flags: 1) + abuse.bytes()))
            if !abuse.bytes().isEmpty { try await connection.waitForEnd() }
        }
        let url = try #require(UpstreamURL("h2c://127.0.0.1:\(upstream.port)"))
        let gate = Gate()
        let good = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            await gate.wait()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood")
        }
        let gateway = try await TestGateway.start(
            routes: [
                Route(
                    name: "good",
                    pathPrefix: "/good",
                    upstreams: try TestGateway.urls(good.port),
                    authentication: .none
                ),
                Route(upstreams: [url], authentication: .none),
            ],
            group: MultiThreadedEventLoopGroup.singleton.next()
        )
        // A request on the same event loop that waits for another upstream in the meantime.
        let other = try await gateway.connect()
        try await other.send("GET /good HTTP/1.1\r\nHost: a\r\n\r\n")
        try await good.waitUntilOpen(1)
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
        let answer = try await client.readHead()
        if answer.hasPrefix("HTTP/1.1 200") {
            // A head came before the abuse: its answer breaks.
            try await client.waitForEnd()
            #expect(!client.buffered.hasSuffix("0\r\n\r\n"))
        } else {
            #expect(answer.hasPrefix("HTTP/1.1 502"))
        }
        await client.close()
        gate.open()
        #expect(try await other.readMessage().text == "good")
        await other.close()
        // Some of it ends the stream alone.
        try await gateway.waitForNoConnections(leavingIdle: true)
        await gateway.stop()
        try await upstream.waitUntilOpen(0)
        await upstream.stop()
        await good.stop()
    }
}
