import Crypto
import FoundationEssentials
import PostgreSQL
import Workspaces

/// The other workspaces that have claimed a domain: they are told that one more has, and not which (behavior D5).
///
/// Telling them is the last thing that a transaction does, because it leaves its workspace for it. A line in each audit log
/// is all that is written there.
struct EarlierClaimants: Sendable {
    let domain: EmailDomain
    let now: Date

    /// How many are told at most.
    private static let limit = 100

    /// Writes a line into the audit log of each.
    func tell(in transaction: Transaction) async throws {
        let name = Array(SHA256.hash(data: Array(self.domain.value.utf8)))
        let found = try await transaction.query(
            """
            SELECT workspace_id FROM saml_names
            WHERE side = 'domain' AND name_sha256 = \(name) AND workspace_id <> portico_workspace()
            ORDER BY workspace_id LIMIT \(Self.limit)
            """
        )
        for row in found.rows {
            let scope = WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self)))
            let event = AuditEvent(
                time: self.now,
                workspaceID: scope.workspaceID,
                actor: .system,
                action: .domainClaimedElsewhere,
                detail: ["domain": self.domain.value]
            )
            _ = try await transaction.pipeline([scope.enter, AuditStore.insert(event)])
        }
    }
}
