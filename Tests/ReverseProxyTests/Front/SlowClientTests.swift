import NIOCore
import Testing

@testable import ReverseProxy

@Suite("Clients of HTTP/1.1 that take their answer slowly")
struct SlowClientTests {
    private static let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 18)
    /// What the kernel has room for, once a connection has shown that it is quick, is several times as much.
    private static let little = 1 << 20

    @Test("whoever was quick before and takes little now is seen to take it", arguments: [false, true])
    func movement(_ isSecure: Bool) async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(1 << 40)\r\n\r\n")
            while !connection.isEnded { try await connection.send(Self.piece) }
        }
        let configure = { (configuration: inout ReverseProxyConfiguration) in
            configuration.bodyIdleTimeout = .seconds(300)
        }
        let gateway =
            isSecure
            ? try await TestGateway.startTLS(upstream, configuration: configure)
            : try await TestGateway.start(upstream, configuration: configure)
        let client = try await RawConnection.open(port: gateway.port, tls: isSecure ? try TestTLS.client() : nil)
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try await client.wait { $0.count > 64 << 20 }
        try await client.channel.setOption(.autoRead, value: false).get()
        try await gateway.wait { !$0.canTakeAnswer && NIODeadline.now() - $0.lastActivity > .seconds(1) }
        _ = client.take(.max)
        let before = await gateway.proxy.counts().sentBytes
        try await eventually {
            client.channel.read()
            return client.bufferedCount >= Self.little
        }
        try await eventually { await gateway.proxy.counts().sentBytes > before }
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    /// Who closes it in time of a stop, or because nothing more was asked for, throws away what was not sent.
    @Test(arguments: [true, false])
    func aConnectionThatWaitsForARequestSendsTheEndOfTheLastAnswer(_ isStopped: Bool) async throws {
        let (chunks, send) = AsyncStream.makeStream(of: String.self)
        let upstream = try await TestUpstream.chunked(chunks)
        let configure = { (configuration: inout ReverseProxyConfiguration) in
            configuration.bodyIdleTimeout = .seconds(300)
            configuration.keepAliveTimeout = isStopped ? .seconds(300) : .seconds(200)
        }
        let gateway = try await TestGateway.start(upstream, configuration: configure)
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try await gateway.fillSocket(of: client) { send.yield($0) }
        send.yield("0\r\n\r\n")
        try await gateway.wait { $0.phase == .head }
        async let stopped: Void = isStopped ? gateway.proxy.stop() : ()
        if isStopped { try await gateway.waitUntilStopping() }
        for _ in 0..<3 {
            try await gateway.wait { front in
                front.checkDeadline(front.loop.now + .seconds(299))
                return true
            }
        }
        try await client.channel.setOption(.autoRead, value: true).get()
        #expect(try await client.readMessage().rawBody.suffix(7) == Array("\r\n0\r\n\r\n".utf8))
        // Now nothing is in the way.
        if !isStopped { try await gateway.wait { Self.checkIdle($0) } }
        try await client.waitForEnd()
        await stopped
        await gateway.stop()
        await upstream.stop()
    }

    private static func checkIdle(_ front: FrontHandler) -> Bool {
        front.checkDeadline(front.loop.now + .seconds(201))
        return true
    }

    /// How a client ends its own side before it has the whole answer.
    struct Ending {
        let connection: String
        let isSecure: Bool
        /// Whether it does so before the upstream has given the whole answer.
        let isEarly: Bool

        static var all: [Ending] {
            ["keep-alive", "close"]
                .flatMap { connection in
                    [(false, false), (false, true), (true, false), (true, true)]
                        .map { Ending(connection: connection, isSecure: $0, isEarly: $1) }
                }
        }
    }

    private static func patient(
        _ upstream: TestUpstream,
        isSecure: Bool
    ) async throws -> (TestGateway, RawConnection) {
        let configure = { (configuration: inout ReverseProxyConfiguration) in
            configuration.bodyIdleTimeout = .seconds(300)
            configuration.keepAliveTimeout = .seconds(300)
            configuration.shutdownDeadline = .seconds(300)
        }
        let gateway =
            isSecure
            ? try await TestGateway.startTLS(upstream, configuration: configure)
            : try await TestGateway.start(upstream, halfClosure: true, configuration: configure)
        let tls = isSecure ? try TestTLS.client() : nil
        return (gateway, try await RawConnection.open(port: gateway.port, half: true, tls: tls))
    }

    @Test("a client that ends its own side first gets the whole answer", arguments: Ending.all)
    func halfClosure(_ ending: Ending) async throws {
        let (chunks, send) = AsyncStream.makeStream(of: String.self)
        let upstream = try await TestUpstream.chunked(chunks)
        let (gateway, client) = try await Self.patient(upstream, isSecure: ending.isSecure)
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: \(ending.connection)\r\n\r\n")
        try await gateway.fillSocket(of: client) { send.yield($0) }
        if !ending.isEarly {
            send.yield("0\r\n\r\n")
            try await gateway.wait { $0.phase == .head || $0.phase == .lingering }
        }
        try await client.closeOutput()
        try await gateway.wait { $0.isInputClosed }
        if ending.isEarly {
            send.yield("0\r\n\r\n")
            try await gateway.wait { $0.phase == .head || $0.phase == .lingering }
        }
        try await client.channel.setOption(.autoRead, value: true).get()
        try await client.waitForEnd()
        #expect(client.buffered.hasSuffix("\r\n0\r\n\r\n") && !client.wasReset)
        try await gateway.waitForNoConnections(leavingIdle: true)
        await gateway.stop()
        await upstream.stop()
    }

    @Test("what the control plane closes is closed once everything was sent", arguments: [false, true])
    func closureByTheControlPlane(_ isSecure: Bool) async throws {
        let (chunks, send) = AsyncStream.makeStream(of: String.self)
        let upstream = try await TestUpstream.chunked(chunks)
        let (gateway, client) = try await Self.patient(upstream, isSecure: isSecure)
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        try await gateway.fillSocket(of: client) { send.yield($0) }
        send.yield("0\r\n\r\n")
        try await gateway.wait { $0.phase == .lingering }
        try await client.closeOutput()
        try await gateway.wait { $0.isInputClosed }
        // As Hummingbird does once the client has ended its side.
        try await gateway.accepted[0].close(mode: .output)
        try await client.channel.setOption(.autoRead, value: true).get()
        try await client.waitForEnd()
        #expect(client.buffered.hasSuffix("\r\n0\r\n\r\n") && !client.wasReset)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func halfAnAnswerThatIsNotTakenCannotPassForTheWhole() async throws {
        let (chunks, send) = AsyncStream.makeStream(of: String.self)
        let upstream = try await TestUpstream.chunked(chunks)
        let (gateway, client) = try await Self.patient(upstream, isSecure: false)
        // To HTTP/1.0 the end of the connection is the end of the answer.
        try await client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n")
        try await gateway.fillSocket(of: client) { send.yield($0) }
        send.yield("0\r\n\r\n")
        try await gateway.wait { $0.phase == .lingering }
        try await gateway.wait { front in
            front.checkDeadline(front.loop.now + .seconds(301))
            return true
        }
        // The reset may have ended the channel already.
        try? await client.channel.setOption(.autoRead, value: true).get()
        try await client.waitForEnd()
        try await eventually { client.wasReset }
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aStopWaitsForNoHandshake() async throws {
        let upstream = try await TestUpstream.echo()
        let configure = { (configuration: inout ReverseProxyConfiguration) in
            configuration.keepAliveTimeout = .seconds(300)
            configuration.shutdownDeadline = .seconds(300)
        }
        let gateway = try await TestGateway.startTLS(upstream, configuration: configure)
        let client = try await RawConnection.open(port: gateway.port)
        try await gateway.wait { $0.phase == .head }
        async let stopped: Void = gateway.proxy.stop()
        try await client.waitForEnd()
        await stopped
        await gateway.stop()
        await upstream.stop()
    }
}
