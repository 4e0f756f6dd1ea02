import NIOCore
import Synchronization
import Testing

@testable import ReverseProxy

/// Bodies of 64 MiB: all bytes arrive, and the gateway never holds more than a little.
@Suite("Streaming", .serialized)
struct StreamingTests {
    private static let total = 64 << 20
    private static let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 18)
    /// The watermark of a channel's writes, one reading's bytes, and room for the frames.
    private static let mostHeld = 1 << 20

    @Test("down", arguments: [false, true])
    func down(_ isChunked: Bool) async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(Self.total)"
            try await connection.send("HTTP/1.1 200 OK\r\n\(framing)\r\n\r\n")
            for _ in 0..<(Self.total / Self.piece.readableBytes) {
                if isChunked { try await connection.send("40000\r\n") }
                try await connection.send(Self.piece)
                if isChunked { try await connection.send("\r\n") }
            }
            if isChunked { try await connection.send("0\r\n\r\n") }
            // An upstream that closes makes NIO read at once what the kernel still holds, which is bounded by tcp_rmem and
            // not by the gateway; so this one keeps its connection.
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.channel.setOption(.autoRead, value: false).get()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        // Nobody reads: the gateway must stop reading the upstream before it holds much.
        try await gateway.waitUntilNotWritable()
        #expect(try await gateway.heldBytes() <= Self.mostHeld)
        try await client.channel.setOption(.autoRead, value: true).get()
        let head = try await client.readHead()
        #expect(head.contains(isChunked ? "chunked" : "Content-Length: \(Self.total)"))
        var counter = BodyCounter()
        var received = 0
        var most = 0
        while received < Self.total {
            try await client.wait { !$0.isEmpty }
            let bytes = client.take(.max)
            guard !bytes.isEmpty else { break }
            received += isChunked ? try counter.count(bytes) : bytes.count
            most = max(most, try await gateway.heldBytes())
        }
        #expect(received == Self.total)
        #expect(most <= Self.mostHeld)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("up", arguments: [false, true])
    func up(_ isChunked: Bool) async throws {
        let received = Atomic<Int>(0)
        let mayRead = Mutex(false)
        let upstream = try await TestUpstream.start(autoRead: false) { connection in
            while !mayRead.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
            try await connection.channel.setOption(.autoRead, value: true).get()
            let isChunked = try await connection.readHead().contains("chunked")
            var counter = BodyCounter()
            // To the last byte of the request: whoever answers before it closes on somebody who still sends.
            while received.load(ordering: .relaxed) < Self.total || (isChunked && !counter.isComplete) {
                try await connection.wait { !$0.isEmpty }
                let bytes = connection.take(.max)
                guard !bytes.isEmpty else { break }
                received.add(isChunked ? try counter.count(bytes) : bytes.count, ordering: .relaxed)
            }
            try await connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(Self.total)"
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n")
        async let sent: Void = {
            for _ in 0..<(Self.total / Self.piece.readableBytes) {
                if isChunked { try await client.send("40000\r\n") }
                try await client.send(Self.piece)
                if isChunked { try await client.send("\r\n") }
            }
            if isChunked { try await client.send("0\r\n\r\n") }
        }()
        try await gateway.waitUntilReadingStops()
        #expect(try await gateway.heldBytes() <= Self.mostHeld)
        mayRead.withLock { $0 = true }
        try await sent
        #expect(try await client.readMessage().text == "ok")
        #expect(received.load(ordering: .relaxed) == Self.total)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    /// Counts the bytes of a chunked body as they arrive.
    private struct BodyCounter {
        private var reader = ChunkedBodyReader()
        private var buffer = ByteBuffer()
        /// Whether the end of the body has arrived.
        private(set) var isComplete = false

        mutating func count(_ bytes: [UInt8]) throws -> Int {
            var count = 0
            self.buffer.writeBytes(bytes)
            while !self.isComplete, let piece = try self.reader.next(&self.buffer) {
                switch piece {
                case .data(let data): count += data.readableBytes
                case .end: self.isComplete = true
                }
            }
            self.buffer.discardReadBytes()
            return count
        }
    }
}
