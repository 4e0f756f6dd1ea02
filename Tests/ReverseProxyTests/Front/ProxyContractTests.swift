import Testing
import Workspaces

@testable import ReverseProxy

/// The whole questions of proxies that the end-to-end tests do not run, as their manuals say that they ask.
@Suite("What Traefik and Envoy ask, and what they copy from the answer")
struct ProxyContractTests {
    /// A request of a client as a proxy puts it to Portico.
    struct Asking: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let question: @Sendable (_ method: String, _ target: String, _ clientLines: [String]) -> String
    }

    static let proxies = [
        // The client's own lines, and five of Traefik's, which replace the client's where trustForwardHeader is off.
        Asking(testDescription: "Traefik, forwardAuth with the address …/.portico/auth") { method, target, lines in
            let own = [
                "X-Forwarded-Method: \(method)", "X-Forwarded-Proto: http", "X-Forwarded-Host: apps.example.com",
                "X-Forwarded-Uri: \(target)", "X-Forwarded-For: 203.0.113.7",
            ]
            return Self.request("GET /.portico/auth", host: "portico:8080", lines: lines + own)
        },
        // The client's method, path and Host, no body, and the lines that allowed_headers names.
        Asking(testDescription: "Envoy, ext_authz over HTTP with the path_prefix /.portico/auth") {
            method,
            target,
            lines in
            Self.request(
                "\(method) /.portico/auth\(target)",
                host: "apps.example.com",
                lines: lines + ["Content-Length: 0", "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: http"]
            )
        },
    ]

    private static func request(_ line: String, host: String, lines: [String]) -> String {
        ([line + " HTTP/1.1", "Host: \(host)"] + lines + ["", ""]).joined(separator: "\r\n")
    }

    private static func gateway(_ upstream: TestUpstream) async throws -> TestGateway {
        let urls = try TestGateway.urls(upstream.port)
        let administrators: Set<Role> = [try #require(Role("ADMIN"))]
        return try await TestGateway.start(
            routes: [
                Route(name: "members", host: "apps.example.com", upstreams: urls),
                Route(
                    name: "administrators",
                    host: "apps.example.com",
                    pathPrefix: "/admin",
                    upstreams: urls,
                    roles: administrators,
                    methods: ["GET"]
                ),
            ],
            configuration: { configuration in
                configuration.trustedProxies = TrustedProxies([CIDRBlock("127.0.0.0/8")].compactMap { $0 })
            }
        )
    }

    @Test(
        "A member's request is admitted with every identity header once, whatever the client sent",
        arguments: proxies
    )
    func admits(_ proxy: Asking) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await Self.gateway(upstream)
        let (cookie, session) = try gateway.sessions.signIn(role: "LABELER")
        let names = [
            "X-Auth-Request-User", "X-Forwarded-User", "X-Forwarded-Email", "X-Portico-Workspace", "X-Portico-Role",
            "X-Portico-Jwt-Assertion",
        ]
        let lines =
            names.map { "\($0): forged" } + ["X_Portico_Role: forged", "Cookie: __Host-portico_session=\(cookie)"]
        let answer = try await gateway.exchange(proxy.question("GET", "/tasks?id=1", lines))
        #expect(answer.status == 200)
        #expect(answer["Content-Length"] == "0")
        for name in names {
            #expect(answer.all(name).count == 1)
            #expect(answer[name] != "forged")
        }
        #expect(answer["X-Auth-Request-User"] == session.subject.description)
        #expect(answer["X-Portico-Role"] == "LABELER")
        #expect(upstream.accepted == 0)
        await gateway.stop()
        await upstream.stop()
    }

    @Test("The route's roles and methods hold for the client's request", arguments: proxies)
    func refuses(_ proxy: Asking) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await Self.gateway(upstream)
        let labeler = ["Cookie: __Host-portico_session=\(try gateway.sessions.signIn(role: "LABELER").cookie)"]
        let admin = ["Cookie: __Host-portico_session=\(try gateway.sessions.signIn(role: "ADMIN").cookie)"]
        let expected: [(method: String, target: String, lines: [String], status: Int)] = [
            ("GET", "/tasks", [], 401), ("POST", "/tasks", labeler, 200), ("GET", "/admin?x", labeler, 403),
            ("GET", "/admin?x", admin, 200), ("DELETE", "/admin", admin, 403),
        ]
        for (method, target, lines, status) in expected {
            let answer = try await gateway.exchange(proxy.question(method, target, lines))
            #expect(answer.status == status, "\(method) \(target)")
            #expect((answer["X-Portico-Role"] != nil) == (status == 200))
        }
        // Readings of a path that differ are refused, as the question or as the request that is asked about.
        let status = try await gateway.exchange(proxy.question("GET", "/a/../admin", labeler)).status
        #expect(status == 400 || status == 403)
        await gateway.stop()
        await upstream.stop()
    }
}
