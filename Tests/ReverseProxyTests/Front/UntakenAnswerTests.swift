import NIOCore
import NIOHTTP2
import Testing

@testable import ReverseProxy

/// Clients that ask for much and take nothing: each would hold a connection of its upstream for ever.
@Suite("Answers that a client does not take")
struct UntakenAnswerTests {
    private static let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 18)

    /// Answers `/small` shortly, everything else with more than all buffers on the way hold.
    private static func upstream() async throws -> TestUpstream {
        try await .start { connection in
            while try await connection.readHead().hasPrefix("GET /small ") {
                try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            }
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(1 << 30)\r\n\r\n")
            for _ in 0..<(1 << 12) { try await connection.send(Self.piece) }
        }
    }

    private static func gateway(_ upstream: TestUpstream, isSecure: Bool) async throws -> TestGateway {
        // Nothing else than the client's pause may end anything.
        let long = Duration.seconds(300)
        let change = { (route: inout Route) in
            route.timeouts.firstByte = long
            route.timeouts.idle = long
        }
        let configure = { (configuration: inout ReverseProxyConfiguration) in
            configuration.bodyIdleTimeout = .milliseconds(200)
            configuration.keepAliveTimeout = long
        }
        guard isSecure else { return try await .start(upstream, route: change, configuration: configure) }
        return try await .startTLS(upstream, route: change, configuration: configure)
    }

    private static func expectBreak(_ gateway: TestGateway, _ upstream: TestUpstream) async throws {
        try await upstream.waitUntilOpen(0)
        try await eventually { await gateway.proxy.counts().routes[0].unfinished == 1 }
        // The upstream was quick enough.
        #expect(await gateway.timeouts() == [:])
    }

    @Test("end with their connection", arguments: [false, true])
    func overHTTP1(_ isSecure: Bool) async throws {
        let upstream = try await Self.upstream()
        let gateway = try await Self.gateway(upstream, isSecure: isSecure)
        let tls = isSecure ? try TestTLS.client() : nil
        let client = try await RawConnection.open(port: gateway.port, tls: tls)
        try await client.send("GET /small HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.readMessage().text == "ok")
        try await client.channel.setOption(.autoRead, value: false).get()
        try await client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        try await Self.expectBreak(gateway, upstream)
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("end with their stream alone over HTTP/2")
    func overHTTP2() async throws {
        let upstream = try await Self.upstream()
        let gateway = try await Self.gateway(upstream, isSecure: true)
        let client = try await gateway.connectHTTP2(opensWindows: false)
        let stream = try await client.send(HTTP2Client.fields("GET", "/large"))
        let answer = try await client.wait(for: stream) { $0.resetCode != nil }
        #expect(answer.status == 200 && answer.resetCode == .internalError && !answer.isEnded)
        #expect(!client.isEnded)
        try await Self.expectBreak(gateway, upstream)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
