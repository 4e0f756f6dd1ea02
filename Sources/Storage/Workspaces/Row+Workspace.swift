import FoundationEssentials
import PostgreSQL
import SAML
import Workspaces

extension Workspace {
    /// The columns of a workspace, for a statement whose table has the alias `w`.
    static let columns: SQL = """
        w.workspace_id, w.company_id, w.name, w.status, w.sp_issuer, w.acs_style, w.roles_mode, w.roles_first_seen_at,
        w.default_role, w.self_registration, w.allow_guests, w.last_admin_policy, w.role_manager, w.local_sign_in,
        w.seats, w.session_max_age_seconds, w.session_max_idle_seconds
        """

    /// Reads a row that has ``columns``.
    init(_ row: Row) throws {
        self.init(
            id: WorkspaceID(try row.value("workspace_id", as: UUID.self)),
            companyID: try row.value("company_id") { CompanyID($0) },
            name: try row.value("name"),
            status: try row.value("status") { Status(rawValue: $0) },
            spIssuer: try row.value("sp_issuer") { EntityID($0) },
            acsStyle: try row.value("acs_style") { AssertionConsumerServiceStyle(rawValue: $0) },
            rolesMode: try row.value("roles_mode") { RolesMode(rawValue: $0) },
            rolesFirstSeenAt: try row.optional("roles_first_seen_at"),
            defaultRole: try row.value("default_role") { DefaultRole(storedText: $0) },
            selfRegistration: try row.value("self_registration"),
            allowGuests: try row.value("allow_guests"),
            lastAdminPolicy: try row.value("last_admin_policy") { LastAdminPolicy(rawValue: $0) },
            roleManager: try row.optional("role_manager") { MembershipManagement.Manager(rawValue: $0) },
            localSignIn: try row.value("local_sign_in") { LocalSignInMode(rawValue: $0) },
            seats: try row.optional("seats"),
            sessionMaxAge: try row.optionalSeconds("session_max_age_seconds"),
            sessionMaxIdle: try row.optionalSeconds("session_max_idle_seconds")
        )
    }
}

extension DefaultRole {
    /// Reads the column, whatever the catalogue is today; `grantedRole(in:)` asks the catalogue when it matters.
    fileprivate init?(storedText text: String) {
        if text == DefaultRole.notActivated.description {
            self = .notActivated
        } else if let role = Role(text) {
            self = .role(role)
        } else {
            return nil
        }
    }
}
