import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The end of sessions in the database", .serialized)
struct SessionEndTests {
    @Test("is heard of by every node, whatever ends them", arguments: SessionEnd.allCases)
    func isHeardOf(_ end: SessionEnd) async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            try await sample.mapGroups()
            let session = try #require(try await sample.signIn("ann", groups: ["Staff"]).session)
            let elsewhere = try await other.session(of: "ann")
            let heard = try await SessionStoreTests.notifications(storage) {
                try await end.happen(to: session, in: sample)
            }
            #expect(heard == [end.invalidation(of: session)])
            #expect(try await sample.sessions.session(session.tokenHash) == nil)
            #expect(try await storage.count("session_tokens", where: "token_hash = \(session.tokenHash.bytes)") == 0)
            #expect(try await other.sessions.session(elsewhere.tokenHash) != nil)
        }
    }
}
