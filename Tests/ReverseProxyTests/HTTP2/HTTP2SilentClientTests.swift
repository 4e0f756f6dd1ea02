import HTTP2Framing
import NIOCore
import Synchronization
import Testing

@testable import ReverseProxy

/// Clients that let answers pile up and read nothing, so that they cannot even be told why their connection ends.
@Suite("Clients of HTTP/2 that do not read", .serialized)
struct HTTP2SilentClientTests {
    private static let size = 64 << 20
    /// All windows are open as wide as can be; the gateway's SETTINGS are not acknowledged.
    private static let begin =
        HTTP2AbuseTests.preface + HTTP2AbuseTests.frame(4, [0, 4, 0x7F, 0xFF, 0xFF, 0xFF])
        + HTTP2AbuseTests.frame(8, [0x7F, 0, 0, 0]) + HTTP2AbuseTests.frame(1, flags: 5, stream: 1, HTTP2AbuseTests.get)

    /// Gives the first request more than goes into a socket, and the others nothing.
    private static func upstream() async throws -> TestUpstream {
        let isFirst = Atomic(true)
        return try await .start { connection in
            _ = try await connection.readHead()
            if isFirst.exchange(false, ordering: .relaxed) {
                try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(Self.size)\r\n\r\n")
                let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 18)
                for _ in 0..<(Self.size / piece.readableBytes) { try await connection.send(piece) }
            }
            try await connection.waitForEnd()
        }
    }

    private static func connect(_ gateway: TestGateway) async throws -> RawConnection {
        let client = try await RawConnection.open(port: gateway.port, tls: try TestTLS.client(protocols: ["h2"]))
        try await client.send(ByteBuffer(bytes: Self.begin))
        try await client.channel.setOption(.autoRead, value: false).get()
        // The kernel may take more for a while, in buffers that grow.
        try await eventually {
            // Before TLS has settled on HTTP/2 there is no such connection.
            let isStuck = try? await gateway.withConnection { connection in
                connection.heldBackSince.map { .now() - $0 > .seconds(1) } ?? false
            }
            return isStuck == true
        }
        return client
    }

    @Test func oneThatBeginsStreamAfterStreamIsLeft() async throws {
        let upstream = try await Self.upstream()
        let gateway = try await TestGateway.startTLS(upstream, configuration: { $0.bodyIdleTimeout = .seconds(300) })
        let client = try await Self.connect(gateway)
        let streams = (1...1_300)
            .flatMap { HTTP2AbuseTests.frame(1, flags: 5, stream: UInt32(2 * $0 + 1), HTTP2AbuseTests.get) }
        try? await client.send(ByteBuffer(bytes: streams))
        try await gateway.waitForNoConnections(leavingIdle: true)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func oneThatTakesItsRequestsBackIsLeft() async throws {
        let upstream = try await Self.upstream()
        let gateway = try await TestGateway.startTLS(upstream, configuration: { $0.bodyIdleTimeout = .seconds(300) })
        let client = try await Self.connect(gateway)
        func frames(_ indices: Range<Int>, _ type: UInt8, _ payload: [UInt8]) -> [UInt8] {
            indices.flatMap { HTTP2AbuseTests.frame(type, flags: 5, stream: UInt32(2 * $0 + 1), payload) }
        }
        for round in 0..<10 {
            let indices = 60 * round + 1..<60 * round + 61
            // Nothing but a method.
            let bytes = frames(indices, 1, [0x82]) + frames(indices, 3, [0, 0, 0, 8])
            try? await client.send(ByteBuffer(bytes: bytes))
        }
        try await gateway.waitForNoConnections(leavingIdle: true)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func oneThatTakesNothingIsLeft() async throws {
        let upstream = try await Self.upstream()
        let gateway = try await TestGateway.startTLS(upstream, configuration: { $0.bodyIdleTimeout = .seconds(300) })
        let client = try await Self.connect(gateway)
        try await gateway.withConnection { $0.checkDeadline(.now() + .seconds(301)) }
        try await gateway.waitForNoConnections(leavingIdle: true)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
