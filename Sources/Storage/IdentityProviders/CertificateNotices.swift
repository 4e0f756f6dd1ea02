package import FoundationEssentials
package import PostgreSQL
import Workspaces

/// Writes into the audit log of each workspace which of its certificates end soon, each notice once.
///
/// It goes from workspace to workspace, each in a transaction in its own scope: no role sees several at once for this.
/// Nodes that do so at one moment wait for one another at the row of the identity provider, and the later one finds the
/// notice in the log.
package struct CertificateNotices: Sendable {
    private let pool: ConnectionPool

    /// How many workspaces are looked up at once.
    private static let batchSize = 500

    /// Makes a writer over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Looks at every workspace's certificates and writes the notices that are due.
    ///
    /// - Returns: The events that were written, and when each certificate ends.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``; what was written stays. `CancellationError` between two workspaces.
    package func write(now: Date) async throws -> CertificateReview {
        var review = CertificateReview()
        let lastDue = now.addingTimeInterval(Double(CertificateNotice.days.max() ?? 0) * 86_400)
        var last = ""
        while true {
            let result = try await self.pool.query(
                """
                SELECT folded, workspace_id FROM company_ids WHERE folded > \(last)
                ORDER BY folded LIMIT \(Self.batchSize)
                """
            )
            for row in result.rows {
                try Task.checkCancellation()
                last = try row.value("folded")
                let id: UUID = try row.value("workspace_id")
                let scope = WorkspaceScope(WorkspaceID(id))
                let ends = try await self.ends(scope)
                review.ends += ends
                // Most workspaces have nothing due, which one statement tells.
                guard ends.contains(where: { $0 <= lastDue }) else { continue }
                review.events += try await self.write(scope, now: now)
            }
            guard result.rows.count == Self.batchSize else { return review }
        }
    }

    private func write(_ scope: WorkspaceScope, now: Date) async throws -> [AuditEvent] {
        try await self.pool.withTransaction(in: scope) { transaction in
            _ = try await transaction.query(
                "SELECT 1 FROM identity_providers WHERE workspace_id = portico_workspace() FOR UPDATE"
            )
            let due = try await transaction.query(Self.certificates).rows
                .compactMap { row in
                    CertificateNotice(
                        for: PinnedCertificate(
                            der: [],
                            sha256Fingerprint: try row.value("sha256_fingerprint"),
                            notAfter: try row.value("not_after")
                        ),
                        now: now
                    )
                }
            let told =
                try await transaction.query(
                    """
                    SELECT detail->>'sha256_fingerprint' AS fingerprint, detail->>'days' AS days FROM audit_events
                    WHERE workspace_id = portico_workspace() AND action = \(AuditAction.certificateExpiring.rawValue)
                    """
                )
                .rows.map { row in try row.value("fingerprint") + "/" + row.value("days") }
            let events = due.filter { !told.contains("\($0.sha256Fingerprint)/\($0.day)") }
                .map { $0.event(in: scope.workspaceID, now: now) }
            _ = try await transaction.pipeline(events.map(AuditStore.insert))
            return events
        }
    }

    private func ends(_ scope: WorkspaceScope) async throws -> [Date] {
        try await self.pool.query(Self.certificates, in: scope).rows.map { try $0.value("not_after") }
    }

    /// The certificates of the present workspace, unless it or its SAML is switched off or it was deleted.
    private static let certificates: SQL = """
        SELECT c.sha256_fingerprint, c.not_after
        FROM identity_provider_certificates c JOIN identity_providers p USING (workspace_id)
            JOIN workspaces w USING (workspace_id)
        WHERE workspace_id = portico_workspace() AND p.enabled AND w.status = 'enabled' AND w.deleted_at IS NULL
        ORDER BY c.position
        """
}
