import NIOCore
import Synchronization
import Testing

@testable import ReverseProxy

@Suite("Tunnels behind an upgrade", .serialized)
struct TunnelTests {
    /// More than the kernel keeps for the two connections.
    private static let total = 48 << 20
    private static let piece = ByteBuffer(bytes: (0..<(1 << 18)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
    /// The watermark of a channel's writes and one reading's bytes, for each direction.
    private static let mostHeld = 1 << 20

    @Test func carriesMuchBothWaysAtOnce() async throws {
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.openTunnel()
        let pieces = 32
        async let sent: Void = {
            for _ in 0..<pieces { try await client.send(Self.piece) }
        }()
        for _ in 0..<pieces {
            try await client.wait { $0.count >= Self.piece.readableBytes }
            #expect(client.take(Self.piece.readableBytes) == Array(Self.piece.readableBytesView))
        }
        try await sent
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func stopsTheUpstreamWhileTheClientDoesNotRead() async throws {
        let sent = Atomic<Int>(0)
        let upstream = try await TestUpstream.tunnel { connection in
            while sent.load(ordering: .relaxed) < Self.total {
                try await connection.send(Self.piece)
                sent.add(Self.piece.readableBytes, ordering: .relaxed)
            }
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.channel.setOption(.autoRead, value: false).get()
        try await client.send(TestGateway.upgrade())
        try await gateway.waitUntilNotWritable()
        #expect(sent.load(ordering: .relaxed) < Self.total)
        #expect(try await gateway.heldBytes() <= Self.mostHeld)
        try await client.channel.setOption(.autoRead, value: true).get()
        #expect(try await client.readHead().hasPrefix("HTTP/1.1 101 "))
        var received = 0
        while received < Self.total {
            try await client.wait { !$0.isEmpty }
            let bytes = client.take(.max)
            guard !bytes.isEmpty else { break }
            received += bytes.count
        }
        #expect(received == Self.total)
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func stopsTheClientWhileTheUpstreamDoesNotRead() async throws {
        let gate = Gate()
        let received = Atomic<Int>(0)
        let upstream = try await TestUpstream.tunnel { connection in
            try await connection.channel.setOption(.autoRead, value: false).get()
            try await connection.send("ready")
            await gate.wait()
            try await connection.channel.setOption(.autoRead, value: true).get()
            while received.load(ordering: .relaxed) < Self.total {
                try await connection.wait { !$0.isEmpty }
                let bytes = connection.take(.max)
                guard !bytes.isEmpty else { return }
                received.add(bytes.count, ordering: .relaxed)
            }
            try await connection.send("done")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.openTunnel()
        #expect(try await client.expect("ready"))
        let sent = Atomic<Int>(0)
        async let sending: Void = {
            while sent.load(ordering: .relaxed) < Self.total {
                try await client.send(Self.piece)
                sent.add(Self.piece.readableBytes, ordering: .relaxed)
            }
        }()
        try await gateway.wait { $0.phase == .tunneling && $0.upstream?.isWritable == false }
        #expect(sent.load(ordering: .relaxed) < Self.total)
        #expect(try await gateway.heldBytes() <= Self.mostHeld)
        gate.open()
        try await sending
        #expect(try await client.expect("done"))
        #expect(received.load(ordering: .relaxed) == Self.total)
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("the end of the client's bytes is passed on alone", arguments: [true, false])
    func passesTheClientsEndOn(_ ownerAllowsHalfClosure: Bool) async throws {
        let heard = Mutex("")
        let upstream = try await TestUpstream.tunnel(half: true) { connection in
            try await connection.waitForEnd()
            heard.withLock { $0 = String(decoding: connection.take(.max), as: UTF8.self) }
            try await connection.send("still here")
        }
        let gateway = try await TestGateway.start(upstream, halfClosure: ownerAllowsHalfClosure)
        let client = try await gateway.openTunnel(half: true)
        try await client.send("goodbye")
        try await client.closeOutput()
        try await client.waitForEnd()
        #expect(client.buffered == "still here" && heard.withLock { $0 } == "goodbye")
        #expect(!client.wasReset)
        try await gateway.waitForNoConnections()
        try await upstream.waitUntilOpen(0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func passesTheUpstreamsEndOnAlone() async throws {
        let heard = Mutex("")
        let upstream = try await TestUpstream.tunnel(half: true) { connection in
            try await connection.send("goodbye")
            try await connection.closeOutput()
            try await connection.waitForEnd()
            heard.withLock { $0 = String(decoding: connection.take(.max), as: UTF8.self) }
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.openTunnel(half: true)
        try await client.waitForEnd()
        #expect(client.buffered == "goodbye" && client.channel.isActive)
        try await client.send("still here")
        try await client.closeOutput()
        try await gateway.waitForNoConnections()
        try await eventually { heard.withLock { $0 } == "still here" }
        #expect(!client.wasReset)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func sendsTheClientsLastBytesAfterItHasGone() async throws {
        let gate = Gate()
        let received = Mutex<Int?>(nil)
        let upstream = try await TestUpstream.tunnel(half: true) { connection in
            try await connection.channel.setOption(.autoRead, value: false).get()
            try await connection.closeOutput()
            await gate.wait()
            try await connection.channel.setOption(.autoRead, value: true).get()
            try await connection.waitForEnd()
            received.withLock { $0 = connection.take(.max).count }
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.openTunnel(half: true)
        try await client.waitForEnd()
        async let sending: Void = {
            for _ in 0..<(Self.total / Self.piece.readableBytes) { try await client.send(Self.piece) }
            try await client.closeOutput()
        }()
        try await gateway.wait { $0.upstream?.isWritable == false }
        gate.open()
        try await sending
        try await eventually { received.withLock { $0 } != nil }
        #expect(received.withLock { $0 } == Self.total)
        try await gateway.waitForNoConnections()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aResetOfTheClientResetsTheUpstream() async throws {
        let wasReset = Mutex<Bool?>(nil)
        let upstream = try await TestUpstream.tunnel { connection in
            try await connection.waitForEnd()
            wasReset.withLock { $0 = connection.wasReset }
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.openTunnel()
        await client.reset()
        try await eventually { wasReset.withLock { $0 } != nil }
        #expect(wasReset.withLock { $0 } == true)
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aResetOfTheUpstreamResetsTheClient() async throws {
        let upstream = try await TestUpstream.tunnel { connection in
            try await connection.wait { !$0.isEmpty }
            await connection.reset()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.openTunnel()
        try await client.send("x")
        try await client.waitForEnd()
        #expect(client.wasReset)
        try await gateway.waitForNoConnections()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func neverUsesTheConnectionAgain() async throws {
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await TestGateway.start(upstream)
        for count in 1...3 {
            let client = try await gateway.openTunnel()
            #expect(await gateway.proxy.counts().connections == ConnectionCounts(clients: 1, upstreams: 1))
            await client.close()
            try await gateway.waitForNoConnections()
            #expect(upstream.accepted == count)
        }
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aSilentTunnelEndsAtItsOwnLimit() async throws {
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await TestGateway.start(upstream) { $0.timeouts.tunnel = .milliseconds(60) }
        let client = try await gateway.connect()
        try await client.send(TestGateway.upgrade())
        try await client.waitForEnd()
        #expect(client.wasReset)
        try await upstream.waitUntilOpen(0)
        try await gateway.waitForNoConnections()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func theLimitsOfRequestsDoNotHoldForATunnel() async throws {
        let upstream = try await TestUpstream.start { connection in
            guard try await connection.readHead().contains("pgrade") else { return try await connection.waitForEnd() }
            try await connection.send(TestUpstream.switching)
            try await connection.echo()
        }
        let gateway = try await TestGateway.start(upstream) {
            $0.timeouts.total = .milliseconds(500)
            $0.timeouts.idle = .milliseconds(500)
        }
        var client: RawConnection?
        // A busy machine may take longer than the limit for the handshake itself, to which it applies.
        try await eventually {
            client = try? await gateway.openTunnel()
            return client != nil
        }
        let tunnel = try #require(client)
        // A request that begins later has come to its limit: so would have the tunnel.
        #expect(try await gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 504)
        #expect(try await tunnel.roundTrip("ping"))
        await tunnel.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func stoppingLetsATunnelGoOn() async throws {
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await TestGateway.start(upstream, configuration: { $0.shutdownDeadline = .seconds(300) })
        let idle = try await gateway.connect()
        let client = try await gateway.openTunnel()
        async let stopped: Void = gateway.stop()
        try await idle.waitForEnd()
        #expect(try await client.roundTrip("ping"))
        await client.close()
        await stopped
        #expect(await gateway.proxy.counts().connections == ConnectionCounts())
        await idle.close()
        await upstream.stop()
    }

    @Test func stoppingBreaksATunnelAtTheDeadline() async throws {
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await TestGateway.start(upstream, configuration: { $0.shutdownDeadline = .milliseconds(60) })
        let client = try await gateway.openTunnel()
        await gateway.stop()
        try await client.waitForEnd()
        #expect(client.wasReset)
        try await upstream.waitUntilOpen(0)
        await client.close()
        await upstream.stop()
    }
}
