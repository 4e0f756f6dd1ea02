import FoundationEssentials
import PostgreSQL
import Workspaces

extension MemberEntry {
    /// The columns of an entry beside those of the membership, for a statement with ``newestLink``.
    static let columns: SQL = "l.idp_issuer, l.name_id, l.linked_at, l.last_used_at"

    /// The newest sign-in of the membership with the alias `m`, joined as `l`.
    static let newestLink: SQL = """
        LEFT JOIN LATERAL (
            SELECT i.idp_issuer, i.name_id, i.linked_at, i.last_used_at FROM identity_links i
            WHERE i.workspace_id = portico_workspace() AND i.user_id = m.user_id
            ORDER BY i.last_used_at DESC LIMIT 1
        ) l ON true
        """

    /// Reads a row that has the columns.
    init(_ row: Row) throws {
        self.membership = try Membership(row)
        self.lastSignInAt = try row.optional("last_used_at")
        self.identity = try row.optional("idp_issuer", as: String.self)
            .map { issuer in
                Identity(
                    issuer: issuer,
                    nameID: try row.optional("name_id"),
                    linkedAt: try row.value("linked_at")
                )
            }
    }
}
