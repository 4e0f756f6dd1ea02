import Logging
import NIOCore
import ServiceLifecycle
import Testing

@testable import Portico

/// A gateway in this process, on free ports, for the time of a closure.
enum GatewayRun {
    /// Runs a gateway over a database and an application; stops it gracefully when `body` has ended.
    static func with<Success: Sendable>(
        database uri: String,
        upstream: String = "http://127.0.0.1:9",
        changes: [String: String] = [:],
        _ body: @Sendable @escaping (GatewayAddresses) async throws -> Success
    ) async throws -> Success {
        let environment = [
            "PORTICO_PUBLIC_URL": "http://localhost:8080", "PORTICO_DATABASE_URL": uri, "PORTICO_UPSTREAM": upstream,
            "PORTICO_LISTEN": "127.0.0.1:0", "PORTICO_OPS_LISTEN": "127.0.0.1:0", "PORTICO_WORKERS": "1",
        ]
        .merging(changes) { $1 }
        let settings = try SettingsInput(environment: environment).settings()
        let (addresses, continuation) = AsyncStream<GatewayAddresses>.makeStream()
        let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }
        let application = GatewayApplication(settings: settings, logger: logger) { continuation.yield($0) }
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            let result: Result<Success, any Error>
            do {
                guard let bound = await addresses.first(where: { _ in true }) else {
                    try await tasks.waitForAll()
                    throw CancellationError()
                }
                result = .success(try await body(bound))
            } catch {
                result = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try result.get()
        }
    }

    /// Waits until a condition holds, however long that takes on a busy machine; a minute means that it never will.
    static func eventually(_ condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !condition() {
            try #require(ContinuousClock.now < deadline)
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
