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

    /// What the choices of a workspace come to, with what the installation and the identity provider say beside them.
    static func consequences(
        _ workspace: Workspace,
        catalogue: RoleCatalogue,
        signUpPolicy: SignUpPolicy
    ) -> [Consequence] {
        [
            Consequence(
                who: "Whoever your identity provider gives a role here",
                what: "Comes in with that role, whatever is chosen below."
            ),
            Consequence(
                who: "Whoever else signs up",
                what: Self.signUp(workspace, catalogue: catalogue, signUpPolicy: signUpPolicy)
            ),
            Consequence(
                who: "Whoever else was invited",
                what: workspace.wantsRoles ? Self.noRole : "Comes in with the role of the invitation."
            ),
            Consequence(
                who: "Guests, whose address is in another domain",
                what: workspace.allowGuests
                    ? "Come in where an administrator invited that address. Nobody is a guest by signing up."
                    : "Are refused, and cannot be invited."
            ),
        ]
    }

    private static let noRole =
        "Is refused: once your identity provider has sent roles, or must, nobody comes in here without one."

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
