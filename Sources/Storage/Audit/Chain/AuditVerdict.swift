package import FoundationEssentials
import PostgreSQL
import Workspaces

/// What a node's look at the whole chain of an audit log came to, as it is kept for the settings.
///
/// It is authenticated with the secret key: whoever writes in the database alone cannot say that nothing was wrong.
package struct AuditVerdict: Hashable, Sendable {
    /// When that was, to the second.
    package let verifiedAt: Date
    /// The end of the chain then.
    package let position: Int
    /// Up to which position the chain could not be verified, because the operator began it anew behind that.
    package let unverifiedPosition: Int?
    /// What was wrong, in a sentence without its full stop; `nil` when nothing was.
    package let defect: String?

    /// The columns of a row of `audit_chains`.
    static let columns: SQL = """
        workspace_id, verified_at, verified_position, unverified_position, defect, verdict_seal, verdict_key_id
        """

    /// Takes what a look came to.
    init(_ verification: AuditVerification, now: Date) {
        self.verifiedAt = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        self.position = verification.head.position
        self.unverifiedPosition = verification.head.unverifiedPosition
        self.defect = verification.defect?.description
    }

    /// Reads the ``columns``.
    ///
    /// - Returns: `nil` before the first look.
    init?(_ row: Row) throws {
        guard let verifiedAt: Date = try row.optional("verified_at"),
            let position: Int = try row.optional("verified_position")
        else { return nil }
        self.verifiedAt = verifiedAt
        self.position = position
        self.unverifiedPosition = try row.optional("unverified_position")
        self.defect = try row.optional("defect")
    }

    /// What is authenticated: everything, and whose it is.
    func sealedBytes(of log: AuditLog) -> [UInt8] {
        AuditHash.encoding(of: [
            "portico-audit-verdict-1", log.workspaceID?.description,
            "\(Int(self.verifiedAt.timeIntervalSince1970.rounded()))", "\(self.position)",
            self.unverifiedPosition.map { "\($0)" }, self.defect,
        ])
    }
}
