import Testing

@testable import ReverseProxy

/// An upstream that answers without having read the body takes it for the next request on the connection.
///
/// That has whatever identity it claims. So nobody else's request may follow there.
@Suite("Bodies that the upstream may not have read", .timeLimit(.minutes(2)))
struct UnreadBodyTests {
    private static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\nX-Portico-Role: ADMIN\r\n\r\n"
    private static let second = "GET /second HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Answers a POST by a script, and other requests with `own`.
    ///
    /// Whatever comes behind the POST is answered with `shared` when the second request is among it.
    private static func upstream(_ script: @escaping TestUpstream.Script) async throws -> TestUpstream {
        try await .start { connection in
            let head = try await connection.readHead()
            if head.hasPrefix("POST") {
                try await script(connection)
                try await connection.wait { String(decoding: $0, as: UTF8.self).contains("/second") }
                try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nshared")
            } else {
                try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown")
            }
            try await connection.waitForEnd()
        }
    }

    @Test("An answer in place of 100 Continue ends the connection, although the client had sent the body")
    func answersInsteadOfContinue() async throws {
        let upstream = try await Self.upstream { connection in
            try await connection.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno")
        }
        let gateway = try await TestGateway.start(upstream)
        let attacker = try await gateway.connect()
        let body = Self.smuggled
        try await attacker.send(
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        #expect(try await attacker.readMessage().status == 401)
        let answer = try await gateway.exchange(Self.second)
        #expect(answer.text == "own")
        await attacker.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("An answer that begins before the body has ended ends the connection, although both come to their end")
    func answersBeforeTheBody() async throws {
        let upstream = try await Self.upstream { connection in
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
            try await connection.wait { String(decoding: $0, as: UTF8.self).contains("/smuggled") }
            try await connection.send("later")
        }
        let gateway = try await TestGateway.start(upstream)
        let attacker = try await gateway.connect()
        let body = Self.smuggled
        try await attacker.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n")
        try await attacker.wait { String(decoding: $0, as: UTF8.self).hasSuffix("first") }
        try await attacker.send(body)
        #expect(try await attacker.readMessage().text == "firstlater")
        let answer = try await gateway.exchange(Self.second)
        #expect(answer.text == "own")
        await attacker.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A body that came after 100 Continue keeps the connection")
    func continues() async throws {
        let upstream = try await TestUpstream.start { connection in
            #expect(try await connection.readHead().contains("Expect: 100-continue"))
            try await connection.send("HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.wait { $0.count >= 4 }
            #expect(connection.take(4) == Array("body".utf8))
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            #expect(try await connection.readHead().hasPrefix("GET /second"))
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nbody")
        #expect(try await client.readMessage().status == 100)
        #expect(try await client.readMessage().text == "ok")
        try await client.send(Self.second)
        #expect(try await client.readMessage().text == "again")
        #expect(upstream.accepted == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
