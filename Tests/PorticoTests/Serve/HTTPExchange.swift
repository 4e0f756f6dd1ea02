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
        try await Self.exchange(["GET \(path) HTTP/1.1"] + headers, body: "", with: address)
    }

    /// Sends a form with POST and these header lines.
    static func post(
        _ path: String,
        _ form: String,
        at address: ListenAddress,
        headers: [String] = []
    ) async throws -> HTTPExchange {
        let type = "Content-Type: application/x-www-form-urlencoded"
        let lines = ["POST \(path) HTTP/1.1", type, "Content-Length: \(form.utf8.count)"] + headers
        return try await Self.exchange(lines, body: form, with: address)
    }

    private static func exchange(
        _ head: [String],
        body: String,
        with address: ListenAddress
    ) async throws -> HTTPExchange {
        let lines = head + ["Host: \(address)", "Connection: close"]
        let text = try await Self.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body, to: address)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let head = String(try #require(parts.first))
        let words = head.split(separator: " ")
        let status = try #require(words.count > 1 ? Int(words[1]) : nil)
        return HTTPExchange(status: status, head: head, body: parts.count > 1 ? String(parts[1]) : "")
    }

    /// The body without the chunks that it may have come in, whose lengths are hexadecimal.
    var text: String {
        guard self.header("Transfer-Encoding") == "chunked" else { return self.body }
        var text: [UInt8] = []
        var rest = Array(self.body.utf8)[...]
        while let end = rest.firstIndex(of: 0x0D),
            let length = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), length > 0
        {
            text += rest.dropFirst(end + 2 - rest.startIndex).prefix(length)
            rest = rest.dropFirst(end + 2 - rest.startIndex + length + 2)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The value of a header field.
    func header(_ name: String) -> String? {
        self.headers(name).first
    }

    /// The values of every header field of a name.
    func headers(_ name: String) -> [String] {
        self.head.split(separator: "\r\n").dropFirst()
            .compactMap { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { return nil }
                return parts[1].trimmingPrefix { $0 == " " }.description
            }
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
