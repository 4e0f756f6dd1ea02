import LocalServers
import Testing

@testable import Portico

@Suite("Addresses that cannot be listened on")
struct ListenFailureTests {
    @Test(
        "A port that is taken ends the program with 1 and a line that names the setting",
        arguments: [
            "PORTICO_LISTEN", "PORTICO_OPS_LISTEN",
        ]
    )
    func portTaken(_ setting: String) async throws {
        let upstream = try await TestUpstream.start()
        let port = try #require(upstream.url.split(separator: ":").last)
        var environment = SettingsExample.environment
        environment["PORTICO_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
        environment["PORTICO_LISTEN"] = "127.0.0.1:0"
        environment["PORTICO_OPS_LISTEN"] = "127.0.0.1:0"
        environment["PORTICO_LOG_LEVEL"] = "critical"
        environment[setting] = "127.0.0.1:\(port)"
        let run = try await ProgramRun(["serve"], environment: environment)
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("portico: port \(port) on 127.0.0.1 is taken: "))
        #expect(run.errors.contains("\(setting)="))
        #expect(run.errors.split(separator: "\n").count == 1)
        try await upstream.stop()
    }
}
