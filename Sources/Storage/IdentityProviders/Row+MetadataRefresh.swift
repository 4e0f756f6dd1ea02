import FoundationEssentials
import PostgreSQL
import Workspaces

extension MetadataRefreshState {
    /// Reads the results of ``MetadataRefreshStatements/select``.
    init(_ row: Row?, proposals: [Row]) throws {
        guard let row else {
            self.init()
            return
        }
        self.init(
            dueAt: try row.optional("due_at"),
            attemptedAt: try row.optional("attempted_at"),
            refreshedAt: try row.optional("refreshed_at"),
            validUntil: try row.optional("valid_until"),
            failures: try row.value("failures"),
            problem: try row.optional("problem"),
            offeredSignInURL: try row.optional("offered_sign_in_url"),
            proposals: try proposals.map { try MetadataProposal($0) }
        )
    }
}

extension MetadataProposal {
    fileprivate init(_ row: Row) throws {
        self.init(
            certificate: PinnedCertificate(
                der: try row.value("der"),
                sha256Fingerprint: try row.value("sha256_fingerprint"),
                notAfter: try row.value("not_after")
            ),
            kind: try row.value("kind") { Kind(rawValue: $0) },
            proposedAt: try row.value("proposed_at"),
            rejectedAt: try row.optional("rejected_at")
        )
    }
}
