import Foundation
import Logging
import PostgreSQL
import ServiceLifecycle
import Storage
import Workspaces

/// Seals the events of audit logs within seconds, and takes note of what metrics tell.
struct AuditChainService: Service {
    /// How many logs are sealed before others are asked for again.
    private static let logsAtOnce = 500

    private let store: AuditChainStore
    private let counts: AuditChainCounts
    private let periodic: PeriodicWork
    private let logger: Logger

    init(pool: ConnectionPool, secrets: SecretKeyring, counts: AuditChainCounts, logger: Logger) {
        self.store = AuditChainStore(pool: pool, secrets: secrets)
        self.counts = counts
        self.periodic = PeriodicWork(interval: .seconds(2), failure: "audit logs cannot be sealed", logger: logger)
        self.logger = logger
    }

    func run() async throws {
        await self.periodic.repeating(self.work)
    }

    /// Seals what waits at the moment, and reads the numbers.
    func work() async throws {
        try await self.seal()
        try await self.counts.refresh(from: self.store, now: Date())
    }

    // MARK: - Private

    private func seal() async throws {
        var goesOn = true
        while goesOn {
            goesOn = false
            for log in try await self.store.unsealed(limit: Self.logsAtOnce) {
                try Task.checkCancellation()
                if try await self.seal(log) { goesOn = true }
            }
        }
    }

    /// Seals a batch of one log.
    ///
    /// - Returns: Whether more may wait. A log that cannot be sealed does not keep the others waiting.
    private func seal(_ log: AuditLog) async throws -> Bool {
        do {
            return try await self.store.seal(log).goesOn
        } catch let error as PostgreSQLError where error.isUnavailability || error == .cancelled {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            self.logger.warning(
                "audit log cannot be sealed",
                metadata: ["workspace.id": "\(log.loggedName)", "error": "\(String(reflecting: error))"]
            )
            return false
        }
    }
}

extension AuditChainService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "audit chains" }
}

extension AuditLog {
    /// The workspace as a line of the node's log names it; empty for the operator's log.
    var loggedName: String { self.workspaceID.map { "\($0)" } ?? "" }
}
