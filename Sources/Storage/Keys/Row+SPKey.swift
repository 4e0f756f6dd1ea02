import FoundationEssentials
import PostgreSQL
import Workspaces

extension SPKey {
    /// The columns of a key, without the private half.
    static let columns: SQL = "key_id, key_use, certificate, certificate_end, created_at, active_from, retires_at"

    /// Reads a row that has ``columns``.
    init(_ row: Row) throws {
        self.init(
            id: SPKeyID(try row.value("key_id", as: UUID.self)),
            use: try row.value("key_use") { SPKeyUse(rawValue: $0) },
            certificate: try row.value("certificate"),
            certificateEnd: try row.value("certificate_end"),
            createdAt: try row.value("created_at"),
            activeFrom: try row.value("active_from"),
            retiresAt: try row.optional("retires_at")
        )
    }
}

extension SealedSecret {
    /// The columns of the private half.
    static let columns: SQL = "sealed_key, secret_key_id"

    /// Reads a row that has ``columns``.
    init(_ row: Row) throws {
        self.init(secretKeyID: try row.value("secret_key_id"), bytes: try row.value("sealed_key"))
    }
}
