/// Waits for a server that was just started.
enum Readiness {
    /// Asks every 50 ms until the answer is yes.
    ///
    /// - Parameters:
    ///   - server: The server's name for messages.
    ///   - child: Its process.
    ///   - timeout: How long to ask.
    ///   - isReady: Whether the server answers now.
    /// - Throws: `LocalServerError.endedEarly` when the process ends first, `.notReady` at the timeout,
    ///   `CancellationError` when the task is cancelled. The process is stopped then.
    static func wait(
        for server: String,
        _ child: ChildProcess,
        timeout: Duration = .seconds(60),
        isReady: () -> Bool
    ) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + timeout
        do {
            while !isReady() {
                guard child.isRunning else {
                    throw LocalServerError.endedEarly(server: server, output: child.lastWords)
                }
                guard clock.now < deadline else {
                    throw LocalServerError.notReady(server: server, output: child.lastWords)
                }
                // A server of another project says by its port alone that it is ready.
                try await clock.sleep(for: .milliseconds(50))
            }
        } catch {
            await child.stop()
            throw error
        }
    }
}
