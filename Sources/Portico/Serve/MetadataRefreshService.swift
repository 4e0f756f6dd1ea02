import Foundation
import Logging
import ServiceLifecycle
import Storage
import Workspaces

/// Keeps the metadata of workspaces fresh: looks every few seconds whether one is due, and fetches it.
///
/// Of several nodes one takes each workspace. A node that is stopped while it fetches leaves the workspace to the others after
/// some minutes.
struct MetadataRefreshService: Service {
    private let refresher: MetadataRefresher
    private let store: MetadataRefreshStore
    private let periodic: PeriodicWork
    private let logger: Logger

    /// Makes a service that looks about every `interval`.
    init(refresher: MetadataRefresher, interval: Duration = .seconds(10), logger: Logger) {
        self.refresher = refresher
        self.store = MetadataRefreshStore(pool: refresher.pool)
        self.periodic = PeriodicWork(interval: interval, failure: "metadata cannot be refreshed", logger: logger)
        self.logger = logger
    }

    func run() async throws {
        await self.periodic.repeating(self.refreshAllDue)
    }

    private func refreshAllDue() async throws {
        while !Task.isCancelled, let scope = try await self.store.claim(now: Date()) {
            let result = try await self.refresher.refresh(scope, actor: .system)
            for event in result.outcome?.allEvents ?? [] { self.tell(event, problem: result.problem) }
        }
    }

    /// What the audit log of the workspace says, for whoever runs the gateway.
    private func tell(_ event: AuditEvent, problem: String?) {
        var metadata: Logger.Metadata = ["workspace.id": "\(event.workspaceID.map { "\($0)" } ?? "")"]
        for key in ["change", "sha256_fingerprint", "not_after", "certificates", "sign_in_url", "problem", "failures"] {
            if let value = event.detail[key] { metadata["metadata.\(key)"] = "\(value)" }
        }
        if let problem, event.action == .metadataRefreshFailed { metadata["metadata.problem"] = "\(problem)" }
        switch event.action {
        case .metadataChangeProposed:
            self.logger.warning("metadata proposes a change that an administrator has to decide", metadata: metadata)
        case .metadataRefreshFailed:
            self.logger.warning("metadata cannot be fetched anew, everything stays", metadata: metadata)
        case .samlConfigured:
            self.logger.notice("metadata changed the configuration", metadata: metadata)
        case _:
            self.logger.notice("metadata was fetched anew", metadata: metadata)
        }
    }
}

extension MetadataRefreshService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "refresh of metadata" }
}
