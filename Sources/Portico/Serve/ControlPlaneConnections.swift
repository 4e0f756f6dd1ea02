import HummingbirdCore
import Logging
import ServiceLifecycle

/// Runs Hummingbird's end of each connection, or stream of HTTP/2, that has had a request for the control plane.
///
/// Connections that have had none cost no task. It ends after the listeners, when every connection has closed.
final class ControlPlaneConnections: Service {
    private struct Connection: Sendable {
        let http1: HTTP1Channel
        let value: HTTP1Channel.Value
        let logger: Logger
    }

    private let connections: AsyncStream<Connection>
    private let arrivals: AsyncStream<Connection>.Continuation

    init() {
        (self.connections, self.arrivals) = AsyncStream.makeStream()
    }

    /// Takes a connection whose handlers were added.
    func add(_ value: HTTP1Channel.Value, of http1: HTTP1Channel, logger: Logger) {
        self.arrivals.yield(Connection(http1: http1, value: value, logger: logger))
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await connection in self.connections {
                    group.addTask { await connection.http1.handle(value: connection.value, logger: connection.logger) }
                }
            }
        } onGracefulShutdown: {
            self.arrivals.finish()
        }
    }
}

extension ControlPlaneConnections: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "control plane" }
}
