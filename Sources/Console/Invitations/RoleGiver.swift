import Workspaces

/// Who says which role somebody has who is invited.
enum RoleGiver {
    /// The invitation, unless the identity provider names a role.
    case invitation
    /// The `roles` attribute, without which nobody comes in (behavior R5).
    case rolesAttribute
    /// The identity provider alone (behavior A1).
    case identityProvider

    init(_ workspace: Workspace, management: MembershipManagement) {
        if management.roleManager(of: workspace) == .identityProvider {
            self = .identityProvider
        } else if workspace.wantsRoles {
            self = .rolesAttribute
        } else {
            self = .invitation
        }
    }

    /// With which role somebody comes in.
    var words: String {
        switch self {
        case .invitation:
            "Who is invited comes in with the role that you choose, once their identity provider agrees."
        case .rolesAttribute:
            "Your identity provider gives the roles here, in the roles attribute: who is invited comes in with the role that it "
                + "names, and does not come in while it names none. Whoever runs it has to give the person a role."
        case .identityProvider:
            "Your identity provider alone gives roles here: who is invited comes in with the role that it names. Whoever runs it "
                + "has to give the person a role or a group that has one."
        }
    }

    /// What is said of the role that one chooses; nil where nobody chooses one.
    var help: String? {
        switch self {
        case .invitation: "Where the identity provider names a role, that one counts."
        case .rolesAttribute:
            "It counts for somebody who signs in with a passphrase, until the identity provider names one."
        case .identityProvider: nil
        }
    }
}
