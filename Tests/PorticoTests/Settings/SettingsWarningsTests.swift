import Testing

@testable import Portico

@Suite("Settings that are probably not meant")
struct SettingsWarningsTests {
    @Test(
        "Each is told by a sentence",
        arguments: [
            (["PORTICO_PUBLIC_URL": "http://a.example", "PORTICO_ALLOW_INSECURE_HTTP": "1"], "plain http is allowed"),
            (["PORTICO_PUBLIC_URL": "http://localhost:8081"], "PUBLIC_URL has port 8081, but LISTEN has 8080"),
            ([:], "PUBLIC_URL is https without TLS_CERTIFICATE or TRUSTED_PROXIES"),
        ]
    )
    func warning(_ changes: [String: String], _ beginning: String) throws {
        let warnings = try SettingsExample.input(changes).settings().warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasPrefix(beginning) == true)
    }

    @Test(
        "Nothing is told of what is meant",
        arguments: [
            ["PORTICO_PUBLIC_URL": "http://localhost:8080"], ["PORTICO_TRUSTED_PROXIES": "10.0.0.0/8"],
            ["PORTICO_PUBLIC_URL": "http://localhost:8080", "PORTICO_LISTEN": "127.0.0.1:0"],
        ]
    )
    func silence(_ changes: [String: String]) throws {
        #expect(try SettingsExample.input(changes).settings().warnings.isEmpty)
    }
    @Test("A route of a host where nobody can be signed in is told, others are not")
    func hosts() throws {
        let entries = [
            "{name: other, host: b.example, upstreams: ['http://127.0.0.1:1']}",
            "{name: open, host: c.example, auth: none, upstreams: ['http://127.0.0.1:1']}",
            "{name: own, host: A.example, upstreams: ['http://127.0.0.1:1']}",
            "{name: any, upstreams: ['http://127.0.0.1:1']}",
        ]
        let file = try SettingsExample.file("routes:\n" + entries.map { "  - \($0)\n" }.joined())
        let changes = [
            "PORTICO_CONFIG": file, "PORTICO_UPSTREAM": nil, "PORTICO_PUBLIC_URL": "https://a.example",
            "PORTICO_TRUSTED_PROXIES": "10.0.0.0/8",
        ]
        let warnings = try SettingsExample.input(changes).settings().warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasPrefix("route other is for b.example, where nobody has a session") == true)
    }
}
