import Foundation
import Logging
import PostgreSQL
import ServiceLifecycle
import Storage
import Workspaces

/// Tells every hour which certificates end soon: in the audit log of their workspace, once in the log, and in metrics.
struct CertificateNoticeService: Service {
    private let notices: CertificateNotices
    private let ends: CertificateEnds
    private let periodic: PeriodicWork
    private let logger: Logger

    /// Looks through the pool, and leaves in `ends` what metrics tell.
    init(pool: ConnectionPool, ends: CertificateEnds, logger: Logger) {
        self.notices = CertificateNotices(pool: pool)
        self.ends = ends
        // What was just started has other things to do.
        self.periodic = PeriodicWork(
            interval: .seconds(3600),
            delay: .seconds(60),
            failure: "certificates cannot be looked at",
            logger: logger
        )
        self.logger = logger
    }

    func run() async throws {
        await self.periodic.repeating { try await self.look(now: Date()) }
    }

    /// Looks at all certificates once.
    func look(now: Date) async throws {
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
    }
}

extension CertificateNoticeService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "certificate notices" }
}
