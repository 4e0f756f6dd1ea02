import FoundationEssentials
import Testing
import Workspaces

@Suite("Putting members into spaces and projects by hand")
struct AssignmentAdministrationTests {
    private func administration(
        _ place: Place,
        assignments: MemberAssignments = MemberAssignments(),
        state: MembershipState? = .active,
        isThere: Bool = true,
        management: MembershipManagement = MembershipManagement()
    ) throws -> AssignmentAdministration {
        var sample = try SampleSignIn()
        if let state { try sample.join(state, role: "LABELER") }
        return AssignmentAdministration(
            workspaceID: sample.workspace.id,
            place: place,
            isThere: isThere,
            membership: sample.membership,
            assignments: assignments,
            management: management,
            actor: .operator,
            now: SampleSignIn.now
        )
    }

    private let north: Place
    private let project: Place
    private let projectID: ProjectID

    init() throws {
        self.north = try #require(Place(.space, "north"))
        self.project = try #require(Place(.project, "42"))
        self.projectID = try #require(ProjectID("42"))
    }

    @Test("G5 a member who waits or is locked out is put in, too: it counts once the person comes in")
    func states() throws {
        for state in [MembershipState.active, .invited, .notActivated, .deactivated(.admin)] {
            let outcome = try self.administration(self.project, state: state).assign(as: "LABELER")
            #expect(outcome.write == .assign(.labeler))
            #expect(outcome.events.map(\.action) == [.memberAssigned])
            #expect(outcome.sessionEffects.count == 1)
        }
        #expect(throws: AdministrationRefusal.notAMember) {
            try self.administration(self.project, state: nil).assign(as: "LABELER")
        }
    }

    @Test("G5 what a group gave becomes what an administrator says, and the same again is nothing")
    func overGroups() throws {
        var assignments = MemberAssignments(projects: [self.projectID: .init(role: .labeler, source: .samlGroups)])
        let outcome = try self.administration(self.project, assignments: assignments).assign(as: "REVIEWER")
        #expect(outcome.events.first?.detail == ["project": "42", "role": "REVIEWER", "old_role": "LABELER"])
        assignments.projects[self.projectID] = .init(role: .reviewer, source: .manual)
        let again = try self.administration(self.project, assignments: assignments).assign(as: "REVIEWER")
        #expect(again.write == .nothing && again.events.isEmpty && again.sessionEffects.isEmpty)
        let withdrawn = try self.administration(self.project, assignments: assignments).withdraw()
        #expect(withdrawn.write == .withdraw && withdrawn.events.map(\.action) == [.memberUnassigned])
        #expect(try self.administration(self.project).withdraw().events.isEmpty)
    }

    @Test("A1 where the identity provider manages them, nobody puts in or takes out by hand; SCIM's stay SCIM's")
    func managed() throws {
        let spaces = MembershipManagement(spaces: .identityProvider)
        let projects = MembershipManagement(projectMembers: .identityProvider)
        for (place, management) in [(self.north, spaces), (self.project, projects)] {
            let administration = try self.administration(place, management: management)
            let refusal = AdministrationRefusal.placesManagedElsewhere(place.kind)
            #expect(throws: refusal) { try administration.assign(as: "Inherit") }
            #expect(throws: refusal) { try administration.withdraw() }
        }
        #expect(throws: Never.self) { try self.administration(self.north, management: projects).assign(as: "Inherit") }
        let scim = MemberAssignments(projects: [self.projectID: .init(role: .labeler, source: .scim)])
        let administration = try self.administration(self.project, assignments: scim)
        #expect(throws: AdministrationRefusal.placesManagedElsewhere(.project)) {
            try administration.assign(as: "Inherit")
        }
        #expect(throws: AdministrationRefusal.placesManagedElsewhere(.project)) { try administration.withdraw() }
    }

    @Test("what does not fit into headers, a role that there is not, and a place that there is not are refused")
    func refused() throws {
        let projects = (0..<64).compactMap { ProjectID("\($0)" + String(repeating: "x", count: 120)) }
        let much = MemberAssignments(
            projects: Dictionary(projects.map { ($0, .init(role: .labeler, source: .manual)) }) { $1 }
        )
        #expect(throws: AdministrationRefusal.tooManyAssignments) {
            try self.administration(self.north, assignments: much).assign(as: "Inherit")
        }
        #expect(throws: AdministrationRefusal.unknownProjectRole("ADMIN")) {
            try self.administration(self.project).assign(as: "ADMIN")
        }
        #expect(throws: AdministrationRefusal.unknownPlace(self.north)) {
            try self.administration(self.north, isThere: false).assign(as: "Inherit")
        }
    }
}
