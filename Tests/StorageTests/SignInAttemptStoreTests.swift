import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("Attempts to sign in", .serialized)
struct SignInAttemptStoreTests {
    private static func attempts(_ sample: SampleWorkspace) -> SignInAttemptStore {
        SignInAttemptStore(pool: sample.storage.service)
    }

    /// A refusal with one line that may be kept and one that may not.
    private static func attempt(
        _ requestID: RequestID = .random(),
        got: String = "portico-b",
        at time: Date = SampleWorkspace.now
    ) -> SignInAttempt {
        SignInAttempt(
            requestID: requestID,
            occurredAt: time,
            code: .audienceMismatch,
            rule: "AudienceRestrictionRule",
            checks: [
                SignInCheck(
                    .response(.audience),
                    .failed(.audienceMismatch, .identityProviderAdministrator),
                    wanted: "portico",
                    got: .open(got)
                ),
                SignInCheck(.email, .passed, wanted: "one", got: .personal("ann@company-a.example")),
                SignInCheck(.seat, .notChecked(because: "“audience” failed")),
            ]
        )
    }

    private static func refuse(_ sample: SampleWorkspace, _ attempt: SignInAttempt) async throws {
        let event = AuditEvent(
            time: attempt.occurredAt,
            workspaceID: sample.id,
            actor: .identityProvider,
            action: .signIn,
            outcome: .refused(try #require(attempt.code))
        )
        try await sample.signIns.refuse(sample.scope, consuming: nil, attempt: attempt, event: event)
    }

    private static func refuseWithoutWorkspace(_ storage: TestStorage, _ attempt: SignInAttempt) async throws {
        let event = AuditEvent(
            time: attempt.occurredAt,
            workspaceID: nil,
            actor: .identityProvider,
            action: .signIn,
            outcome: .refused(try #require(attempt.code))
        )
        try await SignInStore(pool: storage.service).refuseWithoutWorkspace(attempt: attempt, event: event)
    }

    @Test func ofNoWorkspaceAreTheOperatorsAlone() async throws {
        try await TestStorage.with { storage in
            let attempt = Self.attempt()
            try await Self.refuseWithoutWorkspace(storage, attempt)
            try await Self.refuseWithoutWorkspace(storage, Self.attempt())
            let operators = SignInAttemptStore(pool: storage.operators)
            let kept = try #require(try await operators.attemptWithoutWorkspace(requestID: attempt.requestID))
            #expect(kept.code == attempt.code)
            #expect(kept.checks == attempt.checks.map(\.kept))
            #expect(kept.email == nil)
            #expect(try await operators.attemptWithoutWorkspace(requestID: .random()) == nil)
            #expect(try await storage.count("operator_audit_events") == 2)
            await #expect(throws: PostgreSQLError.self) {
                try await SignInAttemptStore(pool: storage.service)
                    .attemptWithoutWorkspace(requestID: attempt.requestID)
            }
        }
    }

    @Test func ofNoWorkspaceAreBoundedToo() async throws {
        try await TestStorage.with { storage in
            try await storage.owner.query(
                """
                INSERT INTO operator_sign_in_attempts (request_id, occurred_at, code)
                SELECT 'old-' || n, now(), 'xml_invalid' FROM generate_series(1, 600) n
                """
            )
            let attempt = Self.attempt()
            try await Self.refuseWithoutWorkspace(storage, attempt)
            #expect(try await storage.count("operator_sign_in_attempts") == SignInAttemptStore.maximumCount)
            let operators = SignInAttemptStore(pool: storage.operators)
            #expect(try await operators.attemptWithoutWorkspace(requestID: attempt.requestID) != nil)
        }
    }

    @Test func areFoundByTheIDOnTheErrorPageWithoutAnythingAboutThePerson() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let attempt = Self.attempt()
            try await Self.refuse(sample, attempt)
            try await Self.refuse(sample, Self.attempt())
            let found = try await Self.attempts(sample).attempts(sample.scope, requestID: attempt.requestID)
            #expect(found.count == 1)
            let kept = try #require(found.first)
            #expect(kept.code == .audienceMismatch)
            #expect(kept.occurredAt == SampleWorkspace.now)
            #expect(kept.checks == attempt.checks.map(\.kept))
            #expect(kept.checks[0].remedy?.hasPrefix("The identity provider's administrator") == true)
            #expect(try await storage.count("sign_in_attempts", where: "checks::text LIKE '%ann@%'") == 0)
            #expect(try await Self.attempts(sample).attempts(sample.scope).count == 2)
            #expect(try await Self.attempts(sample).attempts(sample.scope, requestID: .random()).isEmpty)
        }
    }

    @Test func ofARefusedPersonSayWhatTheWorkspaceMadeOfThem() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let terms = SampleWorkspace.terms()
            let result = try await sample.signIns.complete(
                .request(try await sample.begin()),
                identity: try sample.identity("eve", roles: ["Company Admins", "company-b_ADMIN"]),
                terms: terms
            )
            #expect(result.refusal == .rolesNoMatch)
            let kept = try await Self.attempts(sample).attempts(sample.scope, requestID: terms.requestID)
            let failed = kept.first?.checks.first { $0.code != nil }
            #expect(failed?.name == .step(.roles))
            // The audit log names the person.
            #expect(kept.first?.email == "eve@company-a.example")
            #expect(failed?.got == .open("1 for other companies, 1 of another form: “Company Admins”"))
            #expect(kept.first?.checks.count == SignInCheck.Name.allCases.count)
            for secret in ["eve@", "company-b", "name-id"] {
                #expect(try await storage.count("sign_in_attempts", where: "checks::text LIKE \("%\(secret)%")") == 0)
            }
        }
    }

    @Test func ofSomebodyWhoCameInSayEverythingThatWasChecked() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let terms = SampleWorkspace.terms()
            _ = try await sample.signIns.complete(
                .request(try await sample.begin()),
                identity: try sample.identity("ann", roles: ["company-a_ADMIN"]),
                terms: terms
            )
            let found = try await Self.attempts(sample).attempts(sample.scope, requestID: terms.requestID)
            let kept = try #require(found.first)
            #expect(kept.code == nil)
            #expect(kept.checks.count == SignInCheck.Name.allCases.count)
            #expect(kept.checks.allSatisfy { $0.code == nil })
            for step in [SignInStep.email, .emailDomain, .roles, .membership, .seat] {
                #expect(kept.checks.first { $0.name == .step(step) }?.outcome == .passed, "\(step)")
            }
            #expect(try await storage.count("sign_in_attempts", where: "checks::text LIKE '%ann@%'") == 0)
            let events = try await AuditStore(pool: storage.service).events(sample.scope).events
            #expect(events.contains { $0.action == .signIn && $0.detail["request_id"] == terms.requestID.value })
        }
    }

    @Test func ofOneKindDropNoneOfTheOther() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let terms = SampleWorkspace.terms()
            _ = try await sample.signIns.complete(
                .request(try await sample.begin()),
                identity: try sample.identity("ann", roles: ["company-a_ADMIN"]),
                terms: terms
            )
            try await Self.fill(sample, count: SignInAttemptStore.maximumCount + 20)
            try await Self.refuse(sample, Self.attempt())
            #expect(try await storage.count("sign_in_attempts", where: "code IS NULL") == 1)
            #expect(
                try await storage.count("sign_in_attempts", where: "code IS NOT NULL")
                    == SignInAttemptStore.maximumCount
            )
        }
    }

    @Test func ofAReplaySayThatTheAssertionWasUsed() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let id = MessageID.random()
            for refusal in [nil, RefusalCode.replayed] {
                let result = try await sample.signIns.complete(
                    .request(try await sample.begin()),
                    identity: try sample.identity("ann", roles: ["company-a_ADMIN"], assertionID: id),
                    terms: SampleWorkspace.terms()
                )
                #expect(result.refusal == refusal)
            }
            let kept = try await Self.attempts(sample).attempts(sample.scope)
            #expect(kept.map(\.code) == [.replayed, nil])
            #expect(kept.map(\.email) == ["ann@company-a.example", "ann@company-a.example"])
            #expect(kept.first?.checks.first { $0.code != nil }?.name == .step(.replay))
        }
    }

    @Test func areSeenByTheirWorkspaceAlone() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let attempt = Self.attempt()
            try await Self.refuse(first, attempt)
            #expect(try await Self.attempts(second).attempts(second.scope).isEmpty)
            #expect(
                try await Self.attempts(second).attempts(second.scope, requestID: attempt.requestID).isEmpty
            )
            // The newest of one workspace drop nothing of another one.
            try await Self.fill(second, count: SignInAttemptStore.maximumCount)
            try await Self.refuse(second, Self.attempt())
            #expect(try await Self.attempts(first).attempts(first.scope).map(\.requestID) == [attempt.requestID])
            #expect(try await storage.service.query("SELECT * FROM sign_in_attempts").rows.isEmpty)
        }
    }

    @Test func areTheNewestOfTheWorkspaceAlone() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await Self.fill(sample, count: SignInAttemptStore.maximumCount + 20)
            let newest = Self.attempt()
            try await Self.refuse(sample, newest)
            #expect(try await storage.count("sign_in_attempts") == SignInAttemptStore.maximumCount)
            #expect(
                try await Self.attempts(sample).attempts(sample.scope, limit: 1).first?.requestID == newest.requestID
            )
        }
    }

    @Test func areShortWhateverWasSent() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let texts = ["\"", "\\", "\0", "\u{1F600}", "x"].map { String(repeating: $0, count: 10_000) }
            for text in texts {
                let checks = SignInCheck.Name.allCases.map {
                    SignInCheck($0, .notChecked(because: text), wanted: text, got: .open(text))
                }
                let attempt = SignInAttempt(
                    requestID: .random(),
                    occurredAt: SampleWorkspace.now,
                    code: .xmlInvalid,
                    checks: checks
                )
                try await Self.refuse(sample, attempt)
            }
            #expect(
                try await storage.count("sign_in_attempts", where: "octet_length(checks::text) <= 65536")
                    == texts.count
            )
        }
    }

    @Test func areDeletedAfterFourteenDays() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let now = Date()
            let day: TimeInterval = 86_400
            let young = Self.attempt(at: now - 13 * day)
            try await Self.refuse(sample, young)
            try await Self.refuse(sample, Self.attempt(at: now - 15 * day))
            _ = try await Retention(pool: storage.service, auditAge: .seconds(400 * 86_400)).prune(now: now)
            #expect(try await Self.attempts(sample).attempts(sample.scope).map(\.requestID) == [young.requestID])
        }
    }

    /// Attempts without a list, as those from before it was kept.
    private static func fill(_ sample: SampleWorkspace, count: Int) async throws {
        try await sample.storage.owner.query(
            """
            INSERT INTO sign_in_attempts (workspace_id, request_id, occurred_at, code)
            SELECT \(sample.id.uuid), 'old-' || n, now(), 'xml_invalid' FROM generate_series(1, \(count)) n
            """
        )
    }
}
