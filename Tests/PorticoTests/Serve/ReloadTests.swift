import Foundation
import LocalServers
import Testing

@testable import Portico

@Suite("SIGHUP")
struct ReloadTests {
    /// A file with one route for each path prefix.
    private static func file(_ routes: [(path: String, upstream: String)], more: String = "") -> String {
        let entries = routes.map { path, upstream in
            "  - {name: \"app\(path)\", path_prefix: \"\(path)\", auth: none, upstreams: [\"\(upstream)\"]}"
        }
        return (["routes:"] + entries + [more]).joined(separator: "\n")
    }

    @Test("New routes count at once; a bad file is told whole and changes nothing; what needs a restart is named")
    func reload() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let first = try await TestUpstream.start()
        let second = try await TestUpstream.start()
        let path = try SettingsExample.file(Self.file([("/", first.url)]))
        var environment = SettingsExample.environment
        environment["PORTICO_UPSTREAM"] = nil
        environment["PORTICO_CONFIG"] = path
        environment["PORTICO_DATABASE_URL"] = database.uri
        environment["PORTICO_LISTEN"] = "127.0.0.1:0"
        environment["PORTICO_OPS_LISTEN"] = "127.0.0.1:0"
        let program = try ServingProgram(environment: environment)
        let listening = try await program.log.line(containing: ": listening gateway=")
        let gateway = try ListenAddress.parse(Self.value("gateway", in: listening))
        let operations = try ListenAddress.parse(Self.value("operations", in: listening))
        try await GatewayRun.eventually { try await HTTPExchange.get("/ready", at: operations).status == 200 }
        #expect(try await HTTPExchange.get("/", at: gateway).status == 200)

        // Two mistakes: both are told, and the routes stay.
        try Data(Self.file([("/", "ftp://x")], more: "log_format: pretty").utf8).write(to: URL(filePath: path))
        program.signal(SIGHUP)
        let refusal = try await program.log.line(containing: ": configuration was not read again")
        #expect(refusal.contains("mistakes=2"))
        let mistakes = program.log.all.filter { $0.contains("configuration is wrong") }
        #expect(mistakes.count == 2)
        #expect(mistakes.contains { $0.contains("routes[0].upstreams") })
        #expect(mistakes.contains { $0.contains("log_format") })
        #expect(try await HTTPExchange.get("/", at: gateway).status == 200)
        #expect(try await HTTPExchange.get("/ready", at: operations).status == 200)

        let more = "log_level: debug\nsession_max_age: 12h"
        let routes = [("/new", second.url), ("/refusing", "http://127.0.0.1:9")]
        try Data(Self.file(routes, more: more).utf8).write(to: URL(filePath: path))
        program.signal(SIGHUP)
        #expect(
            try await program.log.line(containing: "configuration was read again")
                .contains("routes=\"app/new, app/refusing\"")
        )
        let restart = try await program.log.line(containing: "counts from the next start")
        #expect(restart.contains("setting=PORTICO_SESSION_MAX_AGE"))
        #expect(try await HTTPExchange.get("/new", at: gateway).status == 200)
        #expect(try await HTTPExchange.get("/", at: gateway).status == 404)
        // What is told at debug alone: an upstream that refuses.
        #expect(try await HTTPExchange.get("/refusing", at: gateway).status == 502)
        #expect(try await program.log.line(containing: "Upstream did not connect").contains(" debug "))

        program.signal(SIGTERM)
        #expect(await program.waitUntilExit() == 0)
        try await first.stop()
        try await second.stop()
    }

    private static func value(_ key: String, in line: String) throws -> String {
        let pair = try #require(line.split(separator: " ").first { $0.hasPrefix("\(key)=") })
        return String(pair.dropFirst(key.count + 1))
    }

    @Test("Settings are compared by what they say, wherever they say it, and secrets by what is in their file")
    func fingerprints() throws {
        let secret = try SettingsExample.file(SettingsExample.secretKey, name: "secret")
        let running = try SettingsExample.input(["PORTICO_SECRET_KEY": nil, "PORTICO_SECRET_KEY_FILE": secret])
            .settings()
        func changes(_ changes: [String: String?]) throws -> [SettingKey] {
            try SettingsExample.input(changes).settings().fingerprint.changesForNextStart(from: running.fingerprint)
        }
        #expect(try changes([:]) == [])
        #expect(try changes(["PORTICO_UPSTREAM": "http://127.0.0.1:4", "PORTICO_LOG_LEVEL": "debug"]) == [])
        #expect(try changes(["PORTICO_SECRET_KEY": SettingsExample.otherSecretKey]) == [.secretKey])
        #expect(try changes(["PORTICO_WORKERS": "3", "PORTICO_LISTEN": "127.0.0.1:1"]) == [.listen, .workers])
    }
}
