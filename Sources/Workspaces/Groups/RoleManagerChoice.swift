/// Who manages the roles of a workspace, as its settings say it (behavior A1).
package enum RoleManagerChoice: String, Hashable, Sendable, CaseIterable {
    /// Administrators too.
    case administrators
    /// The identity provider alone.
    case identityProvider = "idp"
    /// Whoever the installation says.
    case installation

    /// Takes the choice that a workspace has made.
    package init(_ manager: MembershipManagement.Manager?) {
        switch manager {
        case .administrators?: self = .administrators
        case .identityProvider?: self = .identityProvider
        case nil: self = .installation
        }
    }

    /// The manager; `nil` for the installation's.
    package var manager: MembershipManagement.Manager? {
        switch self {
        case .administrators: .administrators
        case .identityProvider: .identityProvider
        case .installation: nil
        }
    }
}
