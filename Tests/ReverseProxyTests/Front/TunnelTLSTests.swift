import NIOCore
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Tunnels behind TLS")
struct TunnelTLSTests {
    private static func start(_ upstream: TestUpstream) async throws -> (TestGateway, RawConnection, () -> Void) {
        let gateway = try await TestGateway.start(
            upstream,
            authentication: .required,
            halfClosure: true,
            tls: try TestTLS.server(),
            configuration: { $0.scheme = .https }
        )
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await RawConnection.open(port: gateway.port, half: true, tls: try TestTLS.client())
        try await client.send(TestGateway.upgrade("Cookie: __Host-portico_session=\(cookie)\r\n"))
        #expect(try await client.readHead().hasPrefix("HTTP/1.1 101 "))
        return (
            gateway, client,
            {
                gateway.sessions.revoke(session)
                gateway.directory.invalidate(.session(session.id))
            }
        )
    }

    @Test func passTheClientsEndOnAlone() async throws {
        let heard = Mutex("")
        let upstream = try await TestUpstream.tunnel(half: true) { connection in
            try await connection.waitForEnd()
            heard.withLock { $0 = String(decoding: connection.take(.max), as: UTF8.self) }
            try await connection.send("still here")
        }
        let (gateway, client, _) = try await Self.start(upstream)
        try await client.send("goodbye")
        try await client.closeOutput()
        try await client.waitForEnd()
        #expect(client.buffered == "still here" && heard.withLock { $0 } == "goodbye")
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func passTheRestOnToAClientThatHasEnded() async throws {
        let count = 1 << 20
        let upstream = try await TestUpstream.tunnel(half: true) { connection in
            try await connection.wait { !$0.isEmpty }
            try await connection.send(ByteBuffer(repeating: UInt8(ascii: "x"), count: count))
            try await connection.closeOutput()
            try await connection.waitForEnd()
        }
        let (gateway, client, _) = try await Self.start(upstream)
        try await client.channel.setOption(.autoRead, value: false).get()
        try await client.send("go")
        try await eventually { try await gateway.accepted[0].getOption(.bufferedWritableBytes).get() > 0 }
        try await client.closeOutput()
        try await gateway.wait { $0.isInputClosed }
        try await client.channel.setOption(.autoRead, value: true).get()
        try await client.waitForEnd()
        #expect(client.bufferedCount == count && !client.wasReset)
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func passTheUpstreamsEndOnAlone() async throws {
        let heard = Mutex("")
        let upstream = try await TestUpstream.tunnel(half: true) { connection in
            try await connection.send("goodbye")
            try await connection.closeOutput()
            try await connection.waitForEnd()
            heard.withLock { $0 = String(decoding: connection.take(.max), as: UTF8.self) }
        }
        let (gateway, client, _) = try await Self.start(upstream)
        try await client.waitForEnd()
        #expect(client.buffered == "goodbye" && client.channel.isActive)
        try await client.send("still here")
        try await client.closeOutput()
        try await eventually { heard.withLock { $0 } == "still here" }
        try await gateway.waitForNoConnections()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func endWithTheirSession() async throws {
        let upstream = try await TestUpstream.tunnel()
        let (gateway, client, endSession) = try await Self.start(upstream)
        #expect(try await client.roundTrip("ping"))
        endSession()
        try await client.waitForEnd()
        try await upstream.waitUntilOpen(0)
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }
}
