import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server of raw bytes behind the gateway: each connection runs a script.
final class TestUpstream: Sendable {
    typealias Script = @Sendable (RawConnection) async throws -> Void

    private let channel: any Channel
    private let counts: Counts

    final class Counts: Sendable {
        let accepted = Atomic<Int>(0)
        let open = Atomic<Int>(0)
    }

    private init(channel: any Channel, counts: Counts) {
        self.channel = channel
        self.counts = counts
    }

    var port: Int { self.channel.localAddress?.port ?? 0 }
    var accepted: Int { self.counts.accepted.load(ordering: .sequentiallyConsistent) }
    var open: Int { self.counts.open.load(ordering: .sequentiallyConsistent) }

    /// Opens a port.
    ///
    /// A connection that does not read begins to when its script sets `autoRead`. It must not ask for bytes by `read()`
    /// besides: its script may be ahead of its registration with the event loop, and SwiftNIO would take what was asked for
    /// then as asked for already, and never read.
    static func start(
        autoRead: Bool = true,
        half: Bool = false,
        tls: NIOSSLContext? = nil,
        _ script: @escaping Script
    ) async throws -> TestUpstream {
        let counts = Counts()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: autoRead)
            .childChannelOption(.allowRemoteHalfClosure, value: half)
            .childChannelInitializer { channel in
                let inbox = Inbox()
                counts.accepted.add(1, ordering: .sequentiallyConsistent)
                counts.open.add(1, ordering: .sequentiallyConsistent)
                channel.closeFuture.whenComplete { _ in counts.open.subtract(1, ordering: .sequentiallyConsistent) }
                return channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(InboxHandler(inbox: inbox))
                    let connection = RawConnection(channel: channel, inbox: inbox)
                    Task {
                        try? await script(connection)
                        await connection.close()
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return TestUpstream(channel: channel, counts: counts)
    }

    /// Answers every request of a connection with what it received, head and body.
    static func echo() async throws -> TestUpstream {
        try await .start { connection in
            while !connection.isEnded {
                let request = try await connection.readMessage()
                guard !request.startLine.isEmpty else { return }
                let lines = [request.startLine] + request.fields.map { "\($0.name): \($0.value)" }
                let body = lines.joined(separator: "\n") + "\n\n" + request.text
                try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            }
        }
    }

    /// Answers every request with the same bytes.
    static func fixed(_ answer: String, thenCloses: Bool = false) async throws -> TestUpstream {
        try await .start { connection in
            while !connection.isEnded {
                let request = try await connection.readMessage()
                guard !request.startLine.isEmpty else { return }
                try await connection.send(answer)
                if thenCloses { return }
            }
        }
    }

    func stop() async {
        try? await self.channel.close()
    }
}
