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

    @Test func inventedTokensMakeNoPlanForThoseThatAreThere() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let session = try await sample.session(of: "ann")
            let configuration = try PostgreSQLConfiguration(
                uri: storage.uri,
                sessionRole: StorageRole.service,
                poolSize: 1,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60),
                statementTimeout: .seconds(60)
            )
            let pool = ConnectionPool(configuration: configuration, logger: TestStorage.logger)
            let sessions = SessionStore(pool: pool)
            // More than the five that PostgreSQL plans each for itself before it makes a plan for all.
            for _ in 0..<8 { #expect(try await sessions.session(SessionToken.random().hash) == nil) }
            #expect(try await sessions.session(session.tokenHash) != nil)
            let plans =
                try await pool.query(
                    """
                    SELECT generic_plans AS generic, custom_plans AS custom FROM pg_prepared_statements
                    WHERE statement LIKE '%s.token_hash = $%' AND statement NOT LIKE '%pg_prepared_statements%'
                    """
                )
                .singleRow()
            #expect(try plans.value("generic", as: Int.self) == 0)
            #expect(try plans.value("custom", as: Int.self) == 9)
            await pool.shutDown()
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
