import Foundation
import Logging
import PostgreSQL
import ServiceLifecycle
import Storage

/// Deletes what has served its time, every minute (rulings 24).
struct RetentionService: Service {
    private static let interval = Duration.seconds(60)

    private let retention: Retention
    private let logger: Logger

    init(pool: ConnectionPool, auditRetention: Duration, secrets: SecretKeyring, logger: Logger) {
        self.retention = Retention(pool: pool, auditAge: auditRetention, secrets: secrets)
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Nodes that were started together spread out, so that they do not ask for one lock at one moment.
                try? await Task.sleep(for: Self.interval * Double.random(in: 0.5...1.5))
                guard !Task.isCancelled else { return }
                await self.prune()
            }
        }
    }

    private func prune() async {
        do {
            let count = try await self.retention.prune(now: Date())
            if count > 0 { self.logger.debug("expired rows deleted", metadata: ["rows": "\(count)"]) }
        } catch let error as PostgreSQLError where error.isUnavailability || error == .cancelled {
            self.logger.debug("expired rows left for later", metadata: ["error": "\(error)"])
        } catch is CancellationError {
            return
        } catch {
            self.logger.warning("expired rows cannot be deleted", metadata: ["error": "\(String(reflecting: error))"])
        }
    }
}

extension RetentionService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "retention" }
}
