import Testing
import Workspaces

@testable import Portico

@Suite("Where settings come from")
struct SettingsPrecedenceTests {
    @Test("A flag beats the environment, which beats the file, which beats the default")
    func order() throws {
        let file = try SettingsExample.file("prefix: /file\nworkers: 3\nlisten: 127.0.0.1:7003\n")
        let input = SettingsExample.input(
            ["PORTICO_CONFIG": file, "PORTICO_WORKERS": "2", "PORTICO_LISTEN": "127.0.0.1:7002"],
            flags: [.listen: "127.0.0.1:7001"]
        )
        let listener = try input.settings().listener
        #expect(listener.listen.port == 7001)
        #expect(listener.workers == 2)
        #expect(listener.prefix == "/file")
        #expect(listener.opsListen.port == 9090)
    }

    @Test("A mistake names the place where the value was given")
    func origins() throws {
        let file = try SettingsExample.file("workers: none\n")
        let changes = ["PORTICO_CONFIG": file, "PORTICO_PREFIX": "x"]
        let mistakes = SettingsExample.mistakes(changes, flags: [.opsListen: "x"])
        #expect(mistakes.contains { $0.hasPrefix("--ops-listen has no port") })
        #expect(mistakes.contains { $0.hasPrefix("PORTICO_PREFIX is not") })
        #expect(mistakes.contains { $0.hasPrefix("workers in \(file) is not") })
        #expect(mistakes.count == 3)
    }

    @Test("An empty variable counts as absent")
    func emptyIsAbsent() throws {
        #expect(
            try SettingsExample.input(["PORTICO_WORKERS": "", "PORTICO_PREFIX": " "]).settings().listener.prefix
                == "/.portico"
        )
    }

    @Test("Lists are comma-separated in the environment and sequences in the file")
    func lists() throws {
        let file = try SettingsExample.file("roles: [BOSS, CLERK]\ntrusted_proxies: 10.0.0.0/8, ::1\n")
        let settings = try SettingsExample.input(["PORTICO_CONFIG": file]).settings()
        #expect(settings.members.roles.roles.map(\.name) == ["BOSS", "CLERK"])
        #expect(settings.listener.trustedProxies.count == 2)
        let other = try SettingsExample.input(["PORTICO_ROLES": "CHIEF, HAND"]).settings()
        #expect(other.members.roles.roles.map(\.name) == ["CHIEF", "HAND"])
    }
}
