import NIOCore
import NIOPosix
import Testing

@testable import Portico

/// One request over a connection of its own, and everything that came back.
struct HTTPExchange: Sendable {
    /// The status code.
    let status: Int

    /// The status line and header lines.
    let head: String

    /// What followed.
    let body: String

    /// Sends a GET with these header lines.
    static func get(_ path: String, at address: ListenAddress, headers: [String] = []) async throws -> HTTPExchange {
        let lines = ["GET \(path) HTTP/1.1", "Host: \(address)", "Connection: close"] + headers
        let text = try await Self.send(lines.joined(separator: "\r\n") + "\r\n\r\n", to: address)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let head = String(try #require(parts.first))
        let words = head.split(separator: " ")
        let status = try #require(words.count > 1 ? Int(words[1]) : nil)
        return HTTPExchange(status: status, head: head, body: parts.count > 1 ? String(parts[1]) : "")
    }

    /// The value of a header field.
    func header(_ name: String) -> String? {
        for line in self.head.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { continue }
            return parts[1].trimmingPrefix { $0 == " " }.description
        }
        return nil
    }

    private static func send(_ request: String, to address: ListenAddress) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var received = ByteBuffer()
            for try await part in inbound { received.writeImmutableBuffer(part) }
            return String(buffer: received)
        }
    }
}
