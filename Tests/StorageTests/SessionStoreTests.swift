import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("Sessions", .serialized)
struct SessionStoreTests {
    @Test func anUnknownTokenOpensNothing() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            #expect(try await sample.sessions.session(SessionToken.random().hash) == nil)
        }
    }

    /// What PostgreSQL knows of the tables when a connection makes its plan for the reading of sessions.
    enum PlannerKnowledge: CaseIterable {
        /// Every workspace is small, as it was when the tables were analyzed.
        case small
        /// One has become large since the tables were analyzed.
        case outdated
        /// Nothing, as after a dump was restored.
        case nothing
    }

    @Test(
        "Whatever PostgreSQL knows when the plan is made, it reads one session and its membership",
        arguments: PlannerKnowledge.allCases
    )
    func onePlanForEveryWorkspace(knowledge: PlannerKnowledge) async throws {
        try await TestStorage.with { storage in
            let small = try await SampleWorkspace.make(in: storage, "company-a")
            let known = try await small.session(of: "ann")
            let large = try await SampleWorkspace.make(in: storage, "company-b")
            let wanted = try await large.session(of: "ann")
            for workspace in [small, large] { try await workspace.addParts(1) }
            let grow = {
                try await large.addPeople(2_000)
                try await large.addParts(3)
            }
            if knowledge != .nothing { try await storage.owner.query("ANALYZE") }
            if knowledge != .small { try await grow() }
            let pool = try TestStorage.pool(storage.uri, role: StorageRole.service, size: 1)
            let sessions = SessionStore(pool: pool)
            // More than the five that PostgreSQL plans each for itself before it makes a plan for all.
            for _ in 0..<8 { #expect(try await sessions.session(SessionToken.random().hash) == nil) }
            #expect(try await sessions.session(known.tokenHash)?.id == known.id)
            if knowledge == .small { try await grow() }
            // The pages of each table and its indexes that the connection has looked at so far, which is added up elsewhere
            // between two transactions only.
            let statistics: SQL = """
                SELECT c.relname AS name, (pg_stat_get_xact_blocks_fetched(c.oid) + (
                    SELECT sum(pg_stat_get_xact_blocks_fetched(i.indexrelid)) FROM pg_index i WHERE i.indrelid = c.oid
                ))::int8 AS pages
                FROM pg_class c
                WHERE c.oid IN ('session_tokens'::regclass, 'sessions'::regclass, 'memberships'::regclass,
                    'workspaces'::regclass, 'member_groups'::regclass, 'member_spaces'::regclass,
                    'member_projects'::regclass)
                ORDER BY c.relname
                """
            let (before, after) = try await pool.withTransaction { transaction in
                let before = try await transaction.query(statistics)
                let found = try await transaction.query("SELECT 1 FROM portico_session(\(wanted.tokenHash.bytes))")
                #expect(found.rows.count == 1)
                return (before, try await transaction.query(statistics))
            }
            #expect(after.rows.count == 7)
            for (before, after) in zip(before.rows, after.rows) {
                let pages = try after.value("pages", as: Int.self) - before.value("pages", as: Int.self)
                let name = try after.value("name", as: String.self)
                // The path to one entry of an index, twice for projects, and its rows; a whole workspace has hundreds.
                #expect((1...20).contains(pages), "\(name)")
            }
            await pool.shutDown()
        }
    }

    @Test("X4 who reads a session stays where they were, and reads nothing else of its workspace")
    func readingASessionEntersNothing() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let session = try await second.session(of: "ann")
            _ = try await second.session(of: "bob")
            let members: SQL = "SELECT workspace_id FROM memberships"
            _ = try await first.session(of: "ann")
            try await storage.service.withTransaction(
                prelude: ["SELECT set_config('portico.workspace_id', \(first.id.description), true)"]
            ) { transaction in
                let found = try await transaction.query(
                    "SELECT session_id FROM portico_session(\(session.tokenHash.bytes))"
                )
                #expect(try found.rows.map { try $0.value("session_id") } == [session.id.uuid])
                let seen = try await transaction.query(members)
                #expect(try seen.rows.map { try $0.value("workspace_id") } == [first.id.uuid])
            }
            let outside = try await storage.service.withTransaction { transaction in
                _ = try await transaction.query("SELECT 1 FROM portico_session(\(session.tokenHash.bytes))")
                return try await transaction.query(members)
            }
            #expect(outside.rows.isEmpty)
            // Whoever has neither role has no business with sessions.
            let refused = await #expect(throws: PostgreSQLError.self) {
                try await storage.owner.withTransaction(prelude: ["SET LOCAL ROLE portico_retention"]) { transaction in
                    try await transaction.query("SELECT 1 FROM portico_session(\(session.tokenHash.bytes))")
                }
            }
            #expect(refused?.sqlState == .insufficientPrivilege)
        }
    }

    @Test func theNewestTokensAreThoseThatEndLast() async throws {
        try await TestStorage.with { storage in
            let samples = [
                try await SampleWorkspace.make(in: storage, "company-a"),
                try await SampleWorkspace.make(in: storage, "company-b"),
            ]
            var hashes: [SessionTokenHash] = []
            for hour in 0..<3 {
                let signedIn = try await samples[hour % 2]
                    .signIn(
                        "ann",
                        roles: ["\(samples[hour % 2].companyID)_LABELER"],
                        now: SampleWorkspace.now.addingTimeInterval(Double(hour) * 3_600)
                    )
                hashes.insert(try #require(signedIn.session).tokenHash, at: 0)
            }
            let store = samples[0].sessions
            #expect(try await store.newestTokens(10, now: SampleWorkspace.now) == hashes)
            #expect(try await store.newestTokens(2, now: SampleWorkspace.now) == Array(hashes.prefix(2)))
            let later = SampleWorkspace.now.addingTimeInterval(86_400)
            #expect(try await store.newestTokens(10, now: later) == Array(hashes.prefix(2)))
        }
    }

    @Test func theLeastLimitEndsASession() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let session = try await sample.session(of: "ann")
            #expect(session.expiresAt == SampleWorkspace.now.addingTimeInterval(86_400))
            let loaded = try #require(try await sample.sessions.session(session.tokenHash))
            #expect(loaded.validity(at: SampleWorkspace.now.addingTimeInterval(3_599)) == .valid)
            #expect(loaded.validity(at: SampleWorkspace.now.addingTimeInterval(3_600)) == .idle)
            #expect(loaded.validity(at: session.expiresAt) == .expired)
        }
    }

    @Test func usingASessionKeepsItAliveAndTimeNeverGoesBack() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let sessions = [try await first.session(of: "ann"), try await second.session(of: "ann")]
            let later = SampleWorkspace.now.addingTimeInterval(600)
            for time in [later, SampleWorkspace.now] {
                try await first.sessions.touch(
                    sessions.map { SessionTouch(workspaceID: $0.workspaceID, sessionID: $0.id, lastSeenAt: time) }
                )
            }
            for session in sessions {
                #expect(try await first.sessions.session(session.tokenHash)?.lastSeenAt == later)
            }
        }
    }

    @Test("X2 a session is touched under its own workspace only")
    func aTouchUnderAnotherWorkspaceTouchesNothing() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let session = try await first.session(of: "ann")
            try await first.sessions.touch([
                SessionTouch(workspaceID: second.id, sessionID: session.id, lastSeenAt: .distantFuture)
            ])
            #expect(try await first.sessions.session(session.tokenHash)?.lastSeenAt == session.lastSeenAt)
        }
    }

    @Test func signingOutEndsOneSessionAndTellsEveryNode() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let session = try await sample.session(of: "ann")
            let other = try await sample.session(of: "ann")
            let heard = try await Self.notifications(storage) {
                let ended = try await sample.sessions.signOut(sample.scope, session: session, now: SampleWorkspace.now)
                #expect(ended?.identityProviderSession?.nameID == NameID(value: "name-id"))
            }
            #expect(heard == [.session(session.id)])
            #expect(try await sample.sessions.session(session.tokenHash) == nil)
            #expect(try await sample.sessions.session(other.tokenHash) != nil)
            let again = try await sample.sessions.signOut(sample.scope, session: session, now: SampleWorkspace.now)
            #expect(again == nil)
            #expect(try await sample.audit.events(sample.scope).events.last?.action == .signOut)
        }
    }

    @Test func theOperatorEndsThePersonsOrAllSessions() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let ann = try await sample.session(of: "ann")
            _ = try await sample.session(of: "ann")
            _ = try await sample.session(of: "bob")
            #expect(try await sample.sessions.sessions(sample.scope, now: SampleWorkspace.now).count == 3)
            #expect(
                try await sample.sessions.sessions(sample.scope, of: ann.email, now: SampleWorkspace.now).count == 2
            )
            let heard = try await Self.notifications(storage) {
                let annsSessions = try await sample.sessions.revoke(
                    sample.scope,
                    of: ann.email,
                    by: .operator,
                    now: SampleWorkspace.now
                )
                #expect(annsSessions == 2)
                let others = try await sample.sessions.revoke(sample.scope, by: .operator, now: SampleWorkspace.now)
                #expect(others == 1)
            }
            #expect(heard == [.member(sample.id, ann.userID), .workspace(sample.id)])
            #expect(try await sample.sessions.sessions(sample.scope, now: SampleWorkspace.now).isEmpty)
            #expect(try await storage.count("session_tokens") == 0)
        }
    }

    @Test("S2 a change of role tells every node")
    func aChangeOfRoleTellsEveryNode() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            _ = try await sample.session(of: "ann", role: "ADMIN")
            let bob = try await sample.session(of: "bob")
            let heard = try await Self.notifications(storage) {
                try await sample.administer("bob") { administration, _ in try administration.setRole("SUPERVISOR") }
            }
            #expect(heard == [.member(sample.id, bob.userID)])
            #expect(try await sample.sessions.session(bob.tokenHash)?.role.name == "SUPERVISOR")
        }
    }

    @Test func aDisabledWorkspaceHasNoSessions() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let session = try await sample.session(of: "ann")
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
                $0.disable()
            }
            #expect(try await sample.sessions.session(session.tokenHash) == nil)
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
                $0.enable()
            }
            #expect(try await sample.sessions.session(session.tokenHash) == nil)
        }
    }

    /// Listens while something is done, and returns the invalidations that it causes.
    static func notifications(
        _ storage: TestStorage,
        while body: () async throws -> Void
    ) async throws -> [SessionInvalidation] {
        let listener = NotificationListener(
            configuration: try PostgreSQLConfiguration(uri: storage.uri),
            channels: [SessionInvalidation.channel],
            logger: TestStorage.logger
        )
        let running = Task { await listener.run() }
        defer { running.cancel() }
        var events = listener.events.makeAsyncIterator()
        #expect(await events.next() == .connected)
        try await body()
        // Notifications come in the order of their commits: behind this one there is none of the body's.
        let last = SessionInvalidation.session(.random())
        try await storage.owner.query("SELECT pg_notify(\(SessionInvalidation.channel), \(last.payload))")
        var heard: [SessionInvalidation] = []
        while let event = await events.next() {
            guard case .notification(let notification) = event else { continue }
            let invalidation = try #require(SessionInvalidation(payload: notification.payload))
            guard invalidation != last else { break }
            heard.append(invalidation)
        }
        return heard
    }
}
