import Logging
import ServiceLifecycle

/// The first service to be stopped: says that the node stops, and holds the others' stop back for a while.
///
/// A balancer that asks `/ready` learns of the stop while connections are still accepted, and sends no more of them.
struct ShutdownDelay: Service {
    private let delay: Duration
    private let state: StoppingState
    private let logger: Logger

    init(_ delay: Duration, state: StoppingState, logger: Logger) {
        self.delay = delay
        self.state = state
        self.logger = logger
    }

    func run() async throws {
        try await gracefulShutdown()
        self.state.begin()
        self.logger.info("told to stop", metadata: ["delay": "\(DurationSyntax.spell(self.delay))"])
        // Nobody can hear of another event: what is waited for goes on in the balancer.
        try await Task.sleep(for: self.delay)
    }
}

extension ShutdownDelay: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "shutdown delay" }
}
