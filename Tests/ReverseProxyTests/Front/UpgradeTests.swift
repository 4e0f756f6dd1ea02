import NIOCore
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Upgrades")
struct UpgradeTests {
    private static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\nX-Portico-Role: ADMIN\r\n\r\n"

    @Test func forwardsTheHandshakeLikeAnyRequest() async throws {
        let heads = ReceivedHeads()
        let upstream = try await TestUpstream.start { connection in
            heads.add(try await connection.readHead())
            try await connection.send(
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nConnection: X-Hop, Upgrade\r\nX-Hop: 1\r\n"
                    + "Keep-Alive: timeout=5\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                    + "Set-Cookie: __Host-portico_session=forged\r\nSec-WebSocket-Protocol: chat\r\n\r\nhello"
            )
            try await connection.echo()
        }
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        let (cookie, session) = try gateway.sessions.signIn(role: "REVIEWER")
        let client = try await gateway.connect()
        try await client.send(
            "GET /live?x=1 HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, X-Hop, Upgrade\r\nUpgrade: websocket\r\n"
                + "X-Hop: 1\r\nKeep-Alive: 5\r\nHTTP2-Settings: x\r\nX-Portico-Role: ADMIN\r\nX_Portico_Role: ADMIN\r\n"
                + "X-Forwarded-User: forged\r\nX_Forwarded_Email: forged\r\nRemote_User: forged\r\nOrigin: http://a\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"
                + "Cookie: a=b; __Host-portico_session=\(cookie)\r\n\r\n"
        )
        #expect(
            try await client.readHead()
                == "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\n"
                + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n"
                + "Connection: upgrade\r\n\r\n"
        )
        #expect(try await client.expect("hello"))
        #expect(try await client.roundTrip("ping"))
        let lines = try #require(heads.all.first).split(separator: "\r\n").map(String.init)
        #expect(lines.dropLast().last == "Connection: upgrade")
        #expect(lines.last?.hasPrefix("X-Request-Id: ") == true)
        let token = lines.filter { $0.hasPrefix("X-Portico-Jwt-Assertion: ") }
        #expect(token.count == 1)
        #expect(
            lines.dropLast(2).filter { !token.contains($0) } == [
                "GET /live?x=1 HTTP/1.1", "Host: a", "Upgrade: websocket", "Origin: http://a",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Protocol: chat, superchat", "Sec-WebSocket-Extensions: permessage-deflate",
                "Cookie: a=b", "X-Forwarded-User: \(session.subject)",
                "X-Forwarded-Email: ann@company-a.example", "X-Forwarded-Preferred-Username: Ann%20Example",
                "X-Forwarded-Groups: ", "X-Portico-Workspace: company-a",
                "X-Portico-Workspace-Id: \(session.workspaceID)", "X-Portico-Role: REVIEWER", "X-Portico-Spaces: ",
                "X-Portico-Projects: ", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http",
                "X-Forwarded-Host: a", "Forwarded: for=127.0.0.1;host=\"a\";proto=http",
            ]
        )
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "any protocol but HTTP passes, with any method and body",
        arguments: [
            ("SPDY/3.1", "POST", "\r\n"), ("tcp", "POST", "Content-Length: 2\r\n\r\nok"),
            ("TCP", "POST", "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"), ("websocket", "GET", "\r\n"),
        ]
    )
    func passesOtherProtocols(_ name: String, _ method: String, _ rest: String) async throws {
        let upstream = try await TestUpstream.start { connection in
            let request = try await connection.readMessage()
            guard request["Upgrade"] == name, request.text == (rest == "\r\n" ? "" : "ok") else { return }
            try await connection.send("HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.send(TestUpstream.switching.replacing("websocket", with: name.lowercased()))
            try await connection.echo()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(
            "\(method) / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: \(name)\r\n\(rest)"
        )
        #expect(try await client.readMessage().status == 100)
        #expect(try await client.readMessage().status == 101)
        #expect(try await client.roundTrip("ping"))
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "offers that are passed over leave an ordinary request",
        arguments: [
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x", "Upgrade: websocket",
            "Connection: Upgrade\r\nUpgrade: H2C\r\nHTTP2-Settings: x", "Connection: upgrade",
            "Connection: Upgrade\r\nUpgrade: HTTP/2.0", "Connection: Upgrade\r\nUpgrade: TLS/1.2, HTTP/1.1",
            "Connection: Upgrade\r\nUpgrade: websocket, h2c",
            "Connection: Upgrade\r\nUpgrade: h2c\r\nUpgrade: websocket",
            "Connection: Upgrade\r\nUpgrade:", "Connection: close\r\nUpgrade: websocket", "Upgrade: web socket",
        ]
    )
    func passesOverOffers(_ lines: String) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let answer = try await gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n")
        #expect(answer.status == 200)
        let text = answer.text.lowercased()
        #expect(!text.contains("upgrade") && !text.contains("http2") && !text.contains("connection"))
        await gateway.stop()
        await upstream.stop()
    }

    @Test func passesOverTheOfferOfAnOldClient() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let answer = try await gateway.exchange(Self.upgradeText("HTTP/1.0"))
        #expect(answer.status == 200 && !answer.text.contains("pgrade"))
        await gateway.stop()
        await upstream.stop()
    }

    private static func upgradeText(_ version: String) -> String {
        TestGateway.upgrade().replacing("HTTP/1.1", with: version)
    }

    @Test(
        "a 101 that was not asked for so is 502",
        arguments: [
            "HTTP/1.1 101 Switching Protocols\r\n\r\n", "HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n",
            "HTTP/1.1 101 S\r\nUpgrade: websocket\r\nUpgrade: websocket\r\n\r\n", "HTTP/1.1 101 S\r\nUpgrade: \r\n\r\n",
            "HTTP/1.1 101 S\r\nUpgrade: websocket, h2c\r\n\r\n", "HTTP/1.0 101 S\r\nUpgrade: websocket\r\n\r\n",
            "HTTP/1.1 101 S\r\nUp_grade: websocket\r\n\r\n",
        ]
    )
    func refusesOtherSwitches(_ answer: String) async throws {
        let upstream = try await TestUpstream.fixed(answer + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged")
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(TestGateway.upgrade())
        let received = try await client.readMessage()
        #expect(received.status == 502 && received.text.contains("upstream_unreachable"))
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func refusesASwitchBeforeTheRequestHasEnded() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.send(TestUpstream.switching)
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(TestGateway.upgrade("Content-Length: 10\r\n") + "abc")
        let answer = try await client.readMessage()
        #expect(answer.status == 502 && answer["Connection"] == "close")
        await client.close()
        try await gateway.waitForNoConnections()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("any other answer is an ordinary one, and the connection goes on", arguments: [200, 403, 426, 204])
    func goesOnAfterAnotherAnswer(_ status: Int) async throws {
        let upstream = try await TestUpstream.start { connection in
            while !connection.isEnded {
                let request = try await connection.readMessage()
                guard !request.startLine.isEmpty else { return }
                let isAsked = request["Upgrade"] != nil
                try await connection.send(
                    "HTTP/1.1 \(isAsked ? status : 200) X\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
                        + (status == 204 && isAsked ? "\r\n" : "Content-Length: 2\r\n\r\nok")
                )
            }
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        for _ in 0..<2 {
            try await client.send(TestGateway.upgrade())
            let answer = try await client.readMessage()
            #expect(answer.status == status)
            // RFC 9110, 15.5.22: a 426 says what is wanted.
            #expect(answer["Upgrade"] == (status == 426 ? "websocket" : nil))
            #expect(answer["Connection"] == (status == 426 ? "upgrade" : nil))
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.readMessage().text == "ok")
        }
        #expect(upstream.accepted == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func holdsBytesBackUntilTheSwitch() async throws {
        let gate = Gate()
        let early = Mutex<String?>(nil)
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            await gate.wait()
            early.withLock { $0 = connection.buffered }
            try await connection.send(TestUpstream.switching)
            try await connection.echo()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(TestGateway.upgrade() + Self.smuggled)
        try await gateway.wait { $0.phase == .exchanging && $0.parkedCount == Self.smuggled.utf8.count }
        gate.open()
        #expect(try await client.readMessage().status == 101)
        // They are bytes of the tunnel, and nothing was made of them.
        #expect(try await client.expect(Self.smuggled))
        #expect(early.withLock { $0 } == "")
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("bytes behind an upgrade that fails are no request", arguments: [403, 200, 426])
    func dropsBytesBehindAFailedUpgrade(_ status: Int) async throws {
        let gate = Gate()
        let heads = ReceivedHeads()
        let upstream = try await TestUpstream.start { connection in
            while !connection.isEnded {
                let head = try await connection.readHead()
                guard !head.isEmpty else { return }
                heads.add(head)
                await gate.wait()
                try await connection.send("HTTP/1.1 \(status) X\r\nContent-Length: 2\r\n\r\nok")
            }
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(TestGateway.upgrade() + Self.smuggled)
        try await gateway.wait { $0.phase == .exchanging && $0.parkedCount == Self.smuggled.utf8.count }
        gate.open()
        let answer = try await client.readMessage()
        #expect(answer.status == status && answer["Connection"]?.contains("close") == true)
        try await client.waitForEnd()
        #expect(client.buffered.isEmpty && heads.all.count == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "what is refused here never reaches the upstream, nor what comes behind it",
        arguments: [
            ("", 401), ("X: y\r\nAccept: text/html\r\n", 401), ("Cookie: __Host-portico_session=LABELER\r\n", 403),
            ("Expect: more\r\n", 417), ("Upgrade: web socket\r\n", 400),
        ]
    )
    func refusesBeforeTheUpstream(_ lines: String, _ status: Int) async throws {
        let upstream = try await TestUpstream.tunnel()
        let admin = try #require(Role("ADMIN"))
        let gateway = try await TestGateway.start(upstream, authentication: .required) { $0.roles = [admin] }
        let cookie = try gateway.sessions.signIn(role: "LABELER").cookie
        let client = try await gateway.connect()
        try await client.send(TestGateway.upgrade(lines.replacing("LABELER", with: cookie)) + Self.smuggled)
        let answer = try await client.readMessage()
        #expect(answer.status == status)
        try await client.waitForEnd()
        #expect(client.buffered.isEmpty && upstream.accepted == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func closesAConnectionThatWasToBeUpgradedByTheControlPlane() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(TestGateway.upgrade().replacing("/live", with: "/.portico/live") + Self.smuggled)
        #expect(try await client.readMessage().text == "control GET /.portico/live")
        try await client.waitForEnd()
        #expect(client.buffered.isEmpty && upstream.accepted == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
