/// Decides what the groups say about the role, where the `roles` attribute says nothing (behavior G3, Q16).
enum GroupRoleRule {
    /// Turns groups into an entitlement.
    ///
    /// - Parameters:
    ///   - groups: The groups that the assertion names.
    ///   - facts: What the workspace makes of them.
    ///   - workspace: The workspace, which may say itself who manages its roles.
    ///   - catalogue: The roles of the installation.
    /// - Returns: The highest role that they give; without one, whether the membership decides.
    static func entitlement(
        _ groups: Set<GroupName>,
        facts: GroupFacts,
        workspace: Workspace,
        catalogue: RoleCatalogue
    ) -> Entitlement {
        if let role = facts.mappings.role(of: groups, in: catalogue) { return .role(role, from: .samlGroups) }
        // Rulings 25: a workspace that maps no group to a role has not put its roles into the groups' hands.
        guard facts.mapsRoles else { return .notProcessed }
        switch facts.management.roleManager(of: workspace) {
        case .administrators: return .notProcessed
        case .identityProvider: return .withdrawn
        }
    }
}
