import PostgreSQL
import SAML
import Workspaces

extension IdentityProviderSession {
    /// The columns of the names, for a statement whose table of sessions has the alias `s`.
    static let columns: SQL = """
        s.idp_issuer, s.idp_session_index, s.idp_name_id, s.idp_name_id_format, s.idp_name_id_qualifier,
        s.idp_name_id_sp_qualifier, s.idp_certificate_sha256
        """

    /// Reads a row that has ``columns``; nil for a session whose assertion named nobody.
    init?(_ row: Row) throws {
        guard let value: String = try row.optional("idp_name_id") else {
            return nil
        }
        self.init(
            issuer: try row.value("idp_issuer") { EntityID($0) },
            nameID: NameID(
                value: value,
                format: try row.optional("idp_name_id_format"),
                nameQualifier: try row.optional("idp_name_id_qualifier"),
                spNameQualifier: try row.optional("idp_name_id_sp_qualifier")
            ),
            sessionIndex: try row.optional("idp_session_index"),
            certificateFingerprint: try row.optional("idp_certificate_sha256")
        )
    }
}
