import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Pages of attempts to sign in", .serialized)
struct SignInAttemptPageTests {
    private static func attempts(_ sample: SampleWorkspace) -> SignInAttemptStore {
        SignInAttemptStore(pool: sample.storage.service)
    }

    /// Adds attempts with the ids `<code>-1` and on; without a code they succeeded.
    private static func add(_ sample: SampleWorkspace, _ code: String?, count: Int) async throws {
        try await sample.storage.owner.query(
            """
            INSERT INTO sign_in_attempts (workspace_id, request_id, occurred_at, code)
            SELECT \(sample.id.uuid), coalesce(\(code), 'done') || '-' || n, now(), \(code)
            FROM generate_series(1, \(count)) n ORDER BY n
            """
        )
    }

    private static func ids(_ page: SignInAttemptPage) -> [String] { page.attempts.map(\.requestID.value) }

    @Test func goToTheOldestAndBack() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            try await Self.add(sample, "xml_invalid", count: 5)
            try await Self.add(other, "too_large", count: 3)
            let store = Self.attempts(sample)
            let newest = try await store.page(sample.scope, limit: 2)
            #expect(Self.ids(newest) == ["xml_invalid-5", "xml_invalid-4"])
            #expect(newest.newer == nil)
            let middle = try await store.page(sample.scope, from: try #require(newest.older), limit: 2)
            #expect(Self.ids(middle) == ["xml_invalid-3", "xml_invalid-2"])
            let oldest = try await store.page(sample.scope, from: try #require(middle.older), limit: 2)
            #expect(Self.ids(oldest) == ["xml_invalid-1"])
            #expect(oldest.older == nil)
            #expect(try await store.page(sample.scope, from: try #require(oldest.newer), limit: 2) == middle)
            // What is newer than the last full page is the newest page.
            #expect(try await store.page(sample.scope, from: try #require(middle.newer), limit: 2) == newest)
            // A place whose attempts were dropped leads back.
            let gone = try await store.page(sample.scope, from: .before(1), limit: 2)
            #expect(gone.attempts.isEmpty)
            #expect(try await store.page(sample.scope, from: try #require(gone.newer), limit: 5).attempts.count == 5)
        }
    }

    @Test func goInWholeStepsTowardsTheNewest() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await Self.add(sample, "xml_invalid", count: 6)
            let store = Self.attempts(sample)
            let oldest = try await store.page(sample.scope, from: .before(3), limit: 2)
            #expect(Self.ids(oldest) == ["xml_invalid-2", "xml_invalid-1"])
            let middle = try await store.page(sample.scope, from: try #require(oldest.newer), limit: 2)
            #expect(Self.ids(middle) == ["xml_invalid-4", "xml_invalid-3"])
            #expect(try await store.page(sample.scope, from: try #require(middle.older), limit: 2) == oldest)
        }
    }

    @Test func areOfOneKind() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await Self.add(sample, "xml_invalid", count: 2)
            try await Self.add(sample, nil, count: 3)
            try await Self.add(sample, "too_large", count: 1)
            let store = Self.attempts(sample)
            let refused = try await store.page(sample.scope, filter: .refused, limit: 10)
            #expect(Self.ids(refused) == ["too_large-1", "xml_invalid-2", "xml_invalid-1"])
            let invalid = try await store.page(sample.scope, filter: .refusedBy(.xmlInvalid), limit: 1)
            #expect(Self.ids(invalid) == ["xml_invalid-2"])
            let rest = try await store.page(
                sample.scope,
                filter: .refusedBy(.xmlInvalid),
                from: try #require(invalid.older),
                limit: 1
            )
            #expect(Self.ids(rest) == ["xml_invalid-1"])
            #expect(try await store.page(sample.scope, filter: .accepted, limit: 10).attempts.count == 3)
            let counts = try await store.counts(sample.scope)
            #expect(counts.map(\.code) == [nil, .xmlInvalid, .tooLarge])
            #expect(counts.map(\.count) == [3, 2, 1])
        }
    }

    @Test func sayWhatCameOfASignInAndWhatGaveNothing() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.mapGroups()
            #expect(try await sample.signIn("ann", groups: ["Staff", "Nobody's"]).session != nil)
            let refused = try await sample.signIn("eve", roles: ["Company Admins"], groups: ["Other"])
            #expect(refused.refusal == .rolesNoMatch)
            let found = try await Self.attempts(sample).page(sample.scope, limit: 2).attempts.map(\.findings)
            #expect(
                found == [
                    SignInFindings(
                        unmatchedRoles: .init(listed: ["Company Admins"]),
                        unmappedGroups: .init(listed: ["Other"])
                    ),
                    SignInFindings(
                        role: "REVIEWER",
                        roleSource: .samlGroups,
                        unmappedGroups: .init(listed: ["Nobody's"])
                    ),
                ]
            )
        }
    }

    @Test func sayNothingOfAnAttemptOfAnEarlierVersion() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await Self.add(sample, nil, count: 1)
            let found = try await Self.attempts(sample).page(sample.scope, limit: 1)
            #expect(found.attempts.first?.findings == SignInFindings())
        }
    }
}
