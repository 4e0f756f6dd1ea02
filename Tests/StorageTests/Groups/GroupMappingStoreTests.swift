import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Group mappings in the database", .serialized)
struct GroupMappingStoreTests {
    private let byIdentityProvider = MembershipManagement(
        roles: .identityProvider,
        spaces: .identityProvider,
        projectMembers: .identityProvider
    )

    @Test("G1 what is written is read again, titles and all, and the same again writes nothing")
    func roundTrip() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.mapGroups()
            let mappings = try await sample.mappings.mappings(sample.scope)
            #expect(mappings.roles.map(\.value.name) == ["REVIEWER"])
            #expect(mappings.spaceTitles.map(\.value) == ["Radiology"])
            #expect(mappings.projects.first?.value.first?.value == .labeler)
            let events = try await sample.audit.events(sample.scope).events.filter { $0.action == .mappingsChanged }
            try await sample.mapGroups()
            let again = try await sample.audit.events(sample.scope).events.filter { $0.action == .mappingsChanged }
            #expect(events.count == 1)
            #expect(again.count == 1)
            #expect(events.first?.detail["mappings.roles"] == "Staff=REVIEWER")
        }
    }

    @Test("G4 spaces can exchange their titles, and one that lost its mapping is still there")
    func exchangedTitles() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            for titles in [["One", "Two"], ["Two", "One"]] {
                try await sample.map(
                    GroupMappingsChange(spaces: [
                        .init(group: "A", space: "a", title: titles[0]),
                        .init(group: "B", space: "b", title: titles[1]),
                    ])
                )
                let found = try await sample.mappings.mappings(sample.scope).spaceTitles
                #expect(found.sorted { $0.key.value < $1.key.value }.map(\.value) == titles)
            }
            try await sample.map(GroupMappingsChange(spaces: []))
            #expect(try await storage.count("spaces") == 2)
            #expect(try await storage.count("space_mappings") == 0)
        }
    }

    @Test("G3 to G6 a sign-in gives role, spaces and projects in one transaction, and the session has them")
    func signIn() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.mapGroups()
            let result = try await sample.signIn("ann", groups: ["Staff", "Others"])
            guard case .signedIn(let session, let token) = result else {
                Issue.record("\(result)")
                return
            }
            let read = try #require(try await sample.sessions.session(token.hash))
            for session in [session, read] {
                #expect(session.role.name == "REVIEWER")
                #expect(session.groups == ["Staff"])
                #expect(session.spaces == ["radiology"])
                #expect(session.projects.map(\.id) == ["42"])
                #expect(session.projects.map(\.role?.name) == ["LABELER"])
            }
            let member = try #require(try await sample.members.membership(sample.scope, of: try sample.email("ann")))
            #expect(member.roleSource == .samlGroups)
        }
    }

    @Test("G3 a member whom no group entitles any more is locked out with every session, and comes back")
    func lockedOut() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.mapGroups()
            let email = try sample.email("ann")
            _ = try await sample.signIn("ann", groups: ["Staff"])
            let refused = try await sample.signIn("ann", groups: ["Others"], management: self.byIdentityProvider)
            #expect(refused.refusal == .noGroupMatch)
            #expect(try await storage.count("sessions") == 0)
            let member = try await sample.members.membership(sample.scope, of: email)
            #expect(member?.state == .deactivated(.idpSync))
            let attempt = try await SignInAttemptStore(pool: storage.service).attempts(sample.scope).first
            #expect(attempt?.code == .noGroupMatch)
            let back = try await sample.signIn("ann", groups: ["Staff"], management: self.byIdentityProvider)
            #expect(back.session?.role.name == "REVIEWER")
        }
    }

    @Test("G4, G5 what the identity provider no longer says is taken away where it manages, and open sessions see it")
    func takenAway() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.mapGroups()
            guard case .signedIn(_, let token) = try await sample.signIn("ann", groups: ["Staff"]) else {
                Issue.record("refused")
                return
            }
            let roles = ["company-a_LABELER"]
            _ = try await sample.signIn("ann", roles: roles, groups: [])
            #expect(try await sample.sessions.session(token.hash)?.spaces == ["radiology"])
            _ = try await sample.signIn("ann", roles: roles, groups: [], management: self.byIdentityProvider)
            let session = try #require(try await sample.sessions.session(token.hash))
            #expect(session.spaces.isEmpty && session.projects.isEmpty && session.groups.isEmpty)
            #expect(session.role.name == "LABELER")
        }
    }

    @Test("Q4, X1 groups give in the workspace that is signed in to and in no other")
    func otherWorkspace() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            for sample in [first, second] { try await sample.mapGroups() }
            _ = try await first.signIn("ann", groups: ["Staff"])
            let condition: SQL = "workspace_id = \(second.id.uuid)"
            for table in ["memberships", "member_groups", "member_spaces", "member_projects"] {
                #expect(try await storage.count(table, where: condition) == 0)
            }
            // G6: a project of another workspace cannot be given, whatever the statement says.
            let error = await #expect(throws: PostgreSQLError.self) {
                try await storage.owner.query(
                    """
                    INSERT INTO project_mappings (workspace_id, group_name, project_id, role)
                    VALUES (\(second.id.uuid), 'Staff', 'unknown', 'LABELER')
                    """
                )
            }
            #expect(error?.sqlState == .foreignKeyViolation)
        }
    }

    @Test("I4 two sign-ins at once with different groups leave what one of them said, whole")
    func atOnce() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.map(
                GroupMappingsChange(
                    roles: [.init(group: "A", role: "LABELER"), .init(group: "B", role: "REVIEWER")],
                    spaces: [.init(group: "A", space: "a"), .init(group: "B", space: "b")]
                )
            )
            _ = try await sample.signIn("ann", groups: ["A"])
            async let first = sample.signIn("ann", groups: ["A"], management: self.byIdentityProvider)
            async let second = sample.signIn("ann", groups: ["B"], management: self.byIdentityProvider)
            for result in [try await first, try await second] { #expect(result.session != nil) }
            let session = try #require(try await sample.sessions.sessions(sample.scope, now: SampleWorkspace.now).first)
            let said: [[String]] = [session.groups, session.spaces, [session.role.name]]
            #expect([[["A"], ["a"], ["LABELER"]], [["B"], ["b"], ["REVIEWER"]]].contains(said), "\(said)")
        }
    }

    @Test("rulings 23: a workspace that is deleted leaves no mapping and no assignment")
    func deletion() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.mapGroups()
            _ = try await sample.signIn("ann", groups: ["Staff"])
            try await sample.workspaces.delete(sample.scope, actor: .operator, now: SampleWorkspace.now)
            for table in ["spaces", "projects", "role_mappings", "member_spaces", "member_groups"] {
                #expect(try await storage.count(table) == 0, "\(table)")
            }
        }
    }
}
