import NIOCore
import NIOHTTP2
import Synchronization
import Testing

@testable import ReverseProxy

/// Bodies of many windows: all bytes arrive, and the gateway never takes much more than is taken from it.
@Suite("Flow control towards upstreams of HTTP/2", .serialized)
struct HTTP2UpstreamFlowTests {
    private static let size = 4 << 20
    private static let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 18)
    /// The windows and watermarks of two streams and two sockets.
    private static let mostHeld = 1 << 20

    @Test func aClientThatOpensNoWindowHoldsTheUpstreamBack() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            guard stream.request[":path"] == "/long" else {
                return try await stream.send([(":status", "204")], ends: true)
            }
            try await stream.send([(":status", "200")])
            let count = Self.size / Self.piece.readableBytes
            for index in 1...count { try await stream.send(Self.piece, ends: index == count) }
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2(opensWindows: false)
        let stream = try await client.send(HTTP2Client.fields("GET", "/long"))
        try await client.wait(for: stream) { $0.body.count == 65_535 }
        try await eventually { try await gateway.streams { $0.canTakeAnswer } == [false] }
        // The other streams of the connection to the upstream go on.
        #expect(try await client.exchange(HTTP2Client.fields()).status == 204)
        #expect(upstream.accepted == 1)
        #expect(await gateway.proxy.counts().sentBytes < Self.mostHeld)
        try await client.openWindow(Self.size, of: stream)
        let answer = try await client.wait(for: stream)
        #expect(answer.body.count == Self.size && answer.isEnded)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func anUpstreamThatOpensNoWindowHoldsTheClientBack() async throws {
        let mayRead = Gate()
        let upstream = try await TestHTTP2Upstream.start(opensWindows: false) { stream in
            await mayRead.wait()
            try await stream.openWindow(Self.size)
            try await stream.wait { $0.isEnded }
            try await stream.send([(":status", "200")])
            try await stream.send("\(stream.request.body.count)", ends: true)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        let fields = HTTP2Client.fields("POST", "/", [("content-length", "\(Self.size)")])
        let stream = try await client.send(fields, ends: false)
        async let sent: Void = {
            let count = Self.size / Self.piece.readableBytes
            for index in 1...count { try await client.send(Self.piece, on: stream, ends: index == count) }
        }()
        try await eventually { try await gateway.streams { $0.isRequestHeldBack } == [true] }
        #expect(await gateway.proxy.counts().receivedBytes < Self.mostHeld)
        mayRead.open()
        try await sent
        #expect(try await client.wait(for: stream).text == "\(Self.size)")
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aRequestThatIsHeldBackIsNotCarriedOutOnceItIsCancelled() async throws {
        let size = 1 << 25
        let mayRead = Gate()
        let upstream = try await TestHTTP2Upstream.start(opensWindows: false) { stream in
            guard stream.request[":path"] == "/long" else {
                return try await stream.send([(":status", "204")], ends: true)
            }
            // The windows are wide open, but nobody reads.
            try await stream.connection.channel.setOption(.autoRead, value: false).get()
            try await stream.openWindow(size)
            await mayRead.wait()
            try await stream.connection.channel.setOption(.autoRead, value: true).get()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        let fields = HTTP2Client.fields("POST", "/long", [("content-length", "\(size)")])
        let long = try await client.send(fields, ends: false)
        let sending = Task {
            for _ in 0..<(size / Self.piece.readableBytes) { try await client.send(Self.piece, on: long) }
        }
        try await eventually {
            try await gateway.streams { $0.upstream?.context?.channel.parent?.isWritable == false } == [true]
        }
        let cancelled = try await client.send(HTTP2Client.fields("POST", "/cancelled"))
        try await eventually { try await gateway.streams { $0.upstream != nil } == [true, true] }
        try await client.reset(cancelled)
        try await eventually { try await gateway.streams { $0.upstream != nil } == [true] }
        mayRead.open()
        #expect(try await client.exchange(HTTP2Client.fields("GET", "/after")).status == 204)
        // It did not arrive, or is cancelled there too.
        try await eventually {
            upstream.connections.flatMap { $0.requests.withLock { Array($0.values) } }
                .allSatisfy { $0[":path"] != "/cancelled" || $0.resetCode == .cancel }
        }
        await client.close()
        _ = await sending.result
        await gateway.stop()
        await upstream.stop()
    }
}
