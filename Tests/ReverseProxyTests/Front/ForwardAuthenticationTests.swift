import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Forward authentication")
struct ForwardAuthenticationTests {
    /// A gateway with one upstream behind three routes: for members, for administrators who read, and for everybody.
    private func gateway(trusted: Bool = true) async throws -> (TestGateway, TestUpstream) {
        let upstream = try await TestUpstream.echo()
        let urls = try TestGateway.urls(upstream.port)
        let gateway = try await TestGateway.start(
            routes: [
                Route(name: "members", upstreams: urls, authentication: .required),
                Route(
                    name: "administrators",
                    pathPrefix: "/admin",
                    upstreams: urls,
                    authentication: .required,
                    roles: [try #require(Role("ADMIN"))],
                    methods: ["GET"]
                ),
                Route(name: "everybody", pathPrefix: "/public", upstreams: urls, authentication: .none),
                Route(
                    name: "other",
                    host: "other.example",
                    pathPrefix: "/public",
                    upstreams: urls,
                    authentication: .required
                ),
            ]
        ) { configuration in
            if trusted, let block = CIDRBlock("127.0.0.0/8") { configuration.trustedProxies = TrustedProxies([block]) }
        }
        return (gateway, upstream)
    }

    private func ask(
        _ gateway: TestGateway,
        _ lines: [String],
        path: String = "/.portico/auth",
        method: String = "GET"
    ) async throws -> HTTPText {
        let text = lines.map { $0 + "\r\n" }.joined()
        return try await gateway.exchange("\(method) \(path) HTTP/1.1\r\nHost: a\r\n\(text)\r\n")
    }

    @Test func tellsWhoTheMemberIs() async throws {
        let (gateway, upstream) = try await self.gateway()
        let (cookie, session) = try gateway.sessions.signIn(displayName: "Änn", groups: ["a,b", "c"])
        let answer = try await self.ask(
            gateway,
            ["Cookie: __Host-portico_session=\(cookie)", "X-Forwarded-Uri: /tasks?id=7", "X-Portico-Role: OWNER"]
        )
        #expect(answer.status == 200)
        #expect(answer["Content-Length"] == "0")
        #expect(answer["Cache-Control"] == "no-store")
        #expect(answer["X-Auth-Request-User"] == session.subject.description)
        #expect(answer["X-Auth-Request-Email"] == "ann@company-a.example")
        #expect(answer["X-Auth-Request-Preferred-Username"] == "%C3%84nn")
        #expect(answer["X-Auth-Request-Groups"] == "a%2Cb,c")
        #expect(answer["X-Forwarded-User"] == session.subject.description)
        #expect(answer["X-Portico-Workspace"] == "company-a")
        #expect(answer.all("X-Portico-Role") == ["LABELER"])
        #expect(upstream.accepted == 0)
        await gateway.stop()
        await upstream.stop()
    }

    static let questions: [(role: String?, lines: [String], status: Int)] = [
        (nil, ["X-Forwarded-Uri: /tasks"], 401),
        (nil, ["X-Forwarded-Uri: /tasks", "Accept: text/html"], 401),
        (nil, ["X-Forwarded-Uri: /public/a?b=/admin"], 200),
        (nil, ["X-Forwarded-Uri: /public", "X-Forwarded-Host: other.example"], 401),
        (nil, ["X-Forwarded-Uri: /.portico/sign-in?rd=/"], 200),
        (nil, ["X-Original-URI: /public"], 200),
        (nil, ["X-Original-URL: https://apps.example.com:8443/public?x"], 200),
        (nil, ["X-Original-URL: https://apps.example.com/tasks"], 401),
        ("LABELER", ["X-Forwarded-Uri: /tasks"], 200),
        ("LABELER", ["X-Forwarded-Uri: /admin", "X-Forwarded-Method: GET"], 403),
        ("ADMIN", ["X-Forwarded-Uri: /admin", "X-Forwarded-Method: GET"], 200),
        ("ADMIN", ["X-Original-URI: /admin", "X-Original-Method: GET"], 200),
        // The route takes GET alone.
        ("ADMIN", ["X-Forwarded-Uri: /admin", "X-Forwarded-Method: POST"], 403),
        ("ADMIN", ["X-Forwarded-Uri: /admin"], 403),
        // Two answers to one question: a client set what its proxy did not.
        ("ADMIN", ["X-Forwarded-Uri: /public", "X-Original-URI: /tasks"], 403),
        ("ADMIN", ["X-Forwarded-Uri: /public", "X_Forwarded_Uri: /tasks"], 403),
        ("ADMIN", ["X-Forwarded-Uri: /tasks", "X-Forwarded-Method: GET", "X-Original-Method: POST"], 403),
        ("ADMIN", ["X-Forwarded-Uri: /public", "X-Forwarded-Host: a", "X-Forwarded-Host: other.example"], 403),
        ("ADMIN", ["X-Forwarded-Uri: /tasks", "X-Original-URI: /tasks?x=1"], 200),
        // No request, or one that reads in several ways.
        ("ADMIN", ["X-Forwarded-Uri: tasks"], 403),
        ("ADMIN", ["X-Forwarded-Uri:"], 403),
        ("ADMIN", ["X-Original-URL: ftp://a/public"], 403),
        ("LABELER", ["X-Forwarded-Uri: /public/../admin"], 403),
        ("LABELER", ["X-Forwarded-Uri: /public/%2e%2e/admin"], 403),
        ("LABELER", ["X-Forwarded-Uri: //admin"], 403),
        // Which request it is decides here, so that it must be told.
        ("ADMIN", [], 403),
    ]

    @Test(arguments: ForwardAuthenticationTests.questions)
    func asksTheRuleOfTheOriginalRequest(_ role: String?, _ lines: [String], _ status: Int) async throws {
        let (gateway, upstream) = try await self.gateway()
        let cookie = try role.map { try gateway.sessions.signIn(role: $0).cookie }
        let answer = try await self.ask(
            gateway,
            lines + (cookie.map { ["Cookie: __Host-portico_session=\($0)"] } ?? [])
        )
        #expect(answer.status == status)
        #expect(answer["Location"] == nil)
        #expect((answer["X-Portico-Role"] != nil) == (status == 200 && role != nil && !lines[0].contains("/public")))
        await gateway.stop()
        await upstream.stop()
    }

    @Test("where a session is all that is asked for, a proxy that is not trusted is told the way, and none back")
    func tellsTheWayWithoutTheRequest() async throws {
        let upstream = try await TestUpstream.echo()
        let routes = [
            Route(name: "members", upstreams: try TestGateway.urls(upstream.port), authentication: .required)
        ]
        let gateway = try await TestGateway.start(routes: routes)
        let answer = try await self.ask(gateway, ["X-Original-URI: /a?b=c"])
        #expect(answer.status == 401)
        #expect(answer.all("X-Portico-Sign-In") == ["/.portico/sign-in"])
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "a 401 tells the proxy the way to the sign-in page and back",
        arguments: [
            ("/.portico/auth", ["X-Original-URI: /a?b=c&d=%2F#e"], "/a%3Fb%3Dc%26d%3D%252F"),
            ("/.portico/auth", ["X-Original-URL: https://apps.example.com/a?b&c"], "/a%3Fb%26c"),
            ("/.portico/auth", ["X-Forwarded-Uri: /a?\"><b>&c=//d"], "/a%3F%22%3E%3Cb%3E%26c%3D//d"),
            ("/.portico/auth/a?b=c&d", [], "/a%3Fb%3Dc%26d"),
            ("/.portico/auth", ["X-Original-URI: /" + String(repeating: "a", count: 3_000)], "/"),
        ]
    )
    func tellsTheWayToTheSignInPage(_ path: String, _ lines: [String], _ way: String) async throws {
        let (gateway, upstream) = try await self.gateway()
        let answer = try await self.ask(gateway, lines + ["Accept: text/html"], path: path)
        #expect(answer.status == 401 && answer["Location"] == nil)
        #expect(answer.all("X-Portico-Sign-In") == ["/.portico/sign-in?rd=\(way)"])
        // Traefik and Envoy show this page as it is.
        #expect(answer.text.hasSuffix(" /.portico/sign-in?rd=\(way)</p>"))
        let (untrusting, second) = try await self.gateway(trusted: false)
        #expect(try await self.ask(untrusting, lines, path: path)["X-Portico-Sign-In"] == nil)
        await gateway.stop()
        await untrusting.stop()
        await upstream.stop()
        await second.stop()
    }

    @Test(arguments: [
        ("GET", "/admin/x?y=1", 200), ("POST", "/admin", 403), ("POST", "/tasks", 200), ("GET", "/", 200),
    ])
    func readsThePathBehindItsOwn(_ method: String, _ path: String, _ status: Int) async throws {
        let (gateway, upstream) = try await self.gateway()
        let cookie = try gateway.sessions.signIn(role: "ADMIN").cookie
        let answer = try await self.ask(
            gateway,
            ["Cookie: __Host-portico_session=\(cookie)", "Content-Length: 0"],
            path: "/.portico/auth\(path)",
            method: method
        )
        #expect(answer.status == status)
        await gateway.stop()
        await upstream.stop()
    }

    @Test(arguments: ["/.portico/auth", "/.portico/auth/public"])
    func believesNobodyWhoIsNotTrusted(_ path: String) async throws {
        let (gateway, upstream) = try await self.gateway(trusted: false)
        let cookie = try gateway.sessions.signIn(role: "ADMIN").cookie
        let answer = try await self.ask(
            gateway,
            ["Cookie: __Host-portico_session=\(cookie)", "X-Forwarded-Uri: /public"],
            path: path
        )
        #expect(answer.status == 403)
        #expect(answer.text.contains("original_request_refused"))
        await gateway.stop()
        await upstream.stop()
    }

    @Test func needsNoOriginalRequestWhereASessionIsEnough() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        let cookie = try gateway.sessions.signIn().cookie
        let client = try await gateway.connect()
        for _ in 0..<2 {
            try await client.send(
                "GET /.portico/auth HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n"
            )
            let answer = try await client.readMessage()
            #expect(answer.status == 200)
            #expect(answer["X-Portico-Role"] == "LABELER")
        }
        #expect(try await self.ask(gateway, []).status == 401)
        #expect(gateway.installations == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
