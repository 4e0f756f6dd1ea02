import Foundation
import Logging
import PostgreSQL
import ServiceLifecycle
import Storage
import Workspaces

/// Looks at the whole chain of each workspace's audit log every day, beside the sealing, which a long chain does not hold up.
struct AuditVerificationService: Service {
    private let store: AuditChainStore
    private let verifier: AuditVerifier
    private let periodic: PeriodicWork
    private let logger: Logger

    init(pool: ConnectionPool, secrets: SecretKeyring, logger: Logger) {
        self.store = AuditChainStore(pool: pool, secrets: secrets)
        self.verifier = AuditVerifier(pool: pool, secrets: secrets)
        self.periodic = PeriodicWork(interval: .seconds(10), failure: "audit logs cannot be looked at", logger: logger)
        self.logger = logger
    }

    func run() async throws {
        await self.periodic.repeating(self.work)
    }

    /// Looks at the chains that are due, one after the other.
    func work() async throws {
        try await self.store.restoreMissing()
        while !Task.isCancelled, let log = try await self.store.takeDue() { try await self.verify(log) }
    }

    // MARK: - Private

    private func verify(_ log: AuditLog) async throws {
        let verification = try await self.verifier.verify(log)
        if let defect = verification.defect, defect.isUnknownKey {
            self.logger.warning(
                "audit log cannot be looked at or sealed: a secret key is missing from SECRET_KEY",
                metadata: ["workspace.id": "\(log.loggedName)", "audit.defect": "\(defect)"]
            )
            return
        }
        try await self.store.note(verification, of: log, now: Date())
        var metadata: Logger.Metadata = [
            "workspace.id": "\(log.loggedName)",
            "audit.position": "\(verification.head.position)",
            "audit.hash": "\(verification.head.hash)",
        ]
        if let unverified = verification.head.unverifiedPosition {
            metadata["audit.unverified_position"] = "\(unverified)"
        }
        guard let defect = verification.defect else {
            // Kept apart from the database, this line shows later whether somebody set the whole log back.
            self.logger.info("audit log verified", metadata: metadata)
            return
        }
        metadata["audit.defect"] = "\(defect)"
        self.logger.error("audit log was changed by somebody other than Portico", metadata: metadata)
    }
}

extension AuditVerificationService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "audit log verification" }
}
