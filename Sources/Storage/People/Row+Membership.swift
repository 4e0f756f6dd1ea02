import FoundationEssentials
import PostgreSQL
import Workspaces

extension Membership {
    /// The columns of a membership, for a statement whose table has the alias `m`.
    static let columns: SQL = """
        m.user_id, m.email, m.display_name, m.state, m.deactivation_origin, m.role, m.role_source, m.is_owner,
        m.was_active, m.invited_at, m.last_assertion_issued_at, m.authz_version
        """

    /// Reads a row that has ``columns``.
    init(_ row: Row) throws {
        let origin = try row.optional("deactivation_origin") { DeactivationOrigin(rawValue: $0) }
        self.init(
            userID: UserID(try row.value("user_id", as: UUID.self)),
            email: try row.value("email") { Email($0) },
            displayName: try row.value("display_name"),
            state: try row.value("state") { MembershipState(name: $0, deactivationOrigin: origin) },
            role: try row.optional("role") { Role($0) },
            roleSource: try row.value("role_source") { RoleSource(rawValue: $0) },
            isOwner: try row.value("is_owner"),
            wasActive: try row.value("was_active"),
            invitedAt: try row.optional("invited_at"),
            lastAssertionIssuedAt: try row.optional("last_assertion_issued_at"),
            authzVersion: try row.value("authz_version")
        )
    }
}
