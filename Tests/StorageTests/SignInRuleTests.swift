import Foundation
import Storage
import Testing
import Workspaces

/// Rules of the behavior that hold only together with a database.
@Suite("Rules of sign-ins in the database", .serialized)
struct SignInRuleTests {
    @Test("R8 of two assertions at once the newer one sets the role, whichever comes first")
    func newerAssertionWins() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            _ = try await sample.session(of: "eve", role: "ADMIN")
            for round in 0..<6 {
                let name = "person-\(round)"
                let before = SampleWorkspace.now.addingTimeInterval(-120)
                let request = try await sample.begin()
                let first = try sample.identity(name, roles: ["company-a_REVIEWER"], issuedAt: before)
                _ = try await sample.signIns.complete(
                    .request(request),
                    identity: first,
                    terms: SampleWorkspace.terms()
                )
                let older = try sample.identity(
                    name,
                    roles: ["company-a_ADMIN"],
                    issuedAt: before.addingTimeInterval(60)
                )
                let newer = try sample.identity(name, roles: ["company-a_LABELER"])
                let results = try await withThrowingTaskGroup(of: SignInResult.self) { group in
                    for identity in round.isMultiple(of: 2) ? [older, newer] : [newer, older] {
                        group.addTask {
                            try await sample.signIns.complete(
                                .request(try await sample.begin()),
                                identity: identity,
                                terms: SampleWorkspace.terms()
                            )
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(results.compactMap(\.session).count == 2)
                let member = try await sample.members.membership(sample.scope, of: try sample.email(name))
                #expect(member?.role?.name == "LABELER")
            }
        }
    }

    @Test("A4 whoever runs Portico is told of a workspace that the identity provider leaves without an administrator")
    func withoutAdministrator() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "olga@company-a.example")
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            let directory = OperatorDirectory(pool: storage.operators)
            let told = {
                try await AuditStore(pool: storage.operators).operatorEvents(limit: 100).events
                    .filter { $0.action == .workspaceWithoutAdmin }
            }
            // Nobody has come in yet, so that nobody is missing.
            #expect(try await directory.withoutAdministrator(catalogue: .standard).isEmpty)
            for (name, role) in [("ann", "ADMIN"), ("bob", "ADMIN"), ("bob", "LABELER")] {
                _ = try await sample.session(of: name, role: role)
            }
            _ = try await other.session(of: "ann", role: "ADMIN")
            #expect(try await told().isEmpty)
            _ = try await sample.session(of: "ann", role: "REVIEWER")
            let event = try #require(try await told().first)
            #expect(event.detail["company_id"] == "company-a" && event.email == "ann@company-a.example")
            #expect(event.workspaceID == nil && event.actor == .identityProvider)
            #expect(try await told().count == 1)
            #expect(try await directory.withoutAdministrator(catalogue: .standard) == [sample.companyID])
        }
    }

    @Test("A4 the protected last administrator keeps the role, and nobody is told")
    func protectedAdministrator() async throws {
        try await TestStorage.with { storage in
            let settings = WorkspaceChange(lastAdminPolicy: .keep)
            let sample = try await SampleWorkspace.make(in: storage, settings: settings)
            _ = try await sample.session(of: "ann", role: "ADMIN")
            #expect(try await sample.session(of: "ann", role: "LABELER").role.name == "ADMIN")
            #expect(try await AuditStore(pool: storage.operators).operatorEvents(limit: 100).events.isEmpty)
            let skipped = try await sample.audit.events(sample.scope).events.filter { $0.action == .roleSyncSkipped }
            #expect(skipped.map { $0.detail["reason"] } == ["last_admin"])
        }
    }

    @Test("I3 the first success makes a link; another address of the same NameID is another person")
    func identityLinks() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let ann = try await sample.session(of: "ann")
            #expect(try await sample.session(of: "ann").userID == ann.userID)
            #expect(try await storage.count("identity_links") == 1)
            let bob = try await sample.session(of: "bob")
            #expect(bob.userID != ann.userID)
            #expect(try await storage.count("identity_links") == 2)
        }
    }

    @Test("T3, X2 two workspaces of one issuer have sessions of their own, and neither opens the other")
    func oneIssuer() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let atFirst = try await first.session(of: "ann", role: "ADMIN")
            let atSecond = try await second.session(of: "ann", role: "LABELER")
            #expect(atFirst.workspaceID == first.id && atSecond.workspaceID == second.id)
            #expect(try await first.sessions.session(atFirst.tokenHash)?.role.name == "ADMIN")
            #expect(try await second.sessions.session(atSecond.tokenHash)?.role.name == "LABELER")
            let open = try await first.sessions.sessions(first.scope, now: SampleWorkspace.now)
            #expect(open.map(\.id) == [atFirst.id])
        }
    }

    @Test("C1 seats are counted where they are limited, and one other administrator is as good as many")
    func countedFacts() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            for (name, role) in [("ann", "ADMIN"), ("bob", "ADMIN"), ("eve", "ADMIN"), ("dan", "LABELER")] {
                _ = try await sample.session(of: name, role: role)
            }
            #expect(try await Self.facts("dan", in: sample).activeMembers == 0)
            #expect(try await Self.facts("ann", in: sample).otherActiveAdmins == 1)
            try await WorkspaceStore(pool: storage.operators)
                .administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
                    try $0.change(WorkspaceChange(seats: .seats(9)), catalogue: .standard)
                }
            #expect(try await Self.facts("dan", in: sample).activeMembers == 4)
            for name in ["bob", "eve"] {
                _ = try await sample.administer(name) { administration, _ in try administration.deactivate() }
            }
            #expect(try await Self.facts("dan", in: sample).activeMembers == 2)
            #expect(try await Self.facts("dan", in: sample).otherActiveAdmins == 1)
            #expect(try await Self.facts("ann", in: sample).otherActiveAdmins == 0)
        }
    }

    private static func facts(_ name: String, in sample: SampleWorkspace) async throws -> SignInFacts {
        let found = try await sample.signIns.facts(
            sample.scope,
            about: try sample.identity(name),
            catalogue: .standard,
            signUpPolicy: .open,
            management: MembershipManagement()
        )
        return try #require(found)
    }
}
