import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Headers at the trust boundary")
struct HeaderTrustTests {
    @Test(
        "a client's identity headers never reach the upstream",
        arguments: [
            "X-Forwarded-User", "x-forwarded-email", "X_Forwarded_User", "X-FORWARDED-PREFERRED-USERNAME",
            "X-Forwarded_Groups",
            "X-Portico-Workspace", "X-Portico-Role", "x_portico_role", "X-Portico_Anything", "X-Portico-Jwt-Assertion",
            "X-Portico-Workspace-Id", "X-Auth-Request-User", "X_Auth_Request_Email", "Remote-User", "REMOTE_USER",
            "Remote-Groups",
            "X-Real-IP", "X-Forwarded-Port", "X-Forwarded-Server", "X_Forwarded_For", "X_Forwarded_Host",
            "Content_Length",
            "X.Forwarded.User", "X.Portico.Role", "X~Portico~Role", "Remote.User", "Content.Length", "X-Original-URL",
            "X-Rewrite-URL",
            "Transfer_Encoding", "Proxy", "PROXY", "Proxy-Authorization", "Proxy-Connection", "Keep-Alive", "TE",
        ]
    )
    func stripsIdentity(_ name: String) async throws {
        let upstream = try await TestUpstream.echo()
        for authentication in [Route.Authentication.none, .optional, .required] {
            let gateway = try await TestGateway.start(upstream, authentication: authentication)
            let cookie = try gateway.sessions.signIn().cookie
            let answer = try await gateway.exchange(
                "GET / HTTP/1.1\r\nHost: a\r\n\(name): forged\r\nX-Keep: 1\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n"
            )
            #expect(answer.status == 200)
            #expect(!answer.text.contains("forged"))
            #expect(answer.text.contains("X-Keep: 1"))
            await gateway.stop()
        }
        await upstream.stop()
    }

