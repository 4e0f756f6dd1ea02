import Testing

@testable import Fetching

@Suite("URLs of fetches")
struct FetchURLTests {
    @Test(
        arguments: [
            ("https://idp.example", "idp.example", 443, "/"), ("https://idp.example?a=b", "idp.example", 443, "/?a=b"),
            ("HTTPS://IDP.example:8443/a/b?c=d/e", "idp.example", 8443, "/a/b?c=d/e"),
            ("https://[2001:DB8::1]:444/m", "2001:db8::1", 444, "/m"), ("https://127.0.0.1/m", "127.0.0.1", 443, "/m"),
        ] as [(String, String, Int, String)]
    )
    func reads(_ text: String, host: String, port: Int, target: String) throws {
        let url = try FetchURL(text)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.target == target)
    }

    @Test(arguments: [
        "", "https://", "https:///m", "http://idp.example/m", "ftp://idp.example", "file:///etc/passwd",
        "idp.example/m",
        "//idp.example/m", "https:/idp.example", "https://ann@idp.example/", "https://ann:b@idp.example/",
        "https://idp.example/#a", "https://idp.example:0/", "https://idp.example:65536/", "https://idp.example:/",
        "https://idp.example:x/", "https://idp.example:443:444/", "https://idp%2eexample/", "https://-idp.example/",
        "https://.example/", "https://idp.example\\@127.0.0.1/", "https://idp.example/ a",
        "https://idp.example/\r\nHost: a",
        "https://ídp.example/", "https://[::1/", "https://[]/", "https://[::1]a/", "https://[fe80::1%25eth0]/",
        "https://::1/", "https://" + String(repeating: "a", count: 254),
        "https://a/" + String(repeating: "b", count: 2048),
    ])
    func refuses(_ text: String) {
        #expect(throws: FetchFailure.urlRefused) { try FetchURL(text) }
    }

    @Test(
        arguments: [
            ("https://other.example/x", "other.example", "/x"), ("//other.example/x", "other.example", "/x"),
            ("/x?y", "idp.example", "/x?y"), ("x", "idp.example", "/a/x"), ("?y", "idp.example", "/a/b?y"),
            ("", "idp.example", "/a/b"), ("x#f", "idp.example", "/a/x"), ("../x", "idp.example", "/a/../x"),
        ]
    )
    func redirects(_ location: String, host: String, target: String) throws {
        let url = try FetchURL("https://idp.example:8443/a/b?c").redirected(to: location)
        #expect(url.host == host)
        #expect(url.target == target)
        #expect(url.port == (host == "idp.example" ? 8443 : 443))
    }

    @Test(arguments: [
        "http://idp.example/x", "javascript:alert(1)", "file:///etc/passwd", "https://ann@idp.example/", "ftp:x",
        "/\u{7F}",
        "//", "https://", "/ä",
    ])
    func refusesRedirectionsToAnythingElse(_ location: String) {
        #expect(throws: FetchFailure.redirectionRefused(host: "idp.example")) {
            try FetchURL("https://idp.example/a").redirected(to: location)
        }
    }

    @Test
    func namesOnlyNamesForTLS() throws {
        #expect(try FetchURL("https://idp.example").serverName == "idp.example")
        #expect(try FetchURL("https://127.0.0.1").serverName == nil)
        #expect(try FetchURL("https://[::1]").serverName == nil)
        #expect(try FetchURL("https://[::1]:444").authority == "[::1]:444")
    }
}
