import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Spaces and projects in the database", .serialized)
struct PlaceStoreTests {
    private func place(_ kind: Place.Kind, _ id: String) throws -> Place { try #require(Place(kind, id)) }

    private func administer(
        _ sample: SampleWorkspace,
        _ place: Place,
        title: String = "",
        _ decide: @Sendable (PlaceAdministration) throws -> PlaceOutcome
    ) async throws {
        try await PlaceStore(pool: sample.storage.service)
            .administer(
                sample.scope,
                place,
                title: title,
                management: MembershipManagement(),
                actor: .operator,
                now: SampleWorkspace.now,
                decide: decide
            )
    }

    private func assign(
        _ sample: SampleWorkspace,
        _ localPart: String,
        _ place: Place,
        management: MembershipManagement = MembershipManagement(),
        _ decide: @Sendable (AssignmentAdministration) throws -> AssignmentOutcome
    ) async throws {
        try await MembershipStore(pool: sample.storage.service)
            .assign(
                sample.scope,
                try sample.email(localPart),
                to: place,
                as: .assignment,
                management: management,
                actor: .operator,
                now: SampleWorkspace.now,
                decide: decide
            )
    }

    @Test("G6 a space and a project are made, named, listed and removed, and each change is audited")
    func places() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            let store = PlaceStore(pool: storage.service)
            let north = try self.place(.space, "north")
            try await self.administer(sample, north) { try $0.create(title: " The north ") }
            for id in ["42", "a/b?c=d&e"] {
                try await self.administer(sample, try self.place(.project, id)) { try $0.create(title: "") }
            }
            #expect(try await store.page(sample.scope, .space, limit: 9).entries.map(\.current.title) == ["The north"])
            let first = try await store.page(sample.scope, .project, limit: 1)
            #expect(first.entries.map(\.place.id) == ["42"] && first.next == "42")
            let second = try await store.page(sample.scope, .project, after: "42", limit: 1)
            #expect(second.entries.map(\.place.id) == ["a/b?c=d&e"] && second.next == nil)
            #expect(try await store.page(other.scope, .space, limit: 9).entries.isEmpty)
            let meanwhile = await #expect(throws: PlaceTitledMeanwhile.self) {
                try await self.administer(sample, north) { try $0.retitle("South", shown: "") }
            }
            #expect(meanwhile?.title == "The north")
            try await self.administer(sample, north) { try $0.retitle("", shown: "The north") }
            try await self.administer(sample, north) { try $0.remove() }
            #expect(try await store.detail(sample.scope, of: north, limit: 9) == nil)
            let events = try await sample.audit.events(sample.scope).events.filter { $0.action == .spaceChanged }
            #expect(events.map { $0.detail["change"] } == ["created", "titled", "removed"])
            #expect(events.allSatisfy { $0.detail["space"] == "north" })
        }
    }

    @Test("G4 a title names one space, also where two give it at once")
    func oneTitle() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let spaces = try (0..<4).map { try self.place(.space, "space-\($0)") }
            let made = await withTaskGroup(of: Bool.self) { group in
                for space in spaces {
                    group.addTask {
                        do {
                            try await self.administer(sample, space, title: "One") { try $0.create(title: "One") }
                            return true
                        } catch { return !(error is ConfigurationMistakes) }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(made == 1)
            #expect(try await storage.count("spaces") == 1)
        }
    }

    @Test(
        "A1, G4, G5 who is put in by hand has it at once and keeps it at every sign-in where administrators manage it"
    )
    func assignments() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let store = PlaceStore(pool: storage.service)
            let (north, project) = (try self.place(.space, "north"), try self.place(.project, "42"))
            for place in [north, project] { try await self.administer(sample, place) { try $0.create(title: "") } }
            guard case .signedIn(_, let token) = try await sample.signIn("ann", roles: ["company-a_LABELER"]) else {
                Issue.record("refused")
                return
            }
            try await self.assign(sample, "ann", north) { try $0.assign(as: "Inherit") }
            try await self.assign(sample, "ann", project) { try $0.assign(as: "REVIEWER") }
            var session = try #require(try await sample.sessions.session(token.hash))
            #expect(session.spaces == ["north"])
            #expect(session.projects == [ProjectAssignment(id: "42", role: Role("REVIEWER"))])
            let detail = try #require(try await store.detail(sample.scope, of: project, limit: 9))
            #expect(detail.members.map(\.membership.email.value) == ["ann@company-a.example"])
            #expect(detail.members.map(\.role) == [.reviewer] && detail.members.map(\.source) == [.manual])
            #expect(detail.current.members == 1 && detail.current.groups == 0)

            _ = try await sample.signIn("ann", roles: ["company-a_LABELER"], groups: ["Nothing"])
            session = try #require(try await sample.sessions.session(token.hash))
            #expect(session.spaces == ["north"] && session.projects.count == 1)
            await #expect(throws: AdministrationRefusal.placeInUse(north, members: 1, groups: 0)) {
                try await self.administer(sample, north) { try $0.remove() }
            }
            try await self.assign(sample, "ann", north) { try $0.withdraw() }
            #expect(try await sample.sessions.session(token.hash)?.spaces == [])
            let current = try await store.all(sample.scope)
            #expect(current[north]?.members.isEmpty == true)
            #expect(current[project]?.members == [try sample.email("ann"): .reviewer])
            #expect(current.count == 2)

            let byIdentityProvider = MembershipManagement(spaces: .identityProvider, projectMembers: .identityProvider)
            _ = try await sample.signIn("ann", roles: ["company-a_LABELER"], groups: [], management: byIdentityProvider)
            #expect(try await sample.sessions.session(token.hash)?.projects.isEmpty == true)
            let events = try await sample.audit.events(sample.scope).events.filter { $0.actor == .operator }
            #expect(events.suffix(3).map(\.action) == [.memberAssigned, .memberAssigned, .memberUnassigned])
            #expect(events.suffix(3).allSatisfy { $0.email == "ann@company-a.example" })
        }
    }

    @Test("A1 what is refused to an administrator stands in the audit log, and a stranger is nobody's member")
    func refused() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            let north = try self.place(.space, "north")
            try await self.administer(sample, north) { try $0.create(title: "") }
            _ = try await sample.session(of: "ann")
            _ = try await other.session(of: "bob")
            let byIdentityProvider = MembershipManagement(spaces: .identityProvider)
            await #expect(throws: AdministrationRefusal.placesManagedElsewhere(.space)) {
                try await self.assign(sample, "ann", north, management: byIdentityProvider) {
                    try $0.assign(as: "Inherit")
                }
            }
            await #expect(throws: AdministrationRefusal.notAMember) {
                try await self.assign(sample, "bob", north) { try $0.assign(as: "Inherit") }
            }
            await #expect(throws: AdministrationRefusal.unknownPlace(north)) {
                try await self.assign(other, "bob", north) { try $0.assign(as: "Inherit") }
            }
            #expect(try await storage.count("member_spaces") == 0)
            let events = try await sample.audit.events(sample.scope).events.filter { $0.action == .memberAssigned }
            #expect(events.map(\.outcome) == [.refused(.managedByIdP)])
        }
    }
}
