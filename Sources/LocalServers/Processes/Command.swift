import Foundation

/// Runs a program to its end.
enum Command {
    /// Runs a program to its end and leaves what it wrote in the log.
    ///
    /// - Throws: `LocalServerError.commandFailed` when it ends with another status than 0.
    static func run(
        _ command: [String],
        environment: [String: String] = [:],
        folder: URL? = nil,
        log: URL
    ) async throws {
        let child = try ChildProcess(command, environment: environment, folder: folder, log: log)
        let status = await withTaskCancellationHandler {
            await child.waitUntilExit()
        } onCancel: {
            Task { await child.stop() }
        }
        guard status == 0 else {
            throw LocalServerError.commandFailed(
                command: command.joined(separator: " "),
                status: status,
                output: child.lastWords
            )
        }
    }
}
