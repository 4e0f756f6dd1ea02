import Storage
import Workspaces

/// What the pages about people call states, sources and managers.
enum MemberWords {
    /// Where a person stands, in a word.
    static func standing(_ state: MembershipState) -> String {
        switch state {
        case .invited: "Invited"
        case .active: "Active"
        case .notActivated: "Waiting for a role"
        case .deactivated: "Deactivated"
        }
    }

    /// Who locked a person out; nil for everybody else.
    static func origin(_ state: MembershipState) -> String? {
        switch state.deactivationOrigin {
        case .admin?: "by an administrator"
        case .idpSync?: "by the identity provider"
        case .scim?: "by SCIM"
        case nil: nil
        }
    }

    /// The choice of the list's filter.
    static func standing(_ standing: MemberFilter.Standing) -> String {
        switch standing {
        case .active: "Active"
        case .invited: "Invited"
        case .waiting: "Waiting for a role"
        case .deactivated: "Deactivated"
        }
    }

    /// What a role was last set by.
    static func source(_ source: RoleSource) -> String {
        switch source {
        case .manual: "set by hand"
        case .invite: "from the invitation"
        case .defaultRole: "given at registration"
        case .samlRoles: "from the roles attribute"
        case .samlGroups: "from a group"
        case .scim: "from SCIM"
        case .owner: "as the owner"
        }
    }

    /// What becomes of the last administrator, as a choice.
    static func lastAdmin(_ policy: LastAdminPolicy) -> String {
        switch policy {
        case .demote: "Loses the role, and whoever runs Portico is told"
        case .keep: "Keeps the role"
        }
    }

    /// Who manages roles, as a choice.
    static func manager(_ manager: MembershipManagement.Manager) -> String {
        switch manager {
        case .administrators: "Administrators too"
        case .identityProvider: "The identity provider alone"
        }
    }
}
