import Testing

@testable import ReverseProxy

@Suite("Too many connections")
struct ConnectionLimitTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("A connection too many is answered 503 before it says anything; one that ends makes room")
    func answered() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, configuration: { $0.limits.connectionsPerAddress = 1 })
        let first = try await gateway.connect()
        try await first.send(Self.get)
        #expect(try await first.readMessage().status == 200)
        let second = try await gateway.connect()
        let refusal = try await second.readMessage()
        #expect(refusal.status == 503)
        #expect(refusal["Retry-After"] == "10")
        #expect(refusal["Connection"] == "close")
        #expect(refusal.text.hasPrefix(#"{"code":"too_many_connections","#))
        #expect(refusal.text.hasSuffix("}\n"))
        try await second.waitForEnd()
        #expect(second.buffered.isEmpty)
        await first.close()
        try await eventually {
            let client = try await gateway.connect()
            try? await client.send(Self.get)
            let status = try await client.readMessage().status
            await client.close()
            return status == 200
        }
        let counts = await gateway.proxy.counts()
        #expect(counts.refusedConnections >= 1)
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A trusted proxy has no limit of its own, only that of all")
    func trustedProxy() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(
            upstream,
            configuration: { configuration in
                configuration.limits = ConnectionLimits(connections: 2, connectionsPerAddress: 1)
                configuration.trustedProxies = TrustedProxies([CIDRBlock("127.0.0.0/8")].compactMap { $0 })
            }
        )
        let clients = [try await gateway.connect(), try await gateway.connect()]
        for client in clients {
            try await client.send(Self.get)
            #expect(try await client.readMessage().status == 200)
        }
        let third = try await gateway.connect()
        #expect(try await third.readMessage().status == 503)
        for client in clients + [third] { await client.close() }
        await gateway.stop()
        await upstream.stop()
    }

    @Test("With TLS a connection too many is closed before its handshake")
    func withTLS() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(
            upstream,
            tls: try TestTLS.server(),
            configuration: { $0.limits.connections = 1 }
        )
        let first = try await RawConnection.open(port: gateway.port, tls: try TestTLS.client())
        try await first.send(Self.get)
        #expect(try await first.readMessage().status == 200)
        let second = try await gateway.connect()
        try await second.waitForEnd()
        #expect(second.buffered.isEmpty)
        await first.close()
        await gateway.stop()
        await upstream.stop()
    }
}
