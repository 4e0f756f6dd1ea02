import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Route table")
struct RouteTableTests {
    private static func route(_ name: String, host: String? = nil, prefix: String) -> Route {
        Route(name: name, host: host, pathPrefix: prefix, upstreams: [UpstreamURL("http://a")].compactMap { $0 })
    }

    @Test(
        "matches host and longest prefix",
        arguments: [
            ("x.example", "/", "any"), ("x.example", "/app", "app"), ("x.example", "/app/", "app"),
            ("x.example", "/application", "any"), ("x.example", "/app/deep/x", "deep"), ("h.example", "/", "host"),
            ("H.EXAMPLE:8080", "/zzz", "host"), ("h.example.", "/app", "hostapp"), ("", "/app", "app"),
            ("[::1]:80", "/", "any"),
        ]
    )
    func matches(_ host: String, _ path: String, _ name: String) throws {
        let table = try RouteTable([
            Self.route("any", prefix: "/"), Self.route("app", prefix: "/app"), Self.route("deep", prefix: "/app/deep"),
            Self.route("host", host: "h.example", prefix: "/"),
            Self.route("hostapp", host: "h.example", prefix: "/app"),
        ])
        let index = Array(host.utf8)
            .withUnsafeBytes { host in
                Array(path.utf8).withUnsafeBytes { path in table.match(host: host, path: path) }
            }
        #expect(index.map { table.routes[$0].name } == name)
    }

    @Test func matchesNothingWithoutARoute() throws {
        let table = try RouteTable([Self.route("app", host: "a.example", prefix: "/app")])
        let index = Array("b.example".utf8)
            .withUnsafeBytes { host in
                Array("/app".utf8).withUnsafeBytes { path in table.match(host: host, path: path) }
            }
        #expect(index == nil)
    }

    @Test func reportsAllMistakesTogether() {
        let problems = RouteTable.problems(in: [
            Self.route("a", prefix: "app"), Self.route("a", prefix: "/app/"), Self.route("b", prefix: "/a/../b"),
            Self.route("c", host: "x.example:80", prefix: "/c"),
            Route(name: "d", pathPrefix: "/d", upstreams: [], methods: ["FETCH"]),
            Self.route("e", prefix: "/c?x"), Self.route("f", prefix: "/z"), Self.route("g", prefix: "/z"),
        ])
        #expect(problems.count == 9)
        #expect(RouteTable.problems(in: []).count == 1)
    }

    /// One change to a route that is sound, and the mistake that it makes.
    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let problem: String
        let apply: @Sendable (inout Route) throws -> Void
    }

    static let defects = [
        Defect(testDescription: "no upstream", problem: "Route a has no upstream.") { $0.upstreams = [] },
        Defect(testDescription: "65 upstreams", problem: "Route a has more than 64 upstreams.") {
            $0.upstreams = try (1...65).flatMap(TestGateway.urls)
        },
        Defect(testDescription: "an upstream twice", problem: "Route a has an upstream twice.") {
            $0.upstreams[1] = $0.upstreams[0]
        },
        Defect(
            testDescription: "HTTP/2 and HTTP/1.1 in one list",
            problem: "Route a has upstreams of HTTP/2 and of HTTP/1.1 in one list; let all speak the same."
        ) {
            $0.upstreams[1] = try #require(UpstreamURL("h2c://b"))
        },
        Defect(
            testDescription: "HTTP/2 in plain text and HTTP/1.1 in TLS",
            problem:
                "Route a, workspace x, has upstreams of HTTP/2 and of HTTP/1.1 in one list; let all speak the same."
        ) {
            $0.workspaces = [try Self.company("x"): ["h2c://b", "https://b"].compactMap { UpstreamURL($0) }]
        },
        Defect(
            testDescription: "origins of upgrades over HTTP/2",
            problem: "Route a has upgrade_origins, but HTTP/2 carries no upgrade to its upstreams."
        ) {
            $0.upstreams = ["h2c://b", "h2://b"].compactMap { UpstreamURL($0) }
            $0.upgradeOrigins = ["https://c"]
        },
        Defect(testDescription: "a workspace without upstream", problem: "Route a, workspace x, has no upstream.") {
            $0.workspaces = [try Self.company("x"): []]
        },
        Defect(
            testDescription: "a workspace with an upstream twice",
            problem: "Route a, workspace x, has an upstream twice."
        ) {
            $0.workspaces = [try Self.company("x"): [$0.upstreams[0], $0.upstreams[0]]]
        },
        Defect(
            testDescription: "a workspace in two spellings",
            problem: "Route a has a workspace twice: case makes no difference."
        ) {
            $0.workspaces = [try Self.company("x"): $0.upstreams, try Self.company("X"): $0.upstreams]
        },
        Defect(
            testDescription: "a workspace where no session is looked at",
            problem: "Route a has upstreams of workspaces and looks at no session."
        ) {
            $0.workspaces = [try Self.company("x"): $0.upstreams]
            $0.authentication = .none
        },
        Defect(
            testDescription: "no request in flight",
            problem: "Route a: the limit of requests in flight lets no request through."
        ) { $0.maximumInFlight = 0 },
        Defect(testDescription: "no header", problem: "Route a: the header limit lets no request through.") {
            $0.maximumHeadSize = 0
        },
        Defect(testDescription: "a negative body", problem: "Route a: the body limit is negative.") {
            $0.maximumBodySize = -1
        },
    ]

    private static func company(_ text: String) throws -> CompanyID {
        try #require(CompanyID(text))
    }

    @Test("Each defect of a route is told", arguments: Self.defects)
    func defectIsTold(_ defect: Defect) throws {
        var route = Route(name: "a", upstreams: try (1...64).flatMap(TestGateway.urls))
        #expect(RouteTable.problems(in: [route]).isEmpty)
        try defect.apply(&route)
        #expect(RouteTable.problems(in: [route]) == [defect.problem])
    }

    @Test(
        "reads upstream URLs",
        arguments: [
            ("http://a", "http://a:80"), ("https://a.example/", "https://a.example:443"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://[::1]:9", "http://[::1]:9"),
            ("h2c://a", "h2c://a:80"), ("h2c://[::1]:9/", "h2c://[::1]:9"), ("h2://a.example", "h2://a.example:443"),
        ]
    )
    func readsUpstreamURLs(_ text: String, _ description: String) {
        #expect(UpstreamURL(text)?.description == description)
    }

    @Test(
        "refuses other upstream URLs",
        arguments: [
            "", "a", "ftp://a", "http://", "http://a/b", "http://u@a", "http://a:0", "http://a:65536", "http://a:x",
            "http://a?b", "http://[::1", "http://a b", "http://[abc]:1", "http://a:+1",
        ]
    )
    func refusesOtherUpstreamURLs(_ text: String) {
        #expect(UpstreamURL(text) == nil)
    }
}
