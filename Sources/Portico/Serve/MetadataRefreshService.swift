import Foundation
import Logging
import PostgreSQL
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
    private let interval: Duration
    private let logger: Logger

    /// Makes a service that looks about every `interval`.
    init(refresher: MetadataRefresher, interval: Duration = .seconds(10), logger: Logger) {
        self.refresher = refresher
        self.interval = interval
        self.store = MetadataRefreshStore(pool: refresher.pool)
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Nodes that were started together spread out.
                try? await Task.sleep(for: self.interval * Double.random(in: 0.5...1.5))
                guard !Task.isCancelled else { return }
                await self.refreshAllDue()
            }
        }
    }

    private func refreshAllDue() async {
        do {
            while !Task.isCancelled, let scope = try await self.store.claim(now: Date()) {
                let outcome = try await self.refresher.refresh(scope, actor: .system)
                for event in outcome?.allEvents ?? [] { self.tell(event) }
            }
        } catch let error as PostgreSQLError where error.isUnavailability || error == .cancelled {
            self.logger.debug("metadata is refreshed later", metadata: ["error": "\(error)"])
        } catch WorkspaceStoreError.workspaceDeleted {
            self.logger.debug("metadata of a workspace that was deleted is left alone")
        } catch is CancellationError {
            return
        } catch {
            self.logger.warning("metadata cannot be refreshed", metadata: ["error": "\(String(reflecting: error))"])
        }
    }

    /// What the audit log of the workspace says, for whoever runs the gateway.
    private func tell(_ event: AuditEvent) {
        var metadata: Logger.Metadata = ["workspace.id": "\(event.workspaceID.map { "\($0)" } ?? "")"]
        for key in ["change", "sha256_fingerprint", "not_after", "certificates", "sign_in_url", "problem", "failures"] {
            if let value = event.detail[key] { metadata["metadata.\(key)"] = "\(value)" }
        }
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
