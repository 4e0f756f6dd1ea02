import Foundation
import Logging
import PostgreSQL
import ServiceLifecycle
import Storage
import Workspaces

/// Tells every hour which certificates end soon: in the audit log of their workspace, once in the log, and in metrics.
struct CertificateNoticeService: Service {
    private static let interval = Duration.seconds(3600)

    private let notices: CertificateNotices
    private let ends: CertificateEnds
    private let logger: Logger

    /// Looks through the pool, and leaves in `ends` what metrics tell.
    init(pool: ConnectionPool, ends: CertificateEnds, logger: Logger) {
        self.notices = CertificateNotices(pool: pool)
        self.ends = ends
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Nodes that were started together spread out, and what was just started has other things to do.
            var pause = Duration.seconds(60)
            while !Task.isCancelled {
                try? await Task.sleep(for: pause * Double.random(in: 0.5...1.5))
                guard !Task.isCancelled else { return }
                await self.look(now: Date())
                pause = Self.interval
            }
        }
    }

    /// Looks at all certificates once.
    func look(now: Date) async {
        do {
            let review = try await self.notices.write(now: now)
            self.ends.note(review.ends, readAt: now)
            for event in review.events {
                self.logger.warning(
                    "certificate ends soon",
                    metadata: [
                        "workspace.id": "\(event.workspaceID.map { "\($0)" } ?? "")",
                        "certificate.not_after": "\(event.detail["not_after"] ?? "")",
                        "certificate.sha256": "\(event.detail["sha256_fingerprint"] ?? "")",
                    ]
                )
            }
        } catch let error as PostgreSQLError where error.isUnavailability || error == .cancelled {
            self.logger.debug("certificates looked at later", metadata: ["error": "\(error)"])
        } catch is CancellationError {
            return
        } catch {
            self.logger.warning("certificates cannot be looked at", metadata: ["error": "\(String(reflecting: error))"])
        }
    }
}

extension CertificateNoticeService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "certificate notices" }
}
