import Testing

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

    @Test(
        "reads upstream URLs",
        arguments: [
            ("http://a", "http://a:80"), ("https://a.example/", "https://a.example:443"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://[::1]:9", "http://[::1]:9"),
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
