import HTTP2Framing
import NIOCore
import NIOHTTP2
import Testing

@testable import ReverseProxy

@Suite("Clients of HTTP/2 that take their answers slowly")
struct HTTP2SlowClientTests {
    private static let patience = Duration.seconds(300)
    private static let window = 65_535
    private static let size = 1 << 20

    /// Answers each request with more than a window.
    private static func upstream() async throws -> TestUpstream {
        try await .start { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(Self.size)\r\n\r\n")
            try await connection.send(ByteBuffer(repeating: UInt8(ascii: "x"), count: Self.size))
            try await connection.waitForEnd()
        }
    }

    private static func gateway(_ upstream: TestUpstream) async throws -> TestGateway {
        try await .startTLS(upstream, configuration: { $0.bodyIdleTimeout = Self.patience })
    }

    /// Asks for two answers: the first uses up the window of the connection, since streams are sent one after another, and
    /// then both wait.
    private static func waitingStreams(
        _ client: HTTP2Client,
        _ gateway: TestGateway
    ) async throws -> (HTTP2StreamID, HTTP2StreamID) {
        let first = try await client.send(HTTP2Client.fields())
        try await client.wait(for: first) { $0.body.count == Self.window }
        let second = try await client.send(HTTP2Client.fields())
        try await client.wait(for: second) { $0.status == 200 }
        try await eventually { try await gateway.streams { $0.canTakeAnswer } == [false, false] }
        return (first, second)
    }

    /// Looks at a stream as if all the time had passed that a client has since the stream, or the connection, has moved;
    /// whether the stream goes on.
    private static func goesOn(
        _ id: HTTP2StreamID,
        _ gateway: TestGateway,
        after moved: @escaping @Sendable (HTTP2Connection, FrontHandler) -> NIODeadline
    ) async throws -> Bool? {
        let number = Int32(Int(id))
        return try await gateway.withConnection { connection in
            guard let front = connection.streams[number]?.front else { return false }
            front.checkDeadline(moved(connection, front) + TimeAmount(Self.patience) + .nanoseconds(1))
            return connection.streams[number] != nil
        }
    }

    /// Waits until the clock of timeouts has gone on since a stream moved.
    private static func waitForClock(since stream: HTTP2StreamID, _ gateway: TestGateway) async throws {
        let number = Int32(Int(stream))
        try await eventually {
            let isLater = try await gateway.withConnection { connection in
                connection.streams[number].map { $0.front.lastActivity < connection.loop.now } ?? false
            }
            return isLater == true
        }
    }

    /// Lets another stream have so many bytes more.
    private static func move(_ stream: HTTP2StreamID, by size: Int, _ client: HTTP2Client) async throws {
        let count = client.answer(on: stream).body.count
        try await client.openConnection(size)
        try await client.wait(for: stream) { $0.body.count == count + size }
    }

    @Test func aStreamWaitsForItsTurnWhileTheConnectionMoves() async throws {
        let upstream = try await Self.upstream()
        let gateway = try await Self.gateway(upstream)
        let client = try await gateway.connectHTTP2(opensWindows: false)
        try await client.setInitialWindow(Self.size)
        let (first, second) = try await Self.waitingStreams(client, gateway)
        try await Self.waitForClock(since: second, gateway)
        try await Self.move(first, by: ClientMovement.step, client)
        #expect(try await Self.goesOn(second, gateway, after: { $1.lastActivity }) == true)
        // The connection itself may not stand still as long.
        #expect(try await Self.goesOn(second, gateway, after: { moving, _ in moving.movement.movedAt }) == false)
        #expect(try await client.wait(for: second).resetCode == .internalError)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aStreamWhoseWindowStaysClosedIsResetThoughTheConnectionMoves() async throws {
        let upstream = try await Self.upstream()
        let gateway = try await Self.gateway(upstream)
        let client = try await gateway.connectHTTP2(opensWindows: false)
        let (closed, other) = try await Self.waitingStreams(client, gateway)
        try await Self.waitForClock(since: closed, gateway)
        try await Self.move(other, by: ClientMovement.step, client)
        #expect(try await Self.goesOn(closed, gateway, after: { $1.lastActivity }) == true)
        let late = TimeAmount(Self.patience) * 4
        let goesOn = try await Self.goesOn(closed, gateway) { connection, front in
            // As if others had moved on until then.
            connection.movement = ClientMovement(at: front.lastActivity + late + TimeAmount(Self.patience))
            return front.lastActivity + late
        }
        #expect(goesOn == false)
        #expect(try await client.wait(for: closed).resetCode == .internalError)
        #expect(!client.answer(on: other).isEnded && client.answer(on: other).resetCode == nil)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aByteNowAndThenIsNoMovement() async throws {
        let upstream = try await Self.upstream()
        let gateway = try await Self.gateway(upstream)
        let client = try await gateway.connectHTTP2(opensWindows: false)
        try await client.setInitialWindow(Self.size)
        let (first, second) = try await Self.waitingStreams(client, gateway)
        try await Self.waitForClock(since: second, gateway)
        try await Self.move(first, by: 1, client)
        #expect(try await Self.goesOn(second, gateway, after: { $1.lastActivity }) == false)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func whatTheClientTakesIsNoSignOfTheUpstream() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(Self.size)\r\n\r\nonly a little of it")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.startTLS(upstream, route: { $0.timeouts.idle = .seconds(1) })
        let client = try await gateway.connectHTTP2(opensWindows: false)
        try await client.setInitialWindow(0)
        let stream = try await client.send(HTTP2Client.fields())
        try await client.wait(for: stream) { $0.status == 200 }
        try await eventually {
            // Once the stream is reset it has no window.
            try? await client.openWindow(1, of: stream)
            return client.answer(on: stream).resetCode != nil
        }
        #expect(await gateway.timeouts() == [.idle: 1])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("a connection that either side leaves sends the end of its last answer", arguments: [true, false])
    func aConnectionThatIsLeft(_ isStopped: Bool) async throws {
        let (pieces, send) = AsyncStream.makeStream(of: String.self)
        let upstream = try await TestUpstream.chunked(pieces)
        let configure = { (configuration: inout ReverseProxyConfiguration) in
            configuration.bodyIdleTimeout = Self.patience
            configuration.headTimeout = .milliseconds(200)
        }
        let gateway = try await TestGateway.startTLS(upstream, configuration: configure)
        let client = try await gateway.connectHTTP2()
        try await client.setInitialWindow(1 << 30)
        try await client.openConnection(1 << 30)
        let stream = try await client.send(HTTP2Client.fields())
        try await client.wait(for: stream) { $0.status == 200 }
        if !isStopped { try await client.leave() }
        try await client.setReading(false)
        try await gateway.fillSocket { send.yield($0) }
        send.yield("0\r\n\r\n")
        try await eventually { try await gateway.withConnection { $0.streams.isEmpty } == true }
        async let stopped: Void = isStopped ? gateway.proxy.stop() : ()
        // TLS waits five seconds for the client's goodbye, and throws away afterwards what was not sent.
        try await Task.sleep(for: .seconds(7))
        try await client.setReading(true)
        #expect(try await client.wait(for: stream).isEnded)
        await stopped
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
