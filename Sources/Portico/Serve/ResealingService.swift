import Foundation
import Logging
import PostgreSQL
import ServiceLifecycle
import Storage

/// Encrypts and seals anew whatever is stored under an older secret key: at its start, and every hour, because a node
/// with other settings that is about to stop may write under another one meanwhile.
struct ResealingService: Service {
    /// One kind of what is stored under a secret key.
    private struct Step: Sendable {
        let name: String
        let reseal: @Sendable () async throws -> Int
    }

    private static let interval = Duration.seconds(3600)
    /// After how long it is tried again when something could not be encrypted anew.
    private static let impatience = Duration.seconds(10)

    private let steps: [Step]
    private let logger: Logger

    init(pool: ConnectionPool, secrets: SecretKeyring, logger: Logger) {
        self.steps = [
            Step(name: "SAML keys") { try await SPKeyStore(pool: pool).reseal(with: secrets, now: Date()) },
            Step(name: "identity token keys") {
                try await IdentityKeyStore(pool: pool).reseal(with: secrets, now: Date())
            },
            Step(name: "authenticator apps") {
                try await CodeSecretStore(pool: pool).reseal(with: secrets, now: Date())
            },
            Step(name: "audit logs") { try await AuditChainStore(pool: pool, secrets: secrets).reseal() },
        ]
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let pause = await self.reseal() ? Self.interval : Self.impatience
                await PeriodicWork.rest(pause)
            }
        }
    }

    /// Encrypts and seals anew once; what fails keeps nothing else from it.
    ///
    /// - Returns: Whether nothing failed that another try may mend.
    func reseal() async -> Bool {
        var isDone = true
        for step in self.steps {
            do {
                let count = try await step.reseal()
                guard count > 0 else { continue }
                self.logger.notice(
                    "stored secrets are under the first secret key now",
                    metadata: ["secrets": "\(step.name)", "count": "\(count)"]
                )
            } catch let error as PostgreSQLError where error.isUnavailability || error == .cancelled {
                isDone = false
                self.logger.debug(
                    "stored secrets left for later",
                    metadata: ["secrets": "\(step.name)", "error": "\(error)"]
                )
            } catch is CancellationError {
                return false
            } catch let failure as SealingFailure {
                // Another try mends nothing: somebody has to do what it says.
                self.logger.warning(
                    "stored secrets cannot be put under the first secret key",
                    metadata: ["secrets": "\(step.name)", "error": "\(failure)"]
                )
            } catch {
                isDone = false
                self.logger.warning(
                    "stored secrets cannot be put under the first secret key",
                    metadata: ["secrets": "\(step.name)", "error": "\(String(reflecting: error))"]
                )
            }
        }
        return isDone
    }
}

extension ResealingService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "resealing" }
}
