import NIOHTTP2
import Testing

@testable import ReverseProxy

/// Each event is sent only when the one before it has arrived, so that nothing may wait for more to come.
@Suite("Streams of events")
struct EventStreamTests {
    /// How the client speaks.
    enum Way: CaseIterable, Sendable {
        case plain
        case tls
        case http2
    }

    /// A client that has asked for the events.
    private enum Client {
        case http1(RawConnection)
        case http2(HTTP2Client, HTTP2StreamID)

        /// Waits for an event; false when the stream ends without it.
        func receives(_ event: String) async throws -> Bool {
            switch self {
            case .http1(let connection):
                try await connection.wait { String(decoding: $0, as: UTF8.self).contains(event) }
                return connection.buffered.contains(event)
            case .http2(let client, let stream):
                return try await client.wait(for: stream) { $0.text.contains(event) || $0.isEnded }.text.contains(event)
            }
        }

        func close() async {
            switch self {
            case .http1(let connection): await connection.close()
            case .http2(let client, _): await client.close()
            }
        }
    }

    private static func ask(_ gateway: TestGateway, _ way: Way) async throws -> Client {
        switch way {
        case .plain, .tls:
            let tls = way == .tls ? try TestTLS.client() : nil
            let connection = try await RawConnection.open(port: gateway.port, tls: tls)
            try await connection.send("GET /events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n")
            return .http1(connection)
        case .http2:
            let client = try await gateway.connectHTTP2()
            let fields = HTTP2Client.fields("GET", "/events", [("accept", "text/event-stream")])
            return .http2(client, try await client.send(fields))
        }
    }

    private static func event(_ number: Int) -> String { "data: \(number)\n\n" }

    private static func expectEvents(_ client: Client, _ gates: [Gate]) async throws {
        for (number, gate) in gates.enumerated() {
            #expect(try await client.receives(Self.event(number)))
            gate.open()
        }
        #expect(try await client.receives(Self.event(gates.count)))
    }

    @Test(
        "come one by one",
        arguments: Way.allCases,
        ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", "HTTP/1.1 200 OK\r\nConnection: close", "HTTP/1.0 200 OK"]
    )
    func oneByOne(_ way: Way, _ head: String) async throws {
        let gates = [Gate(), Gate(), Gate()]
        let upstream = try await TestUpstream.start { connection in
            func send(_ text: String) async throws {
                let isChunked = head.contains("chunked")
                try await connection.send(isChunked ? "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n" : text)
            }
            _ = try await connection.readHead()
            try await connection.send("\(head)\r\nContent-Type: text/event-stream\r\n\r\n")
            for (number, gate) in gates.enumerated() {
                try await send(Self.event(number))
                await gate.wait()
            }
            try await send(Self.event(gates.count))
            try await connection.waitForEnd()
        }
        let gateway = try await way == .plain ? TestGateway.start(upstream) : TestGateway.startTLS(upstream)
        let client = try await Self.ask(gateway, way)
        try await Self.expectEvents(client, gates)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("come one by one from an upstream of HTTP/2", arguments: Way.allCases)
    func fromHTTP2(_ way: Way) async throws {
        let gates = [Gate(), Gate(), Gate()]
        let upstream = try await TestHTTP2Upstream.start { stream in
            try await stream.send([(":status", "200"), ("content-type", "text/event-stream")])
            for (number, gate) in gates.enumerated() {
                try await stream.send(Self.event(number))
                await gate.wait()
            }
            try await stream.send(Self.event(gates.count))
        }
        let gateway = try await TestGateway.start(upstream, isSecure: way != .plain)
        let client = try await Self.ask(gateway, way)
        try await Self.expectEvents(client, gates)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
