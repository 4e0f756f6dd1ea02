import Workspaces

/// What the page about joining calls its choices, and what they come to.
enum JoiningWords {
    /// What comes of somebody at their next sign-in.
    struct Consequence {
        let who: String
        let what: String
    }

    /// Who may register, as a choice.
    static func registration(_ isOpen: Bool) -> String {
        isOpen ? "Whoever has an address in a domain of the workspace" : "Nobody without an invitation"
    }

    /// Who may be a guest, as a choice.
    static func guests(_ areAllowed: Bool) -> String {
        areAllowed ? "Come in where an administrator invited them" : "Are refused"
    }

    /// What whoever registers gets, as a choice.
    static func defaultRole(_ name: String, catalogue: RoleCatalogue) -> String {
        if name == DefaultRole.notActivated.description { return "No role: they wait for one" }
        return catalogue.role(named: name) == nil ? "\(name), which there is no more: they wait for a role" : name
    }

    /// What is said of those who wait for a role, and of the administrator's role.
    static func waiting(catalogue: RoleCatalogue, isManagedElsewhere: Bool) -> String {
        isManagedElsewhere
            ? "Who waits comes in once the identity provider gives them a role. \(catalogue.admin) is never given by itself."
            : "Who waits comes in once the identity provider or an administrator gives them a role. \(catalogue.admin) is "
                + "never given by itself: make an administrator of a member, or invite one."
    }

    /// What the choices of a workspace come to, with what the installation and the identity provider say beside them, for
    /// people who are no members, are let in by their address, and find a free seat.
    static func consequences(
        _ workspace: Workspace,
        catalogue: RoleCatalogue,
        management: MembershipManagement,
        signUpPolicy: SignUpPolicy
    ) -> [Consequence] {
        [
            Consequence(
                who: "Whoever your identity provider gives a role here",
                what:
                    "Comes in with that role, invited or not, registration open or not. The owner stays an administrator."
            ),
            Consequence(
                who: "Whoever else was invited",
                what: Self.invited(workspace, management: management)
            ),
            Consequence(
                who: "Whoever else signs up",
                what: Self.signUp(workspace, catalogue: catalogue, signUpPolicy: signUpPolicy)
            ),
            Consequence(
                who: "Guests, whose address is in another domain",
                what: workspace.allowGuests
                    ? "Come in as above where that address was invited. Nobody is a guest by signing up."
                    : "Are refused, and cannot be invited."
            ),
        ]
    }

    private static let noRole = "Is refused: roles come from your identity provider here, and it names none for them."

    private static func invited(_ workspace: Workspace, management: MembershipManagement) -> String {
        if workspace.wantsRoles { return Self.noRole }
        switch management.roleManager(of: workspace) {
        case .administrators:
            return "Comes in with the role of the invitation, and waits for one where it names none."
        // G3: once a group gives a role, nothing but a group does.
        case .identityProvider:
            return "Is refused where groups give roles on the page “Mappings” and none of theirs does. Comes in with "
                + "the role of the invitation otherwise, and waits for one where it names none."
        }
    }

    private static func signUp(
        _ workspace: Workspace,
        catalogue: RoleCatalogue,
        signUpPolicy: SignUpPolicy
    ) -> String {
        if workspace.wantsRoles { return Self.noRole }
        guard signUpPolicy == .open else {
            return "Is refused: the people who run this service let nobody register without an invitation."
        }
        guard workspace.selfRegistration else { return "Is refused, and told that they need an invitation." }
        guard let role = workspace.defaultRole.grantedRole(in: catalogue) else {
            return "Is registered and waits: they come in once they have a role."
        }
        return "Is registered and comes in as \(role.name)."
    }
}
