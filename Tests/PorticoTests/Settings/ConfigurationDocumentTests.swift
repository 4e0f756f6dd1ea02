import Foundation
import Testing

@testable import Portico

/// Holds `Docs/Configuration.md` against the table of settings.
@Suite("The page about the configuration")
struct ConfigurationDocumentTests {
    private let page: String

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Docs/Configuration.md")
        self.page = try String(contentsOf: file, encoding: .utf8)
    }

    @Test("The page has one row for each setting, and no other rows")
    func rows() {
        let lines = self.page.split(separator: "\n").map(String.init)
        let section = lines.drop { $0 != "## Every setting" }.prefix { $0 != "## Routes" }
        let rows = section.filter { $0.hasPrefix("| `") }
        #expect(rows == SettingKey.allCases.map(Self.row))
    }

    @Test("The page has every key of a route")
    func routeKeys() {
        for key in [
            "name", "host", "path_prefix", "strip_prefix", "upstreams", "auth", "roles", "methods", "timeouts",
            "upgrade_origins", "connect", "first_byte", "idle", "total", "limits", "body", "body_rate", "header",
            "in_flight", "tls", "ca", "certificate", "key", "server_name", "workspaces",
        ] {
            #expect(self.page.contains("`\(key)`"))
        }
    }

    private static func row(of key: SettingKey) -> String {
        let definition = key.definition
        let name =
            switch (definition.shape, definition.sensitivity) {
            case (.structure, _): "`\(key.rawValue)`, in the file only"
            case (_, .open): "`\(key.environmentName)`"
            case (_, .secret): "`\(key.environmentName)`, `\(key.environmentName)_FILE`"
            }
        let fallback = definition.fallback.map { $0.contains("`") || $0 == "none" || $0 == "cores" ? $0 : "`\($0)`" }
        return "| \(name) | \(definition.value) | \(fallback ?? "") | \(definition.effect) |"
    }
}
