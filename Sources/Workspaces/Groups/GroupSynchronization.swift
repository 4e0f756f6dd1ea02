/// Works out the groups, spaces and projects of a member after a sign-in (behavior G4, G5).
enum GroupSynchronization {
    /// What the member has afterwards.
    ///
    /// - Parameters:
    ///   - groups: The groups that the assertion names.
    ///   - facts: What the workspace makes of them, and what the member has so far.
    /// - Returns: Everything that the member has then.
    static func assignments(_ groups: Set<GroupName>, facts: GroupFacts) -> MemberAssignments {
        MemberAssignments(
            groups: groups.intersection(facts.mappings.groups),
            spaces: Self.spaces(facts.mappings.spaces(of: groups), facts: facts),
            projects: Self.projects(facts.mappings.projects(of: groups), facts: facts)
        )
    }

    private static func spaces(_ mapped: Set<SpaceID>, facts: GroupFacts) -> [SpaceID: AssignmentSource] {
        let current = facts.assignments.spaces
        var spaces: [SpaceID: AssignmentSource] =
            switch facts.management.spaces {
            case .administrators: current
            case .identityProvider: current.filter { mapped.contains($0.key) }
            }
        for space in mapped where spaces[space] == nil { spaces[space] = .samlGroups }
        return spaces
    }

    private static func projects(
        _ mapped: [ProjectID: ProjectRole],
        facts: GroupFacts
    ) -> [ProjectID: MemberAssignments.Project] {
        let current = facts.assignments.projects
        // G5: a person whose projects the SCIM client assigns has them from there alone.
        guard !current.values.contains(where: { $0.source == .scim }) else { return current }
        var projects: [ProjectID: MemberAssignments.Project] = [:]
        switch facts.management.projectMembers {
        case .identityProvider: break
        case .administrators: projects = current
        }
        for (project, role) in mapped {
            // What an administrator assigned stays where administrators have a say.
            guard projects[project]?.source != .manual else { continue }
            projects[project] = MemberAssignments.Project(role: role, source: .samlGroups)
        }
        return projects
    }
}
