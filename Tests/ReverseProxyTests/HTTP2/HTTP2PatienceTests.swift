import NIOCore
import NIOSSL
import Testing

@testable import ReverseProxy

/// What clients do that mean well, though each of it could be an attack if it came more often or sooner.
@Suite("Clients of HTTP/2 that go on")
struct HTTP2PatienceTests {
    private static let rounds = 12
    private static let streamsOfARound = 50
    /// A request with a body, to `https://a/`.
    private static let post: [UInt8] = [0x83] + HTTP2AbuseTests.get.dropFirst()

    /// A frame that came.
    private struct Frame: Hashable {
        let type: UInt8
        let flags: UInt8
        let payload: [UInt8]

        var endsStream: Bool { self.type <= 1 && self.flags & 1 != 0 }
        var isRefusal: Bool { self.type == 3 && self.payload == [0, 0, 0, 7] }
        /// Whether the client is told to send no more, since there is the answer.
        var isStop: Bool { self.type == 3 && self.payload == [0, 0, 0, 0] }
        var isAcknowledgedPing: Bool { self.type == 6 && self.flags == 1 }
        var isGoAway: Bool { self.type == 7 }

        /// The frames that came whole.
        static func all(in bytes: [UInt8]) -> [Frame] {
            var frames: [Frame] = []
            var position = 0
            while position + 9 <= bytes.count {
                let length = bytes[position..<position + 3].reduce(0) { $0 << 8 | Int($1) }
                let start = position + 9
                guard start + length <= bytes.count else { break }
                let payload = Array(bytes[start..<start + length])
                frames.append(Frame(type: bytes[position + 3], flags: bytes[position + 4], payload: payload))
                position = start + length
            }
            return frames
        }
    }

    /// Talks to a gateway where everybody has to sign in, so that each request has its answer at once.
    private static func converse(
        _ body: (RawConnection) async throws -> Void
    ) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream, authentication: .required)
        let client = try await RawConnection.open(port: gateway.port, tls: try TestTLS.client(protocols: ["h2"]))
        try await body(client)
        // Whoever still answers has not ended the connection.
        try await client.send(ByteBuffer(bytes: HTTP2AbuseTests.frame(6, [UInt8](repeating: 0, count: 8))))
        try await client.wait { bytes in
            Frame.all(in: bytes).contains { $0.isAcknowledgedPing || $0.isGoAway }
        }
        let all = Frame.all(in: client.take(.max))
        #expect(!all.contains { $0.isGoAway } && all.contains { $0.isAcknowledgedPing })
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    private static func streams(of round: Int) -> [UInt32] {
        (round * Self.streamsOfARound..<(round + 1) * Self.streamsOfARound).map { UInt32(2 * $0 + 1) }
    }

    /// Browsers do it when a page is left, and clients of gRPC behind each answer that came before their request's end.
    @Test("resets behind the whole answer are not counted", arguments: [UInt8(5), 4])
    func lateResets(_ flags: UInt8) async throws {
        let request = flags == 5 ? HTTP2AbuseTests.get : Self.post
        try await Self.converse { client in
            // The answers of all rounds are more than the window of the connection is at first.
            let window = HTTP2AbuseTests.frame(8, [0x7F, 0, 0, 0])
            try await client.send(ByteBuffer(bytes: HTTP2AbuseTests.begin + window))
            for round in 0..<Self.rounds {
                let streams = Self.streams(of: round)
                let requests = streams.flatMap { HTTP2AbuseTests.frame(1, flags: flags, stream: $0, request) }
                try await client.send(ByteBuffer(bytes: requests))
                let count = (round + 1) * streams.count
                try await client.wait { Frame.all(in: $0).count { $0.endsStream } == count }
                let resets = streams.flatMap { HTTP2AbuseTests.frame(3, stream: $0, [0, 0, 0, 8]) }
                try await client.send(ByteBuffer(bytes: resets))
            }
        }
    }

    /// The client has sent them before it could know that nobody reads its body.
    @Test func trailersBehindAnEarlyAnswerAreNotHeldAgainstAnybody() async throws {
        try await Self.converse { client in
            try await client.send(ByteBuffer(bytes: HTTP2AbuseTests.begin))
            for round in 0..<3 {
                let streams = Self.streams(of: round)
                let requests = streams.flatMap { HTTP2AbuseTests.frame(1, flags: 4, stream: $0, Self.post) }
                try await client.send(ByteBuffer(bytes: requests))
                let count = (round + 1) * streams.count
                try await client.wait { Frame.all(in: $0).count { $0.isStop } == count }
                let trailers = streams.flatMap {
                    HTTP2AbuseTests.frame(1, flags: 5, stream: $0, [0x00, 0x01, 0x78, 0x01, 0x79])
                }
                try await client.send(ByteBuffer(bytes: trailers))
            }
        }
    }

    @Test func manyRequestsBeforeTheLimitIsKnownAreAnsweredOrRefusedEach() async throws {
        try await Self.converse { client in
            let requests = (0..<300)
                .flatMap { HTTP2AbuseTests.frame(1, flags: 5, stream: UInt32(2 * $0 + 1), HTTP2AbuseTests.get) }
            let begin = HTTP2AbuseTests.preface + HTTP2AbuseTests.frame(4)
            try await client.send(ByteBuffer(bytes: begin + requests))
            try await client.wait { Frame.all(in: $0).count { $0.endsStream || $0.isRefusal || $0.isGoAway } >= 300 }
        }
    }
}
