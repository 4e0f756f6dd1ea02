import Foundation
import LocalServers
import Testing

/// One run of the built program, beside the test bundle, until it ends by itself.
struct ProgramRun: Sendable {
    /// The exit status.
    let status: Int32

    /// What it wrote on standard output.
    let output: String

    /// What it wrote on standard error.
    let errors: String

    /// The built program.
    static func program() throws -> URL {
        let folders =
            [Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent()].compactMap { $0 }
            + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        let candidates = folders.flatMap { folder in
            [folder, folder.deletingLastPathComponent()].map { $0.appending(path: "portico") }
        }
        return try #require(
            candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
        )
    }

    /// Runs the program with these arguments and only these `PORTICO_…` variables.
    init(_ arguments: [String], environment: [String: String] = [:]) async throws {
        let output = Pipe()
        let errors = Pipe()
        let program = try StartedProgram(
            [Self.program().path] + arguments,
            environment: environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own },
            output: output.fileHandleForWriting,
            errors: errors.fileHandleForWriting
        )
        try output.fileHandleForWriting.close()
        try errors.fileHandleForWriting.close()
        async let outputText = Self.text(of: output)
        async let errorText = Self.text(of: errors)
        self.status = await program.waitUntilExit()
        self.output = await outputText
        self.errors = await errorText
    }

    /// Everything that is written into a pipe until its other end closes, read away from the cooperative threads.
    private static func text(of pipe: Pipe) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global()
                .async {
                    let data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
                    continuation.resume(returning: String(decoding: data, as: UTF8.self))
                }
        }
    }
}
