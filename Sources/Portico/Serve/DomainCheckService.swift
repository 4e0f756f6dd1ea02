import Foundation
import Logging
import ServiceLifecycle
import Storage
import Workspaces

/// Looks for the records of claimed domains: every few minutes while somebody waits for one, once a day afterwards.
///
/// Of several nodes one takes each workspace.
struct DomainCheckService: Service {
    private let checker: DomainChecker
    private let periodic: PeriodicWork
    private let logger: Logger

    /// Makes a service that looks about every `interval` whose turn it is.
    init(checker: DomainChecker, interval: Duration = .seconds(10), logger: Logger) {
        self.checker = checker
        self.periodic = PeriodicWork(interval: interval, failure: "domains cannot be looked at", logger: logger)
        self.logger = logger
    }

    func run() async throws {
        await self.periodic.repeating(self.checkAllDue)
    }

    private func checkAllDue() async throws {
        while !Task.isCancelled, let scope = try await self.checker.store.takeDue(now: self.checker.now()) {
            for claim in try await self.checker.store.claims(scope) where claim.isOpen {
                let outcome = try await self.checker.check(scope, claim, actor: .system)
                for event in outcome?.events ?? [] { self.tell(event) }
            }
            try await self.checker.store.reschedule(scope, now: self.checker.now())
        }
    }

    /// What the audit log of the workspace says, for whoever runs the gateway.
    private func tell(_ event: AuditEvent) {
        self.logger.notice(
            "a claim of a domain changed",
            metadata: [
                "workspace.id": "\(event.workspaceID.map { "\($0)" } ?? "")",
                "domain.change": "\(event.action.rawValue)",
                "domain.name": "\(event.detail["domain"] ?? "")",
            ]
        )
    }
}

extension DomainCheckService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "check of domains" }
}
