import Foundation
import Logging
import PostgreSQL
import ServiceLifecycle
import Storage

/// Deletes what has served its time, every minute (rulings 24).
struct RetentionService: Service {
    private let retention: Retention
    private let periodic: PeriodicWork
    private let logger: Logger

    init(pool: ConnectionPool, auditRetention: Duration, secrets: SecretKeyring, logger: Logger) {
        self.retention = Retention(pool: pool, auditAge: auditRetention, secrets: secrets)
        self.periodic = PeriodicWork(interval: .seconds(60), failure: "expired rows cannot be deleted", logger: logger)
        self.logger = logger
    }

    func run() async throws {
        await self.periodic.repeating(self.prune)
    }

    private func prune() async throws {
        let count = try await self.retention.prune(now: Date())
        if count > 0 { self.logger.debug("expired rows deleted", metadata: ["rows": "\(count)"]) }
    }
}

extension RetentionService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "retention" }
}
