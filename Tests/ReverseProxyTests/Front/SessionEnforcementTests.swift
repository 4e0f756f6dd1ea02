import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Sessions at the front")
struct SessionEnforcementTests {
    @Test(
        "no session: a navigation is led to the sign-in page, everything else gets 401",
        arguments: [
            ("Sec-Fetch-Mode: navigate", true), ("Accept: text/html,application/xhtml+xml", true),
            ("Accept: TEXT/HTML;q=0.1", true),
            ("Sec-Fetch-Mode: cors\r\nAccept: text/html", false), ("Accept: application/json", false), ("X: y", false),
            ("Sec-Fetch-Mode: no-cors", false), ("Accept: */*", false),
        ]
    )
    func redirectsOrRefuses(_ line: String, _ isNavigation: Bool) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        let answer = try await gateway.exchange(
            "GET /a b?c=d&e=%20\"x HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n".replacing("a b", with: "a/b")
        )
        if isNavigation {
            #expect(answer.status == 302)
            #expect(answer["Location"] == "/.portico/sign-in?rd=/a/b%3Fc%3Dd%26e%3D%2520%22x")
            #expect(answer.text.isEmpty)
        } else {
            #expect(answer.status == 401)
            #expect(answer.text.contains("\"code\":\"session_required\""))
            #expect(answer.text.contains("\"sign_in_url\":\"/.portico/sign-in\""))
            #expect(answer["Content-Type"] == "application/json")
        }
        #expect(answer["Cache-Control"] == "no-store")
        #expect(answer["Connection"] == nil)
        #expect(upstream.accepted == 0)
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "cookies that open nothing",
        arguments: [
            "", "x", "__Host-portico_session=", "__Host-portico_session=short", "__host-portico_session=TOKEN",
            "a=TOKEN",
            "__Host-portico_session=TOKENx", "__Host-portico_session=\"TOKEN\"",
        ]
    )
    func cookiesThatOpenNothing(_ cookie: String) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        let token = try gateway.sessions.signIn().cookie
        let answer = try await gateway.exchange(
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: \(cookie.replacing("TOKEN", with: token))\r\n\r\n"
        )
        #expect(answer.status == 401)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func refusesARevokedSessionAtTheNextRequest() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await gateway.connect()
        let request = "GET / HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n"
        for _ in 0..<2 {
            try await client.send(request)
            #expect(try await client.readMessage().status == 200)
        }
        gateway.sessions.revoke(session)
        gateway.directory.invalidate(.session(session.id))
        try await client.send(request)
        #expect(try await client.readMessage().status == 401)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func tellsTheUpstreamOfAChangedRoleAtTheNextRequest() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        gateway.directory.listeningBegan()
        var (cookie, session) = try gateway.sessions.signIn(role: "LABELER")
        let client = try await gateway.connect()
        let request = "GET / HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n"
        try await client.send(request)
        #expect(try await client.readMessage().text.contains("X-Portico-Role: LABELER"))
        session.role = try #require(Role("ADMIN"))
        gateway.sessions.state.withLock { [session] in $0.sessions[session.tokenHash] = session }
        gateway.directory.invalidate(.member(session.workspaceID, session.userID))
        try await client.send(request)
        #expect(try await client.readMessage().text.contains("X-Portico-Role: ADMIN"))
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func keepsTwoPeopleOnOneConnectionApart() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        let people = try (0..<2).map { _ in try gateway.sessions.signIn() }
        let client = try await gateway.connect()
        for index in [0, 1, 0, 0, 1] {
            try await client.send(
                "GET / HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(people[index].cookie)\r\n\r\n"
            )
            let text = try await client.readMessage().text
            #expect(text.contains("X-Forwarded-User: \(people[index].session.subject)"))
        }
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.readMessage().status == 401)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func enforcesRoles() async throws {
        let upstream = try await TestUpstream.echo()
        let roles = try Set([#require(Role("ADMIN")), #require(Role("SUPERVISOR"))])
        let gateway = try await TestGateway.start(upstream, authentication: .required) { $0.roles = roles }
        for (role, status) in [("ADMIN", 200), ("SUPERVISOR", 200), ("LABELER", 403)] {
            let cookie = try gateway.sessions.signIn(role: role).cookie
            let answer = try await gateway.exchange(
                "GET / HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\nAccept: text/html\r\n\r\n"
            )
            #expect(answer.status == status)
            if status == 403 {
                #expect(answer.text == "<p>role_not_allowed \(answer["X-Request-Id"] ?? "")</p>")
                #expect(answer["Content-Type"] == "text/html; charset=utf-8")
            }
        }
        await gateway.stop()
        await upstream.stop()
    }

    @Test func addsIdentityWhereItIsOptional() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .optional, identityHeaders: .remote)
        let cookie = try gateway.sessions.signIn().cookie
        let anonymous = try await gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(anonymous.status == 200 && !anonymous.text.contains("Remote-User"))
        let known = try await gateway.exchange(
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n"
        )
        #expect(known.text.contains("Remote-User") && !known.text.contains("Cookie"))
        await gateway.stop()
        await upstream.stop()
    }

    @Test func failsClosedWhenSessionsCannotBeRead() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .optional)
        let cookie = try gateway.sessions.signIn().cookie
        gateway.sessions.state.withLock { $0.isAway = true }
        let answer = try await gateway.exchange(
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n"
        )
        #expect(answer.status == 503 && answer.text.contains("\"code\":\"unavailable\""))
        #expect(upstream.accepted == 0)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func closesAfterRefusingARequestWithABody() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        let client = try await gateway.connect()
        try await client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
        )
        let answer = try await client.readMessage()
        #expect(answer.status == 401 && answer["Connection"] == "close")
        try await client.waitForEnd()
        #expect(client.buffered.isEmpty && upstream.accepted == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
