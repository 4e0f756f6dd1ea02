import NIOCore
import NIOHTTP2
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Handlers that serve one HTTP/2 stream after another")
struct HTTP2ReuseTests {
    private static func handlers(_ gateway: TestGateway) async throws -> Set<ObjectIdentifier> {
        Set(try await gateway.streams { ObjectIdentifier($0) })
    }

    /// A client may end a stream as if in order while it lets no byte of a body through, and so no trailers behind it.
    @Test func trailersOfOneAnswerNeverEndTheNext() async throws {
        let upstream = try await TestUpstream.start { connection in
            let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            while !connection.isEnded {
                let request = try await connection.readMessage()
                guard !request.startLine.isEmpty else { return }
                let isFirst = request.startLine.contains("/first")
                try await connection.send(chunked + (isFirst ? "0\r\nX-Secret: first\r\n\r\n" : "2\r\nok\r\n0\r\n\r\n"))
            }
        }
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        try await client.setInitialWindow(0)
        let stream = try await client.send(HTTP2Client.fields("GET", "/first"))
        try await client.wait(for: stream) { $0.status == 200 }
        try await eventually { try await gateway.streams { $0.phase == .lingering } == [true] }
        let handlers = try await Self.handlers(gateway)
        // While it is held, no other handler can have its place in memory.
        let held = try await gateway.streams { NIOLoopBound($0, eventLoop: $0.loop.eventLoop) }
        try await client.reset(stream, .noError)
        try await client.setInitialWindow(65_535)
        let answer = try await client.exchange(HTTP2Client.fields("GET", "/second"))
        #expect(answer.text == "ok" && answer.isEnded && answer.trailers == nil)
        #expect(try await Self.handlers(gateway).isDisjoint(with: handlers))
        withExtendedLifetime(held) {}
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    /// The reading of a session may outlast the exchange that it was for.
    @Test func aReadingUnderWayDoesNotKeepTheNextSessionAlive() async throws {
        let upstream = try await TestUpstream.start { connection in
            while !connection.isEnded {
                let request = try await connection.readMessage()
                guard !request.startLine.isEmpty else { return }
                let isFirst = request.startLine.contains("/first")
                let body = isFirst ? "Content-Length: 0\r\n\r\n" : "Content-Length: 4\r\n\r\nhal"
                try await connection.send("HTTP/1.1 200 OK\r\n\(body)")
            }
        }
        let gateway = try await TestGateway.startTLS(upstream, authentication: .required)
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await gateway.connectHTTP2()
        func fields(_ method: String, _ path: String) -> [(String, String)] {
            HTTP2Client.fields(method, path, [("cookie", "__Host-portico_session=\(cookie)")])
        }
        let first = try await client.send(fields("POST", "/first"), ends: false)
        try await eventually { try await gateway.streams { $0.phase == .exchanging } == [true] }
        _ = try await gateway.streams { $0.isRereadingSession = true }
        try await client.send("", on: first, ends: true)
        #expect(try await client.wait(for: first).status == 200)
        let second = try await client.send(fields("GET", "/second"))
        try await client.wait(for: second) { $0.text == "hal" }
        gateway.sessions.revoke(session)
        gateway.directory.invalidate(.session(session.id))
        #expect(try await client.wait(for: second).resetCode == .internalError)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
