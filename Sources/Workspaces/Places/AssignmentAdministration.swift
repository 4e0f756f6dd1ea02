package import FoundationEssentials

/// Decides what somebody with the right to do so does to a member's place in a space or a project (behavior A1, G4, G5).
///
/// What is assigned by hand stays at every sign-in, as long as administrators manage it; what a group gave and is taken
/// away by hand comes back at the next sign-in that names the group. It counts at once in open sessions.
package struct AssignmentAdministration: Hashable, Sendable {
    /// The workspace.
    package let workspaceID: WorkspaceID
    /// The space or the project.
    package let place: Place
    /// Whether it is there.
    package let isThere: Bool
    /// The person's membership, if there is one.
    package let membership: Membership?
    /// What the person has so far.
    package let assignments: MemberAssignments
    /// Who manages spaces and members of projects.
    package let management: MembershipManagement
    /// On whose word.
    package let actor: AuditActor
    /// The present.
    package let now: Date

    /// Puts the facts together.
    package init(
        workspaceID: WorkspaceID,
        place: Place,
        isThere: Bool,
        membership: Membership?,
        assignments: MemberAssignments,
        management: MembershipManagement,
        actor: AuditActor,
        now: Date
    ) {
        self.workspaceID = workspaceID
        self.place = place
        self.isThere = isThere
        self.membership = membership
        self.assignments = assignments
        self.management = management
        self.actor = actor
        self.now = now
    }

    /// Puts the member in.
    ///
    /// - Parameter roleName: What the member is in a project; a space has no roles.
    /// - Returns: What is written; nothing for who is in already by hand, as the same.
    /// - Throws: Why the member is not put in.
    package func assign(as roleName: String) throws(AdministrationRefusal) -> AssignmentOutcome {
        let member = try self.manageable()
        guard self.isThere else { throw .unknownPlace(self.place) }
        guard let role = ProjectRole(rawValue: roleName) else { throw .unknownProjectRole(roleName) }
        guard self.source != .scim else { throw .placesManagedElsewhere(self.place.kind) }
        var new = self.assignments
        var detail: [String: String] = [:]
        switch self.place {
        case .space(let id):
            new.spaces[id] = .manual
        case .project(let id):
            new.projects[id] = MemberAssignments.Project(role: role, source: .manual)
            detail["role"] = role.rawValue
            detail["old_role"] = self.assignments.projects[id]?.role.rawValue
        }
        guard new != self.assignments else { return AssignmentOutcome(member: member, write: .nothing) }
        guard new.length <= MemberAssignments.maximumLength else { throw .tooManyAssignments }
        return self.outcome(member, .assign(role), .memberAssigned, detail)
    }

    /// Takes the member out.
    ///
    /// - Returns: What is written; nothing for who is not in.
    package func withdraw() throws(AdministrationRefusal) -> AssignmentOutcome {
        let member = try self.manageable()
        guard let source else { return AssignmentOutcome(member: member, write: .nothing) }
        guard source != .scim else { throw .placesManagedElsewhere(self.place.kind) }
        return self.outcome(member, .withdraw, .memberUnassigned, ["old_source": source.rawValue])
    }

    // MARK: - Parts

    /// What put the member in; `nil` for who is not in.
    private var source: AssignmentSource? {
        switch self.place {
        case .space(let id): self.assignments.spaces[id]
        case .project(let id): self.assignments.projects[id]?.source
        }
    }

    /// The member, whose places are managed here (behavior A1).
    private func manageable() throws(AdministrationRefusal) -> Membership {
        guard let member = self.membership else { throw .notAMember }
        switch self.management.manager(of: self.place.kind) {
        case .administrators: return member
        case .identityProvider: throw .placesManagedElsewhere(self.place.kind)
        }
    }

    private func outcome(
        _ member: Membership,
        _ write: AssignmentOutcome.Write,
        _ action: AuditAction,
        _ detail: [String: String]
    ) -> AssignmentOutcome {
        let event = AuditEvent(
            time: self.now,
            workspaceID: self.workspaceID,
            actor: self.actor,
            action: action,
            email: member.email.value,
            detail: detail.merging([self.place.kind.rawValue: self.place.id]) { $1 }
        )
        return AssignmentOutcome(
            member: member,
            write: write,
            sessionEffects: [.refresh(.member(self.workspaceID, member.userID))],
            events: [event]
        )
    }
}

extension MembershipManagement {
    /// Who says which members are in places of a kind.
    package func manager(of kind: Place.Kind) -> Manager {
        switch kind {
        case .space: self.spaces
        case .project: self.projectMembers
        }
    }
}
