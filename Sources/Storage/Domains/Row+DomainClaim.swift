import PostgreSQL
import Workspaces

extension DomainClaim {
    /// Reads a row of ``DomainClaimStatements/select``.
    init(_ row: Row) throws {
        self.init(
            domain: try row.value("domain") { EmailDomain($0) },
            token: try row.value("token") { DomainClaimToken($0) },
            state: try row.value("state") { State(rawValue: $0) },
            requestedAt: try row.value("requested_at"),
            checkedAt: try row.optional("checked_at"),
            seenAt: try row.optional("seen_at"),
            missingSince: try row.optional("missing_since"),
            problem: try row.optional("problem")
        )
    }
}
