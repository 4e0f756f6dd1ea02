import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The list of people")
struct MemberListTests {
    @Test("Each person comes with the newest sign-in, page by page, and nobody of another workspace")
    func pages() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            for name in ["ann", "bob", "cleo"] { _ = try await sample.session(of: name) }
            _ = try await other.session(of: "zoe")
            let members = MembershipStore(pool: storage.service)
            let first = try await members.page(sample.scope, limit: 2)
            #expect(first.entries.map(\.membership.email.localPart) == ["ann", "bob"])
            #expect(first.entries.allSatisfy { $0.lastSignInAt == SampleWorkspace.now })
            #expect(first.entries.first?.identity?.issuer == SampleWorkspace.issuer)
            #expect(first.entries.first?.identity?.nameID == "name-id")
            let second = try await members.page(sample.scope, after: first.next, limit: 2)
            #expect(second.entries.map(\.membership.email.localPart) == ["cleo"])
            #expect(second.next == nil)
            let zoe = try #require(try await members.page(other.scope, limit: 2).entries.first?.membership.userID)
            #expect(try await members.detail(sample.scope, of: zoe) == nil)
            #expect(try await members.detail(other.scope, of: zoe)?.entry.membership.email.localPart == "zoe")
        }
    }
}
