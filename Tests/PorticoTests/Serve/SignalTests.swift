import Foundation
import LocalServers
import Testing

@testable import Portico

@Suite("Stopping the program")
struct SignalTests {
    @Test("SIGTERM and SIGINT stop it gracefully with status 0", arguments: [SIGTERM, SIGINT])
    func gracefulStop(_ signal: Int32) async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        var environment = SettingsExample.environment
        environment["PORTICO_DATABASE_URL"] = database.uri
        environment["PORTICO_LISTEN"] = "127.0.0.1:0"
        environment["PORTICO_OPS_LISTEN"] = "127.0.0.1:0"
        environment["PORTICO_LOG_FORMAT"] = "json"
        let program = try ServingProgram(environment: environment)
        _ = try await program.log.line(containing: "\"message\":\"listening\"")
        program.signal(signal)
        #expect(await program.waitUntilExit() == 0)
        _ = try await program.log.line(containing: "\"message\":\"stopped\"")
        #expect(program.log.all.last?.contains("\"message\":\"stopped\"") == true)
    }
}
