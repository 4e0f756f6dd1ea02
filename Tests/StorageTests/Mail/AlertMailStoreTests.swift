import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Mails to administrators in the database")
struct AlertMailStoreTests {
    private let now = SampleWorkspace.now

    /// A workspace of Ann's, which Bob and Cleo administer with her, and in which Dan works.
    private func with(_ body: (SampleWorkspace, AlertMailStore) async throws -> Void) async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            for (name, role) in [("ann", "ADMIN"), ("bob", "ADMIN"), ("cleo", "ADMIN"), ("dan", "LABELER")] {
                _ = try await sample.session(of: name, role: role)
            }
            try await body(sample, AlertMailStore(pool: storage.service, catalogue: .standard))
        }
    }

    private func event(
        _ sample: SampleWorkspace,
        _ action: AuditAction = .domainLapsed,
        actor: AuditActor = .system,
        domain: String = "a.example",
        after seconds: TimeInterval = 0
    ) -> AuditEvent {
        AuditEvent(
            time: self.now.addingTimeInterval(seconds),
            workspaceID: sample.id,
            actor: actor,
            action: action,
            detail: ["domain": domain]
        )
    }

    /// Takes all that is due, until whom it concerns is known.
    private func taken(_ store: AlertMailStore, after seconds: TimeInterval = 0) async throws -> [DueAlertMail] {
        let time = self.now.addingTimeInterval(seconds)
        var mails: [DueAlertMail] = []
        while let mail = try await store.takeDue(now: time) {
            guard mail.userID == nil else {
                mails.append(mail)
                continue
            }
            _ = try await store.address(mail, now: time)
        }
        return mails
    }

    private func names(_ mails: [DueAlertMail], _ sample: SampleWorkspace) async throws -> Set<String> {
        var names: Set<String> = []
        for member in try await sample.members.memberships(sample.scope) {
            if mails.contains(where: { $0.userID == member.userID }) { names.insert(member.displayName) }
        }
        #expect(names.count == mails.count)
        return names
    }

    // MARK: - Raising

    @Test("C2 however many people find no seat at once, one mail is due, and another one a day later")
    func quietUnderConcurrency() async throws {
        try await self.with { sample, _ in
            let raise = { @Sendable (seconds: TimeInterval) in
                try await withThrowingTaskGroup { group in
                    for _ in 0..<12 {
                        let event = self.event(sample, .seatLimitReached, after: seconds)
                        group.addTask { try await sample.audit.append(sample.scope, [event]) }
                    }
                    try await group.waitForAll()
                }
            }
            try await raise(0)
            #expect(try await sample.storage.count("audit_events", where: "action = 'seat_limit_reached'") == 12)
            #expect(try await sample.storage.count("alert_mail_queue") == 1)
            try await raise(86_399)
            #expect(try await sample.storage.count("alert_mail_queue") == 1)
            try await raise(86_401)
            #expect(try await sample.storage.count("alert_mail_queue") == 2)
        }
    }

    @Test("Whoever raises what another transaction is raising waits for it, and has no mail sent")
    func quietBehindTheLock() async throws {
        try await self.with { sample, _ in
            let event = self.event(sample)
            let other = try await sample.storage.service.withTransaction(
                prelude: ["SELECT set_config('portico.workspace_id', \(sample.id.description), true)"]
            ) { transaction in
                try await transaction.query(
                    """
                    INSERT INTO alerts (workspace_id, kind, subject_sha256, raised_at)
                    VALUES (portico_workspace(), 'domain_lapsed', sha256('a.example'), \(event.time))
                    """
                )
                let other = Task { try await sample.audit.append(sample.scope, [event]) }
                try await sample.storage.waitForAWaitingStatement()
                return other
            }
            try await other.value
            #expect(try await sample.storage.count("audit_events", where: "action = 'domain_lapsed'") == 1)
            #expect(try await sample.storage.count("alerts") == 1)
            #expect(try await sample.storage.count("alert_mail_queue") == 0)
        }
    }

    @Test("One kind is about ten things a day at most, and another kind is told all the same")
    func bounded() async throws {
        try await self.with { sample, _ in
            for index in 0..<14 {
                try await sample.audit.append(sample.scope, [self.event(sample, domain: "d\(index).example")])
            }
            #expect(try await sample.storage.count("alert_mail_queue") == Alert.maximumSubjects)
            try await sample.audit.append(sample.scope, [self.event(sample, .seatLimitReached)])
            #expect(try await sample.storage.count("alert_mail_queue") == Alert.maximumSubjects + 1)
        }
    }

    @Test("C2 a sign-in that finds no seat is told, and leaves neither an address nor a name in the queue")
    func seatLimit() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(
                in: storage,
                owner: "ann@company-a.example",
                settings: WorkspaceChange(seats: .seats(1))
            )
            _ = try await sample.session(of: "ann", role: "ADMIN")
            for name in ["zoe", "yan"] {
                #expect(try await sample.signIn(name, roles: ["company-a_LABELER"]).refusal == .seatLimit)
            }
            #expect(try await storage.count("alert_mail_queue") == 1)
            let kept = try await storage.owner.query(
                "SELECT to_jsonb(q)::text || to_jsonb(a)::text AS text FROM alert_mail_queue q, alerts a"
            )
            let text: String = try kept.singleRow().value("text")
            #expect(!text.contains("@") && !text.contains("zoe"))
        }
    }

    @Test("T4 another certificate is told, the first settings and the rest of the form are not")
    func trust() async throws {
        try await self.with { sample, _ in
            #expect(try await sample.storage.count("alert_mail_queue") == 0)
            let configure = { @Sendable (change: SAMLConfigurationChange) in
                _ = try await sample.workspaces.administer(sample.scope, actor: .operator, now: self.now) {
                    try $0.configureSAML(change, loopbackHTTP: .refused)
                }
            }
            try await configure(SAMLConfigurationChange(forceAuthn: true))
            #expect(try await sample.storage.count("alert_mail_queue") == 0)
            try await configure(SAMLConfigurationChange(certificates: [1, 2].map(SampleWorkspace.certificate)))
            #expect(try await sample.storage.count("alert_mail_queue") == 1)
        }
    }

    // MARK: - Whom it concerns

    @Test("The owner and the active administrators are told, but not the one who did it, and by one node")
    func addressed() async throws {
        try await self.with { sample, store in
            try await sample.audit.append(sample.scope, [self.event(sample, actor: .member(try sample.email("bob")))])
            let mail = try #require(try await store.takeDue(now: self.now))
            #expect(mail.userID == nil)
            let now = self.now
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 { group.addTask { try await store.address(mail, now: now) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.sorted() == [0, 0, 0, 0, 0, 2])
            #expect(try await self.names(try await self.taken(store), sample) == ["Ann", "Cleo"])
            #expect(try await store.takeDue(now: self.now.addingTimeInterval(60)) == nil)
            #expect(try await self.taken(store, after: 301).count == 2)
        }
    }

    @Test("A5 whose passphrase was used is told as well: it may have been somebody else")
    func passphrase() async throws {
        try await self.with { sample, store in
            for name in ["bob", "dan"] {
                let actor = AuditActor.member(try sample.email(name))
                try await sample.audit.append(sample.scope, [self.event(sample, .localSignIn, actor: actor)])
                let mails = try await self.taken(store)
                #expect(try await self.names(mails, sample) == ["Ann", "Bob", "Cleo"])
                var recipients: [String] = []
                for mail in mails { recipients += try await store.write(mail).map { [$0.recipient.value] } ?? [] }
                #expect(recipients.sorted() == ["ann", "bob", "cleo"].map { "\($0)@company-a.example" })
            }
        }
    }

    @Test("Fifty get one mail each at most: the owner first, then who has been there for the longest time")
    func fifty() async throws {
        try await self.with { sample, store in
            try await sample.storage.owner.query(
                """
                INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, created_at)
                SELECT \(sample.id.uuid), gen_random_uuid(), 'a' || i || '@company-a.example', 'a' || i, 'ACTIVE', 'ADMIN',
                    'manual', \(self.now) - i * interval '1 hour'
                FROM generate_series(1, 60) i
                """
            )
            try await sample.audit.append(sample.scope, [self.event(sample)])
            let names = try await self.names(try await self.taken(store), sample)
            #expect(names.count == Alert.maximumRecipients)
            #expect(names.contains("Ann") && names.contains("a60") && names.contains("a12"))
            #expect(!names.contains("a11") && !names.contains("Bob"))
        }
    }

    // MARK: - Sending

    @Test("Who is no administrator any more when the mail is written does not get it")
    func dropped() async throws {
        try await self.with { sample, store in
            try await sample.audit.append(sample.scope, [self.event(sample)])
            var mails = try await self.taken(store)
            try await sample.administer("bob") { administration, _ in try administration.setRole("LABELER") }
            try await sample.administer("cleo") { administration, _ in try administration.remove() }
            var written: [AlertMail] = []
            for mail in mails { written += try await store.write(mail).map { [$0] } ?? [] }
            let mail = try #require(written.first)
            #expect(written.count == 1)
            #expect(mail.recipient == (try sample.email("ann")))
            #expect(mail.kind == .domainLapsed)
            #expect(mail.event.detail["domain"] == "a.example")
            #expect(mail.attempts == 1)
            #expect(try await sample.storage.count("alert_mail_queue") == 1)

            try await store.postpone(mail.due, until: self.now.addingTimeInterval(30))
            #expect(try await store.takeDue(now: self.now.addingTimeInterval(29)) == nil)
            mails = try await self.taken(store, after: 30)
            #expect(mails == [mail.due])
            #expect(try await store.write(mail.due)?.attempts == 2)
            try await store.finish(mail.due)
            #expect(try await sample.storage.count("alert_mail_queue") == 0)
        }
    }

    @Test("Whoever did it and left the workspace is not named")
    func formerMember() async throws {
        try await self.with { sample, store in
            for actor in ["bob", "erin"] {
                try await sample.audit.append(
                    sample.scope,
                    [self.event(sample, .localSignIn, actor: .member(try sample.email(actor)))]
                )
            }
            var members: [Bool] = []
            for mail in try await self.taken(store) {
                members += try await store.write(mail).map { [$0.isActorMember] } ?? []
            }
            #expect(members.filter { $0 }.count == 3)
            #expect(members.filter { !$0 }.count == 3)
        }
    }

    @Test(
        "A workspace that is closed or deleted mails nobody, and nothing is tried for ever",
        arguments: [
            "UPDATE workspaces SET status = 'disabled'",
            "UPDATE workspaces SET status = 'disabled', deleted_at = now()",
            "UPDATE alert_mail_queue SET attempts = 14",
        ] as [SQL]
    )
    func isForgotten(change: SQL) async throws {
        try await self.with { sample, store in
            try await sample.audit.append(sample.scope, [self.event(sample)])
            let mails = try await self.taken(store)
            #expect(mails.count == 3)
            try await sample.storage.owner.query(change)
            for mail in mails { #expect(try await store.write(mail) == nil) }
            #expect(try await sample.storage.count("alert_mail_queue") == 0)
        }
    }

    @Test("A workspace that is closed before anybody looked whom it concerns mails nobody")
    func isClosedBefore() async throws {
        try await self.with { sample, store in
            try await sample.audit.append(sample.scope, [self.event(sample)])
            try await sample.storage.owner.query("UPDATE workspaces SET status = 'disabled'")
            #expect(try await self.taken(store).isEmpty)
            #expect(try await sample.storage.count("alert_mail_queue") == 0)
        }
    }

    @Test("X6 what is due to one workspace concerns nobody of another one, whoever asks")
    func otherWorkspaces() async throws {
        try await self.with { sample, store in
            let other = try await SampleWorkspace.make(in: sample.storage, "company-b")
            _ = try await other.session(of: "max", role: "ADMIN")
            try await sample.audit.append(sample.scope, [self.event(sample)])
            try await sample.storage.owner.query("UPDATE alert_mail_queue SET workspace_id = \(other.id.uuid)")
            #expect(try await self.taken(store).isEmpty)
            #expect(try await sample.storage.count("alert_mail_queue") == 0)
        }
    }

    @Test("Without a mail server nothing piles up, and what is two days old is not sent by one that comes then")
    func retention() async throws {
        try await self.with { sample, store in
            try await sample.audit.append(sample.scope, [self.event(sample)])
            #expect(try await store.takeDue(now: self.now.addingTimeInterval(Alert.lifetime)) == nil)
            let retention = Retention(pool: sample.storage.service, auditAge: .seconds(400 * 86_400))
            for table in ["alerts", "alert_mail_queue"] {
                try await sample.storage.owner.query(
                    "UPDATE \(identifier: table) SET raised_at = now() - interval '47 hours'"
                )
            }
            _ = try await retention.prune(now: Date())
            #expect(try await sample.storage.count("alerts") == 1)
            #expect(try await sample.storage.count("alert_mail_queue") == 1)
            for table in ["alerts", "alert_mail_queue"] {
                try await sample.storage.owner.query(
                    "UPDATE \(identifier: table) SET raised_at = now() - interval '49 hours'"
                )
            }
            _ = try await retention.prune(now: Date())
            #expect(try await sample.storage.count("alerts") == 0)
            #expect(try await sample.storage.count("alert_mail_queue") == 0)
        }
    }
}
