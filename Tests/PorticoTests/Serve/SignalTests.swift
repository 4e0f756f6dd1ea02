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
        let process = Process()
        process.executableURL = try ProgramRun.program()
        process.arguments = ["serve"]
        process.environment = environment
        let log = Pipe()
        process.standardError = log
        process.standardInput = FileHandle.nullDevice
        let (lines, continuation) = AsyncStream<String>.makeStream()
        try process.run()
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
            if line.contains("\"message\":\"listening\"") { kill(process.processIdentifier, signal) }
        }
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(process.terminationReason == .exit)
        #expect(messages.last?.contains("\"message\":\"stopped\"") == true)
    }
}
