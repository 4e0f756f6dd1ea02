import Logging
import PostgreSQL
import ReverseProxy
import ServiceLifecycle
import Workspaces

/// Listens for changes of sessions, so that a revoked session ends at its next request on every node.
struct SessionChangeListener: Service {
    private let listener: NotificationListener
    private let sessions: SessionDirectory
    private let state: ListeningState
    private let logger: Logger

    init(configuration: PostgreSQLConfiguration, sessions: SessionDirectory, state: ListeningState, logger: Logger) {
        // A server that vanished without a word is missed within 4 s (rulings 17: no session is older than 5 s then).
        var impatient = configuration
        impatient.statementTimeout = .seconds(1)
        self.listener = NotificationListener(
            configuration: impatient,
            channels: [SessionInvalidation.channel],
            pingInterval: .seconds(1),
            logger: logger
        )
        self.sessions = sessions
        self.state = state
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.listener.run() }
                for await event in self.listener.events {
                    self.take(event)
                }
            }
        }
    }

    private func take(_ event: NotificationEvent) {
        switch event {
        case .connected:
            self.sessions.listeningBegan()
            if self.state.began() { self.logger.info("listening for changes of sessions") }
        case .lost(let error):
            self.sessions.listeningEnded()
            if self.state.ended() {
                self.logger.warning("changes of sessions are not heard", metadata: ["error": "\(error)"])
            }
        case .notification(let notification):
            guard let invalidation = SessionInvalidation(payload: notification.payload) else {
                // A newer node speaks of something that this one does not know: read everything again.
                self.logger.warning("change of a session cannot be read, every session is read again")
                self.sessions.invalidateAll()
                return
            }
            self.sessions.invalidate(invalidation)
        }
    }
}

extension SessionChangeListener: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "listener for changes of sessions" }
}
