import Logging
import PostgreSQL
import ServiceLifecycle
import Storage
import Workspaces

/// Seals the events of audit logs within seconds, and looks at each whole chain every day.
struct AuditChainService: Service {
    private static let interval = Duration.seconds(2)
    /// How many logs are sealed before others are asked for again.
    private static let logsAtOnce = 500
    /// How many chains are looked at between two rounds of sealing.
    private static let chainsAtOnce = 10

    private let store: AuditChainStore
    private let verifier: AuditVerifier
    private let logger: Logger

    init(pool: ConnectionPool, secrets: SecretKeyring, logger: Logger) {
        self.store = AuditChainStore(pool: pool, secrets: secrets)
        self.verifier = AuditVerifier(pool: pool, secrets: secrets)
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Nodes that were started together spread out.
                try? await Task.sleep(for: Self.interval * Double.random(in: 0.5...1.5))
                guard !Task.isCancelled else { return }
                await self.work()
            }
        }
    }

    /// Does what there is to do at the moment.
    func work() async {
        do {
            try await self.seal()
            for _ in 0..<Self.chainsAtOnce {
                guard let log = try await self.store.takeDue() else { return }
                try await self.verify(log)
            }
        } catch let error as PostgreSQLError where error.isUnavailability || error == .cancelled {
            self.logger.debug("audit logs left for later", metadata: ["error": "\(error)"])
        } catch is CancellationError {
            return
        } catch {
            self.logger.warning("audit logs cannot be sealed", metadata: ["error": "\(String(reflecting: error))"])
        }
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
                metadata: ["workspace.id": "\(Self.name(log))", "error": "\(String(reflecting: error))"]
            )
            return false
        }
    }

    private static func name(_ log: AuditLog) -> String { log.workspaceID.map { "\($0)" } ?? "" }

    private func verify(_ log: AuditLog) async throws {
        let verification = try await self.verifier.verify(log)
        if let defect = verification.defect, defect.isUnknownKey {
            self.logger.warning(
                "audit log cannot be looked at or sealed: a secret key is missing from SECRET_KEY",
                metadata: ["workspace.id": "\(Self.name(log))", "audit.defect": "\(defect)"]
            )
            return
        }
        try await self.store.note(verification, of: log)
        var metadata: Logger.Metadata = [
            "workspace.id": "\(Self.name(log))",
            "audit.position": "\(verification.head.position)",
            "audit.hash": "\(verification.head.hash)",
        ]
        guard let defect = verification.defect else {
            // Kept apart from the database, this line shows later whether somebody set the whole log back.
            self.logger.info("audit log verified", metadata: metadata)
            return
        }
        metadata["audit.defect"] = "\(defect)"
        self.logger.error("audit log was changed by somebody other than Portico", metadata: metadata)
    }
}

extension AuditChainService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "audit chains" }
}
