import NIOCore
import Synchronization

/// What an upstream received as heads.
final class ReceivedHeads: Sendable {
    private let heads = Mutex<[String]>([])

    var all: [String] { self.heads.withLock { $0 } }

    func add(_ head: String) { self.heads.withLock { $0.append(head) } }
}

extension TestUpstream {
    static let switching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"

    /// Switches to WebSocket whoever asks, then runs a script on the bytes that follow.
    static func tunnel(
        half: Bool = false,
        heads: ReceivedHeads = ReceivedHeads(),
        _ script: @escaping Script = { try await $0.echo() }
    ) async throws -> TestUpstream {
        try await .start(half: half) { connection in
            heads.add(try await connection.readHead())
            try await connection.send(Self.switching)
            try await script(connection)
        }
    }
}

extension TestUpstream {
    /// Begins an endless stream of events.
    static func events() async throws -> TestUpstream {
        try await .start { connection in
            _ = try await connection.readHead()
            try await connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n"
            )
            try await connection.waitForEnd()
        }
    }
}

extension TestGateway {
    static func upgrade(_ lines: String = "") -> String {
        "GET /live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\(lines)\r\n"
    }

    /// Opens a tunnel, as the person of a cookie if there is one.
    func openTunnel(half: Bool = false, cookie: String? = nil) async throws -> RawConnection {
        let client = try await self.connect(half: half)
        try await client.send(Self.upgrade(cookie.map { "Cookie: __Host-portico_session=\($0)\r\n" } ?? ""))
        guard try await client.readHead().hasPrefix("HTTP/1.1 101 ") else { throw RawConnection.TimedOut() }
        return client
    }
}

extension RawConnection {
    /// Sends back what comes, until its end.
    func echo() async throws {
        while true {
            try await self.wait { !$0.isEmpty }
            let bytes = self.take(.max)
            guard !bytes.isEmpty else { return }
            try await self.send(ByteBuffer(bytes: bytes))
        }
    }

    /// Sends a text through an echo and waits until it is back.
    func roundTrip(_ text: String) async throws -> Bool {
        try await self.send(text)
        return try await self.expect(text)
    }

    /// Whether the next bytes are a text.
    func expect(_ text: String) async throws -> Bool {
        try await self.wait { $0.count >= text.utf8.count }
        return String(decoding: self.take(text.utf8.count), as: UTF8.self) == text
    }
}
