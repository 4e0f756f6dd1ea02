import FoundationEssentials
import PostgreSQL
import Workspaces

extension IdentityKey {
    /// The columns of a key, without the private half.
    static let columns: SQL = "key_id, created_at, active_from, signs_until, retires_at"

    /// Reads a row that has ``columns``.
    init(_ row: Row) throws {
        self.init(
            id: try row.value("key_id") { IdentityKeyID($0) },
            createdAt: try row.value("created_at"),
            activeFrom: try row.value("active_from"),
            signsUntil: try row.optional("signs_until"),
            retiresAt: try row.optional("retires_at")
        )
    }
}
