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
        let log = Pipe()
        let program = try StartedProgram(
            [ProgramRun.program().path, "serve"],
            environment: environment,
            errors: log.fileHandleForWriting
        )
        try log.fileHandleForWriting.close()
        let (lines, continuation) = AsyncStream<String>.makeStream()
        let reader = Thread {
            // `read(upToCount:)` would wait until that much has come.
            while case let data = log.fileHandleForReading.availableData, !data.isEmpty {
                for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
                    continuation.yield(String(line))
                }
            }
            continuation.finish()
        }
        reader.start()
        var messages: [String] = []
        for await line in lines {
            messages.append(line)
            if line.contains("\"message\":\"listening\"") { kill(program.processID, signal) }
        }
        #expect(await program.waitUntilExit() == 0)
        #expect(messages.last?.contains("\"message\":\"stopped\"") == true)
    }
}
