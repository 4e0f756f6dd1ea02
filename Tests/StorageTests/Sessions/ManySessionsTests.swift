import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Sessions that are read together", .serialized)
struct ManySessionsTests {
    @Test("are those that each would be alone, whichever workspaces they open")
    func areTheSame() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage)
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let disabled = try await SampleWorkspace.make(in: storage, "company-c")
            let living = [
                try await first.session(of: "ann", role: "ADMIN"), try await first.session(of: "bob"),
                try await second.session(of: "ann"),
            ]
            let deactivated = try await first.session(of: "eve")
            let ended = try await second.session(of: "bob")
            let closed = try await disabled.session(of: "ann")
            let deleted = try await SampleWorkspace.make(in: storage, "company-d").session(of: "ann")
            // What revokes sessions is left out on purpose: the states alone must keep them from opening anything.
            try await storage.owner.query(
                """
                UPDATE memberships SET state = 'DEACTIVATED', deactivation_origin = 'admin'
                WHERE user_id = \(deactivated.userID.uuid)
                """
            )
            try await storage.owner.query(
                "UPDATE workspaces SET status = 'disabled' WHERE company_id = 'company-c'"
            )
            try await storage.owner.query(
                "UPDATE workspaces SET deleted_at = now() WHERE company_id = 'company-d'"
            )
            try await storage.owner.query("DELETE FROM sessions WHERE session_id = \(ended.id.uuid)")
            let others = [deactivated, ended, closed, deleted].map(\.tokenHash) + [SessionToken.random().hash]
            let sessions = try await first.sessions.sessions(living.map(\.tokenHash) + others)
            #expect(Set(sessions.keys) == Set(living.map(\.tokenHash)))
            for session in living {
                let alone = try await first.sessions.session(session.tokenHash)
                #expect(try sessions[session.tokenHash]?.get() == alone && alone != nil)
            }
            #expect(try await first.sessions.sessions(others).isEmpty)
            for hash in others { #expect(try await first.sessions.session(hash) == nil) }
            #expect(try await first.sessions.sessions([]).isEmpty)
            let one = try await first.sessions.sessions([living[0].tokenHash])
            #expect(try one[living[0].tokenHash]?.get().id == living[0].id && one.count == 1)
        }
    }

    @Test("one that cannot be understood keeps none of the others back")
    func unreadable() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let (ann, bob) = (try await sample.session(of: "ann"), try await sample.session(of: "bob"))
            try await storage.owner.query("UPDATE memberships SET email = 'none' WHERE user_id = \(bob.userID.uuid)")
            let sessions = try await sample.sessions.sessions([ann.tokenHash, bob.tokenHash])
            #expect(try sessions[ann.tokenHash]?.get().id == ann.id)
            #expect(throws: StoredValueError.self) { try sessions[bob.tokenHash]?.get() }
        }
    }

    @Test("are read by one statement, however many")
    func readings() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            var hashes: [SessionTokenHash] = []
            for _ in 0..<5 { hashes.append(try await sample.session(of: "ann").tokenHash) }
            let configuration = try PostgreSQLConfiguration(
                uri: storage.uri,
                sessionRole: StorageRole.service,
                poolSize: 1,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60),
                statementTimeout: .seconds(60)
            )
            let pool = ConnectionPool(configuration: configuration, logger: TestStorage.logger)
            #expect(try await SessionStore(pool: pool).sessions(hashes).count == hashes.count)
            let executed =
                try await pool.query(
                    """
                    SELECT generic_plans + custom_plans AS times FROM pg_prepared_statements
                    WHERE statement LIKE '%portico_session(t.token_hash)%' AND statement NOT LIKE '%pg_prepared_statements%'
                    """
                )
                .singleRow()
            #expect(try executed.value("times", as: Int.self) == 1)
            await pool.shutDown()
        }
    }
}
