/// What a sign-in that names certain groups would give a person, without writing anything (behavior G3 to G5).
package struct GroupPreview: Hashable, Sendable {
    /// What becomes of the person's role.
    package enum RoleEffect: Hashable, Sendable {
        /// A group gives this one.
        case given(Role)
        /// No group gives one, and the membership decides.
        case unchanged
        /// No group gives one where groups alone give roles: the person would be locked out.
        case lockedOut
    }

    /// What becomes of the role, unless the `roles` attribute names one.
    package let role: RoleEffect
    /// The groups that are mapped to something.
    package let mapped: [GroupName]
    /// The groups that are mapped to nothing.
    package let unmapped: [GroupName]
    /// Everything that the person has afterwards.
    package let assignments: MemberAssignments

    /// Looks what would come of a sign-in.
    ///
    /// - Parameters:
    ///   - groups: The groups that the assertion names.
    ///   - mappings: Every mapping of the workspace, as it is or as somebody would have it.
    ///   - assignments: What the person has now.
    ///   - workspace: The workspace.
    ///   - catalogue: The roles of the installation.
    ///   - management: Who manages what, where the workspace does not say.
    package init(
        groups: Set<GroupName>,
        mappings: GroupMappings,
        assignments: MemberAssignments = MemberAssignments(),
        workspace: Workspace,
        catalogue: RoleCatalogue,
        management: MembershipManagement
    ) {
        let facts = GroupFacts(
            mappings: mappings,
            mapsRoles: !mappings.roles.isEmpty,
            assignments: assignments,
            management: management
        )
        switch GroupRoleRule.entitlement(groups, facts: facts, workspace: workspace, catalogue: catalogue) {
        case .role(let role, _): self.role = .given(role)
        case .notProcessed: self.role = .unchanged
        case .withdrawn: self.role = .lockedOut
        }
        let known = mappings.groups
        let sorted = groups.sorted { $0.value.utf8.lexicographicallyPrecedes($1.value.utf8) }
        self.mapped = sorted.filter { known.contains($0) }
        self.unmapped = sorted.filter { !known.contains($0) }
        self.assignments = GroupSynchronization.assignments(groups, facts: facts)
    }
}
