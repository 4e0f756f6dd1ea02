import NIOCore
import NIOPosix

/// A port at which questions arrive and nothing answers.
struct SilentNameServer: Sendable {
    private let channel: any Channel

    /// Takes a free port.
    static func start() async throws -> SilentNameServer {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        return SilentNameServer(channel: channel)
    }

    /// The address and port for `DNS_RESOLVER`.
    var address: String { "127.0.0.1:\(self.channel.localAddress?.port ?? 0)" }

    /// Gives the port back.
    func stop() async throws {
        try await self.channel.close()
    }
}
