import NIOCore

@testable import ReverseProxy

extension TestUpstream {
    /// Answers one request with a body in the chunks that a test gives.
    static func chunked(_ chunks: AsyncStream<String>) async throws -> TestUpstream {
        try await .start { connection in
            _ = try await connection.readHead()
            try await connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for await chunk in chunks { try await connection.send(chunk) }
            try await connection.waitForEnd()
        }
    }
}

extension TestGateway {
    /// Has chunks sent until the first connection's socket takes no more, of a client that does not read: then a part of the
    /// last one waits in the channel, and the channel still takes what comes behind.
    func fillSocket(_ send: (String) -> Void) async throws {
        // One is, with what TLS adds to it, less than what makes a channel wait.
        let chunk = "8000\r\n\(String(repeating: "x", count: 32_768))\r\n"
        while try await self.accepted[0].getOption(.bufferedWritableBytes).get() == 0 {
            let sent = await self.proxy.counts().sentBytes
            send(chunk)
            // A client of HTTP/1.0 gets what is in the chunk alone.
            try await eventually { await self.proxy.counts().sentBytes >= sent + 32_768 }
        }
    }

    /// The same, once a client of HTTP/1.1 has the beginning of its answer; from then on it does not read.
    func fillSocket(of client: RawConnection, _ send: (String) -> Void) async throws {
        try await client.wait { !$0.isEmpty }
        try await client.channel.setOption(.autoRead, value: false).get()
        try await self.fillSocket(send)
    }
}