    @Test func sendsTheSessionsIdentityOnce() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        let (cookie, session) = try gateway.sessions.signIn(role: "REVIEWER")
        let client = try await gateway.connect()
        for _ in 0..<3 {
            try await client.send(
                "GET /p?q=1 HTTP/1.1\r\nHost: a\r\nX-Portico-Role: ADMIN\r\nConnection: keep-alive, X-Portico-Role\r\n"
                    + "Cookie: a=b; __Host-portico_session=\(cookie); c=d\r\n\r\n"
            )
            let lines = try await client.readMessage().text.split(separator: "\n").map(String.init)
            #expect(lines.first == "GET /p?q=1 HTTP/1.1")
            #expect(lines.filter { $0.hasPrefix("X-Portico-Role:") } == ["X-Portico-Role: REVIEWER"])
            #expect(lines.contains("X-Forwarded-User: \(session.subject)"))
            #expect(lines.contains("X-Portico-Workspace: company-a"))
            #expect(lines.contains("X-Portico-Workspace-Id: \(session.workspaceID)"))
            #expect(lines.contains("Cookie: a=b; c=d"))
            #expect(!lines.contains { $0.hasPrefix("Connection") })
        }
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "a body stays framed, whatever Connection names",
        arguments: ["Content-Length", "content-length, close", "Transfer-Encoding", "TE, transfer-encoding", "Host"],
        [false, true]
    )
    func framesWhateverConnectionNames(_ names: String, isChunked: Bool) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let body = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
        let count = body.utf8.count
        let framed = isChunked ? "\(String(count, radix: 16))\r\n\(body)\r\n0\r\n\r\n" : body
        let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(count)"
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nConnection: \(names)\r\n\(framing)\r\n\r\n\(framed)")
        let text = try await client.readMessage().text
        #expect(text.contains(framing) && text.contains("Host: a") && text.hasSuffix("\n\n\(body)"))
        #expect(client.buffered.isEmpty && upstream.accepted == 1)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func removesWhatConnectionNamesBothWays() async throws {
        let upstream = try await TestUpstream.fixed(
            "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nX-End: 2\r\nContent-Length: 0\r\n\r\n"
        )
        let echo = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let answer = try await gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(answer["X-Hop"] == nil && answer["Keep-Alive"] == nil && answer["Connection"] == nil)
        #expect(answer["X-End"] == "2")
        let second = try await TestGateway.start(echo)
        let request =
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: x_hop, Cookie, Host\r\nX-Hop: 1\r\nCookie: a=b\r\nX-End: 2\r\n\r\n"
        let text = try await second.exchange(request).text
        #expect(
            !text.contains("X-Hop") && !text.contains("Cookie") && text.contains("X-End: 2") && text.contains("Host: a")
        )
        await gateway.stop()
        await second.stop()
        await upstream.stop()
        await echo.stop()
    }

    @Test func dropsCookiesThatThePorticoAloneSets() async throws {
        let upstream = try await TestUpstream.fixed(
            "HTTP/1.1 200 OK\r\nSet-Cookie: __Host-portico_session=x; Path=/; Secure\r\nSet-Cookie: a=__Host-portico_session=1\r\n"
                + "set-cookie: __HOST-portico_pre=y\r\nSet-Cookie: =__Host-portico_session=z\r\nSet-Cookie: b=c; Path=/\r\nContent-Length: 0\r\n\r\n"
        )
        let gateway = try await TestGateway.start(upstream)
        let answer = try await gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(answer.all("Set-Cookie") == ["a=__Host-portico_session=1", "b=c; Path=/"])
        await gateway.stop()
        await upstream.stop()
    }

    @Test func writesForwardingHeadersItself() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let text =
            try await gateway.exchange(
                "GET / HTTP/1.1\r\nHost: a.example:80\r\nX-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: b\r\n"
                    + "Forwarded: for=9.9.9.9\r\nX-Request-Id: forged-id\r\n\r\n"
            )
            .text
        let lines = text.split(separator: "\n").map(String.init)
        #expect(
            lines.filter { $0.lowercased().hasPrefix("x-forwarded-") } == [
                "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http", "X-Forwarded-Host: a.example:80",
            ]
        )
        #expect(lines.contains("Forwarded: for=127.0.0.1;host=\"a.example:80\";proto=http"))
        #expect(!text.contains("forged-id") && !text.contains("9.9.9.9"))
        let id = lines.first { $0.hasPrefix("X-Request-Id: ") }
        #expect(id?.count == "X-Request-Id: ".count + 16)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func believesATrustedProxy() async throws {
        let upstream = try await TestUpstream.echo()
        let trusted = TrustedProxies(["127.0.0.0/8", "10.0.0.0/8"].compactMap { CIDRBlock($0) })
        let gateway = try await TestGateway.start(upstream, configuration: { $0.trustedProxies = trusted })
        let text =
            try await gateway.exchange(
                "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-For: 10.1.1.1\r\n"
                    + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: public.example\r\nX-Forwarded-User: forged\r\nX-Request-Id: abc-1\r\n"
                    + "X-Original-URL: /admin\r\nX-Rewrite-URL: /admin\r\nForwarded: for=6.6.6.6\r\n\r\n"
            )
            .text
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.contains("X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.1.1.1, 127.0.0.1"))
        #expect(lines.contains("X-Forwarded-Proto: https") && lines.contains("X-Forwarded-Host: public.example"))
        #expect(lines.contains("Forwarded: for=203.0.113.9;host=\"public.example\";proto=https"))
        #expect(lines.contains("X-Request-Id: abc-1"))
        // Whoever is in front is believed about the client, not about the path that was matched here.
        #expect(!text.contains("/admin"))
        #expect(!text.contains("forged") && lines.filter { $0.hasPrefix("Forwarded") }.count == 1)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func stripsAPrefixAndKeepsTheQuery() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream) {
            $0.pathPrefix = "/app"
            $0.stripPrefix = true
        }
        for (path, forwarded) in [("/app/a%20b?c=/d", "/a%20b?c=/d"), ("/app", "/"), ("/app?x", "/?x"), ("/app/", "/")]
        {
            let text = try await gateway.exchange("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n").text
            #expect(text.hasPrefix("GET \(forwarded) HTTP/1.1\n"))
        }
        await gateway.stop()
        await upstream.stop()
    }

    @Test func givesAnOldClientsRequestAHost() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let answer = try await gateway.exchange("GET / HTTP/1.0\r\n\r\n")
        #expect(answer.text.hasPrefix("GET / HTTP/1.1\n"))
        #expect(answer.text.contains("Host: 127.0.0.1:\(upstream.port)"))
        #expect(answer["Connection"] == "close")
        await gateway.stop()
        await upstream.stop()
    }
}
