import NIOCore
import NIOPosix

/// What reading with SwiftNIO costs: a relay that moves bytes and looks at none of them.
///
///     ByteRelayBenchmark PORT UPSTREAM-PORT ADDED
///
/// Each client has an upstream connection of its own. What the client sends is one request, and goes there with so many bytes
/// of header lines more, as a gateway adds them; with 0 of them it may be anything. What comes back goes to the client as it
/// is. It is written straight to the socket, as Portico does it, so that nothing is left of SwiftNIO but its reading, which
/// Portico passes by too where it can (Docs/Decisions/0049).
@main
enum ByteRelayBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard arguments.count == 3 else {
            print("usage: ByteRelayBenchmark PORT UPSTREAM-PORT ADDED")
            return
        }
        let (port, added) = (arguments[0], arguments[2])
        let upstream = try SocketAddress(ipAddress: "127.0.0.1", port: arguments[1])
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4_096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4_096))
            .childChannelInitializer { client in Self.join(client, to: upstream, added: added) }
            .bind(host: "127.0.0.1", port: port)
            .get()
        try await listener.closeFuture.get()
    }

    /// Opens the upstream connection of a client, and has each of the two write to the other.
    private static func join(_ client: any Channel, to upstream: SocketAddress, added: Int) -> EventLoopFuture<Void> {
        ClientBootstrap(group: client.eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4_096))
            .connect(to: upstream)
            .assumeIsolated()
            .flatMapThrowing { server in
                try client.pipeline.syncOperations.addHandler(Relay(to: server, addedCount: added))
                try server.pipeline.syncOperations.addHandler(Relay(to: client, addedCount: 0))
            }
            .nonisolated()
    }
}
