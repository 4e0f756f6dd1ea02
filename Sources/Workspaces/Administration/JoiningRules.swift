/// Who joins a workspace without an administrator naming them one by one, and as what (behavior M3, D3).
package struct JoiningRules: Hashable, Sendable {
    /// Whether people with an address in a claimed domain may register without an invitation.
    package var selfRegistration: Bool
    /// What whoever registers gets: a role or `NOT_ACTIVATED`.
    package var defaultRole: String
    /// Whether people of other domains may be invited, and come in.
    package var allowGuests: Bool

    /// Takes what somebody wants.
    package init(selfRegistration: Bool, defaultRole: String, allowGuests: Bool) {
        self.selfRegistration = selfRegistration
        self.defaultRole = defaultRole
        self.allowGuests = allowGuests
    }

    /// Takes what a workspace has.
    package init(_ workspace: Workspace) {
        self.init(
            selfRegistration: workspace.selfRegistration,
            defaultRole: workspace.defaultRole.description,
            allowGuests: workspace.allowGuests
        )
    }

    /// The names of what an administrator may choose for whoever registers.
    ///
    /// Where the identity provider alone manages roles, nobody else gives one: what is chosen stays, or nobody gets a role
    /// (behavior A1).
    ///
    /// - Parameters:
    ///   - workspace: The workspace as it is.
    ///   - catalogue: The roles of the installation, of which the administrator's is never given (behavior M3).
    ///   - management: Who manages roles, where the workspace does not say.
    /// - Returns: The names, in their order.
    package static func defaultRoles(
        of workspace: Workspace,
        catalogue: RoleCatalogue,
        management: MembershipManagement
    ) -> [String] {
        let roles = catalogue.roles.filter { $0 != catalogue.admin }.map(\.name)
        let all = roles + [DefaultRole.notActivated.description]
        switch management.roleManager(of: workspace) {
        case .administrators: return all
        case .identityProvider:
            let present = workspace.defaultRole.description
            return all.filter { $0 == present || $0 == DefaultRole.notActivated.description }
        }
    }
}

extension WorkspaceAdministration {
    /// Changes who joins the workspace, on an administrator's word.
    ///
    /// - Parameters:
    ///   - joining: What is wanted.
    ///   - administrators: The owner and the active administrators.
    ///   - catalogue: The roles of the installation.
    ///   - management: Who manages roles, where the workspace does not say.
    /// - Returns: What is written.
    /// - Throws: All mistakes together.
    package func changeJoining(
        _ joining: JoiningRules,
        beside administrators: [Membership],
        catalogue: RoleCatalogue,
        management: MembershipManagement
    ) throws(ConfigurationMistakes) -> WorkspaceOutcome {
        let workspace = self.configured.workspace
        // A role that the installation has no more stays until another one is chosen.
        let isAnother = joining.defaultRole != workspace.defaultRole.description
        let outcome = try self.change(
            WorkspaceChange(
                defaultRole: isAnother ? joining.defaultRole : nil,
                selfRegistration: joining.selfRegistration,
                allowGuests: joining.allowGuests
            ),
            catalogue: catalogue
        )
        var mistakes: [ConfigurationMistakes.Mistake] = []
        let choices = JoiningRules.defaultRoles(of: workspace, catalogue: catalogue, management: management)
        if isAnother, !choices.contains(joining.defaultRole) {
            let words =
                "Roles are managed by the identity provider: leave the role as it is, or choose that they wait for one."
                + " To choose freely, first let administrators manage roles, too."
            mistakes.append(.init(field: "default_role", message: words))
        }
        let lockOut = AdministratorLockOut(
            by: .refusingGuests,
            from: self.configured,
            to: outcome.configured,
            administrators: administrators
        )
        if let words = lockOut.words(for: self.actor) {
            mistakes.append(.init(field: "guests", message: words))
        }
        try ConfigurationMistakes.check(mistakes)
        return outcome
    }
}
