import NIOCore
import NIOHTTP2
import Synchronization
import Testing

@testable import ReverseProxy

/// Bodies of many windows: all bytes arrive, and the gateway never takes much more than is taken from it.
@Suite("Flow control of HTTP/2", .serialized)
struct HTTP2FlowTests {
    /// More than the kernel's buffers between the gateway and an upstream that does not read.
    private static let upload = 16 << 20
    private static let download = 4 << 20
    private static let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 18)
    /// The window of a stream, the watermark of its writes and of the socket's, and the bytes of a reading or two.
    private static let mostHeld = 1 << 20

    @Test func aClientThatOpensNoWindowHoldsTheUpstreamBack() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(Self.download)\r\n\r\n")
            for _ in 0..<(Self.download / Self.piece.readableBytes) { try await connection.send(Self.piece) }
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2(opensWindows: false)
        let stream = try await client.send(HTTP2Client.fields())
        try await client.wait(for: stream) { $0.body.count == 65_535 }
        try await eventually { try await gateway.streams { $0.canTakeAnswer } == [false] }
        #expect(await gateway.proxy.counts().sentBytes < Self.mostHeld)
        try await client.openWindow(Self.download, of: stream)
        let answer = try await client.wait(for: stream)
        #expect(answer.body.count == Self.download && answer.isEnded)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func anUpstreamThatDoesNotReadHoldsTheClientBack() async throws {
        let mayRead = Gate()
        let upstream = try await TestUpstream.start(autoRead: false) { connection in
            await mayRead.wait()
            try await connection.channel.setOption(.autoRead, value: true).get()
            _ = try await connection.readHead()
            try await connection.wait { $0.count == Self.upload }
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let fields = HTTP2Client.fields("POST", "/", [("content-length", "\(Self.upload)")])
        let stream = try await client.send(fields, ends: false)
        async let sent: Void = {
            let count = Self.upload / Self.piece.readableBytes
            for index in 1...count { try await client.send(Self.piece, on: stream, ends: index == count) }
        }()
        try await eventually { try await gateway.streams { $0.isRequestHeldBack } == [true] }
        #expect(try await gateway.streams { $0.heldBytes }.allSatisfy { $0 < Self.mostHeld })
        mayRead.open()
        try await sent
        #expect(try await client.wait(for: stream).text == "ok")
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
