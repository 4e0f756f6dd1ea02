package import Logging

/// Listens to channels on a connection of its own, for as long as it runs.
///
///     connect ─► LISTEN ─► connected ─► notification …
///        ▲                                  │ the server hung up, or a ping went unanswered
///        └── pause, longer each time ◄── lost
///
/// The wait for messages is a dispatch source on the socket and holds no thread. A server that vanished without a word
/// is noticed by a ping, which bounds how long the listener can be deaf without knowing it.
package struct NotificationListener: Sendable {
    /// What happens, in order, to be read by one task.
    ///
    /// It ends when ``run()`` ends.
    package let events: AsyncStream<NotificationEvent>

    private let continuation: AsyncStream<NotificationEvent>.Continuation
    private let configuration: PostgreSQLConfiguration
    private let channels: [String]
    private let pingInterval: Duration
    private let logger: Logger

    /// The longest pause before another attempt to connect.
    private static let maximumPause = Duration.seconds(2)

    /// Makes a listener; nothing is opened before ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: Where to connect. The pool's limits do not apply to this connection.
    ///   - channels: The names of the channels.
    ///   - pingInterval: How long the connection may be silent before the server is asked whether it is there.
    ///   - logger: Told about lost connections at level `debug`.
    package init(
        configuration: PostgreSQLConfiguration,
        channels: [String],
        pingInterval: Duration = .seconds(3),
        logger: Logger
    ) {
        (self.events, self.continuation) = AsyncStream.makeStream()
        self.configuration = configuration
        self.channels = channels
        self.pingInterval = pingInterval
        self.logger = logger
    }

    /// Listens until the task is cancelled; connects again whenever the connection is lost.
    package func run() async {
        defer {
            self.continuation.finish()
        }
        var pause = Duration.milliseconds(50)
        while !Task.isCancelled {
            let error: PostgreSQLError
            do throws(PostgreSQLError) {
                let connection = try await Connection.open(self.configuration)
                pause = .milliseconds(50)
                error = await self.listen(on: connection)
                await connection.close()
            } catch let failure {
                error = failure
            }
            if Task.isCancelled {
                return
            }
            self.logger.debug("database listener lost", metadata: ["error": "\(error.debugDescription)"])
            self.continuation.yield(.lost(error))
            try? await Task.sleep(for: pause + .milliseconds(Int.random(in: 0...25)))
            pause = min(pause * 2, Self.maximumPause)
        }
    }

    /// Listens on one connection until it fails, and returns why.
    private func listen(on connection: Connection) async -> PostgreSQLError {
        do throws(PostgreSQLError) {
            _ = try await connection.pipeline(self.channels.map { "LISTEN \(identifier: $0)" })
            self.continuation.yield(.connected)
            while true {
                let (socket, notifications) = try await connection.receiveNotifications()
                for notification in notifications {
                    self.continuation.yield(.notification(notification))
                }
                if Task.isCancelled {
                    throw .cancelled
                }
                guard await SocketReadiness.wait(for: socket, timeout: self.pingInterval) else {
                    try await connection.query("SELECT 1")
                    continue
                }
            }
        } catch {
            return error
        }
    }
}
