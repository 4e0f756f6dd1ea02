import Foundation
import LocalServers
import Testing

/// A running `portico serve`, with what it logs.
struct ServingProgram: Sendable {
    /// The lines on standard error.
    let log: RunningLog

    private let program: StartedProgram

    /// Starts it with these variables alone.
    init(environment: [String: String]) throws {
        let pipe = Pipe()
        self.program = try StartedProgram(
            [ProgramRun.program().path, "serve"],
            environment: environment,
            errors: pipe.fileHandleForWriting
        )
        try pipe.fileHandleForWriting.close()
        self.log = RunningLog(reading: pipe.fileHandleForReading)
    }

    /// Sends it a signal.
    func signal(_ signal: Int32) {
        kill(self.program.processID, signal)
    }

    /// Its status, once it has ended.
    func waitUntilExit() async -> Int32 {
        await self.program.waitUntilExit()
    }
}
