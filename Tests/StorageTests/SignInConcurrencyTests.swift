import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("Sign-ins at the same time", .serialized)
struct SignInConcurrencyTests {
    /// Runs sign-ins at once and returns how they ended.
    private func atOnce(
        _ count: Int,
        _ signIn: @escaping @Sendable (Int) async throws -> SignInResult
    ) async throws -> [SignInResult] {
        try await withThrowingTaskGroup(of: SignInResult.self) { group in
            for number in 0..<count {
                group.addTask { try await signIn(number) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func aResponsePostedTwiceAtOnceMakesOneSession() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let request = try await sample.begin()
            let identity = try sample.identity("ann", roles: ["company-a_ADMIN"])
            let results = try await self.atOnce(8) { _ in
                try await sample.signIns.complete(.request(request), identity: identity, terms: SampleWorkspace.terms())
            }
            #expect(results.compactMap(\.session).count == 1)
            #expect(results.compactMap(\.refusal).allSatisfy { $0 == .requestUnknownOrUsed })
            #expect(try await storage.count("sessions") == 1)
            // The losers did not make the installation forget the assertion.
            #expect(try await storage.count("replay_keys") == 1)
        }
    }

    @Test func anAssertionForManyRequestsAtOnceIsAcceptedOnce() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let identity = try sample.identity("ann", roles: ["company-a_ADMIN"])
            let results = try await self.atOnce(8) { _ in
                let request = try await sample.begin()
                return try await sample.signIns.complete(
                    .request(request),
                    identity: identity,
                    terms: SampleWorkspace.terms()
                )
            }
            #expect(results.compactMap(\.session).count == 1)
            #expect(results.compactMap(\.refusal).allSatisfy { $0 == .replayed })
        }
    }

    @Test("I4 first sign-ins of one person at once make one person")
    func firstSignInsOfOnePersonAtOnceMakeOnePerson() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let results = try await self.atOnce(8) { _ in
                try await sample.signIn("ann", roles: ["company-a_LABELER"])
            }
            #expect(results.compactMap(\.session).count == 8)
            #expect(Set(results.compactMap(\.session?.userID)).count == 1)
            #expect(try await storage.count("users") == 1)
            #expect(try await storage.count("memberships") == 1)
        }
    }

    @Test func firstSignInsOfOnePersonInManyWorkspacesShareTheIdentifier() async throws {
        try await TestStorage.with { storage in
            var samples: [SampleWorkspace] = []
            for number in 0..<4 {
                let settings = WorkspaceChange(allowGuests: true)
                samples.append(try await SampleWorkspace.make(in: storage, "company-\(number)", settings: settings))
            }
            let workspaces = samples
            let email = try #require(Email("ann@elsewhere.example"))
            _ = try await self.atOnce(4) { number in
                let sample = workspaces[number]
                let request = sample.request(.invitation(role: "LABELER"), of: email)
                _ = try await sample.members.administer(request) {
                    try $0.invite(email, roleName: "LABELER", user: $1)
                }
                return .refused(.unavailable)
            }
            #expect(try await storage.count("users") == 1)
            #expect(try await storage.count("memberships") == 4)
            let known = try await storage.owner.query("SELECT DISTINCT user_id FROM memberships")
            #expect(known.rows.count == 1)
        }
    }

    @Test("C2 the last seat goes to one person")
    func theLastSeatGoesToOnePerson() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, settings: WorkspaceChange(seats: .seats(2)))
            _ = try await sample.session(of: "ann", role: "ADMIN")
            let results = try await self.atOnce(6) { number in
                try await sample.signIn("person-\(number)", roles: ["company-a_LABELER"])
            }
            #expect(results.compactMap(\.session).count == 1)
            #expect(results.compactMap(\.refusal).allSatisfy { $0 == .seatLimit })
            #expect(try await storage.count("memberships", where: "state = 'ACTIVE'") == 2)
        }
    }

    @Test func twoAdministratorsCannotRemoveEachOther() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            _ = try await sample.session(of: "ann", role: "ADMIN")
            _ = try await sample.session(of: "bob", role: "ADMIN")
            let removed = await withTaskGroup(of: Bool.self) { group in
                for name in ["ann", "bob"] {
                    group.addTask {
                        do {
                            try await sample.administer(name) { administration, _ in try administration.remove() }
                            return true
                        } catch {
                            #expect(error as? AdministrationRefusal == .lastAdmin)
                            return false
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(removed.filter { $0 }.count == 1)
            #expect(try await sample.members.memberships(sample.scope).count == 1)
        }
    }

    @Test func signingInWhileBeingDeactivatedLeavesNoSession() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            _ = try await sample.session(of: "ann", role: "ADMIN")
            for round in 0..<10 {
                let name = "person-\(round)"
                _ = try await sample.session(of: name)
                async let signedIn = sample.signIn(name, roles: ["company-a_LABELER"])
                async let deactivated = sample.administer(name) { administration, _ in try administration.deactivate() }
                _ = try await (signedIn, deactivated)
                let email = try sample.email(name)
                let condition: SQL = """
                    user_id = (SELECT m.user_id FROM memberships m WHERE m.email = \(email.value))
                    """
                #expect(try await storage.count("sessions", where: condition) == 0)
            }
        }
    }

    /// What somebody changes while a sign-in is under way, and how that ends.
    static let changes: [(statement: SQL, refusal: RefusalCode?, expiry: TimeInterval?)] = [
        ("UPDATE identity_provider_certificates SET sha256_fingerprint = 'FF'", .signatureInvalid, nil),
        ("UPDATE identity_providers SET enabled = false", .samlNotEnabled, nil),
        ("UPDATE identity_providers SET issuer = 'https://other.example'", .issuerMismatch, nil),
        ("UPDATE workspaces SET session_max_age_seconds = 60", nil, 60),
    ]

    @Test("B10 a sign-in under way does not outlive what it rested on", arguments: changes)
    func aSignInUnderWay(change: (statement: SQL, refusal: RefusalCode?, expiry: TimeInterval?)) async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            // A routine sign-in decides without the lock of the workspace.
            let first = try await sample.session(of: "ann")
            let result = try await withThrowingTaskGroup(of: SignInResult.self) { group in
                try await storage.owner.withTransaction { transaction in
                    _ = try await transaction.query(
                        "SELECT FROM workspaces WHERE workspace_id = \(sample.id.uuid) FOR NO KEY UPDATE"
                    )
                    group.addTask { try await sample.signIn("ann", roles: ["company-a_LABELER"]) }
                    try await storage.waitForAWaitingStatement()
                    _ = try await transaction.query(change.statement)
                }
                return try #require(try await group.next())
            }
            #expect(result.refusal == change.refusal)
            #expect(
                result.session.map { $0.expiresAt.timeIntervalSince(SampleWorkspace.now) } == change.expiry
            )
            #expect(
                try await storage.count("sessions", where: "session_id <> \(first.id.uuid)")
                    == (change.expiry == nil ? 0 : 1)
            )
        }
    }
}
