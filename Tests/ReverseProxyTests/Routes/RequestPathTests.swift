import Testing

@testable import ReverseProxy

@Suite("Request paths")
struct RequestPathTests {
    @Test(
        "refuses paths that no browser sends",
        arguments: [
            "/a/../b", "/a/./b", "/..", "/.", "/a/..", "/%2e%2e/b", "/a/%2E/b", "/.%2e/", "/a/..;/b", "/a/..%2fb",
            "/a/..%5cb",
            "/a/..\\b", "/a\\..\\b", "/%252e%252e/b", "/a%00b", "/a%2500", "/a%", "/a%2", "/a%zz", "/a%0", "/..;x=1/b",
        ]
    )
    func refuses(_ path: String) {
        #expect(Self.inspect(path) == .refused)
    }

    @Test(
        "reads plain paths one way",
        arguments: [
            "/", "/a/b", "/a.b/..c/.d", "/a/...", "/.hidden", "/a%20b", "/a%C3%A9", "/a/b/", "/~a/b-c_d",
            "/a,b=c&d:e@f",
        ]
    )
    func readsOneWay(_ path: String) {
        #expect(Self.inspect(path) == .plain)
    }

    @Test(
        "reads ambiguous paths every way",
        arguments: [
            ("/a%2fb", "/a/b"), ("/a//b", "/a/b"), ("/a\\b", "/a/b"), ("/a%5Cb", "/a/b"), ("/a;x=1/b", "/a/b"),
            ("/%61", "/a"), ("/%2561", "/a"), ("/a%252fb", "/a/b"), ("//a", "/a"), ("/a%3bx/b", "/a/b"),
            ("/a/;x//b", "/a/b"), ("//a/b", "/b"), ("///a/b", "/b"), ("///a/b", "/a/b"), ("//a", "/"), ("/\\a/b", "/b"),
            ("/%2fa/b", "/b"), ("/%252fa/b", "/b"), ("/;x/a/b", "/b"),
        ]
    )
    func readsEveryWay(_ path: String, _ reading: String) {
        guard case .manifold(let readings) = Self.inspect(path) else {
            Issue.record("not read in several ways")
            return
        }
        #expect(readings.contains(Array(reading.utf8)))
    }

    private static func inspect(_ path: String) -> RequestPath.Inspection {
        Array(path.utf8).withUnsafeBytes(RequestPath.inspect)
    }
}
