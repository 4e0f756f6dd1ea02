/// What the database says of groups that a decision about a sign-in rests on.
package struct GroupFacts: Hashable, Sendable {
    /// The mappings of the groups that the assertion names; those of other groups may be missing.
    package var mappings: GroupMappings
    /// Whether the workspace maps any group to a role (rulings 25).
    package var mapsRoles: Bool
    /// What the person has been assigned so far.
    package var assignments: MemberAssignments
    /// Who manages what.
    package var management: MembershipManagement

    /// Puts the facts together; what is not given is as in a workspace without mappings.
    package init(
        mappings: GroupMappings = GroupMappings(),
        mapsRoles: Bool = false,
        assignments: MemberAssignments = MemberAssignments(),
        management: MembershipManagement = MembershipManagement()
    ) {
        self.mappings = mappings
        self.mapsRoles = mapsRoles
        self.assignments = assignments
        self.management = management
    }
}
