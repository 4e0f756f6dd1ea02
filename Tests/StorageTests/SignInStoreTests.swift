import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("Sign-ins", .serialized)
struct SignInStoreTests {
    @Test func aStoredRequestComesBackAsItWas() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let request = try await sample.begin(intent: .signUp)
            #expect(try await sample.signIns.outstandingRequest(id: request.id) == request)
            #expect(try await sample.signIns.outstandingRequest(id: .random()) == nil)
        }
    }

    @Test func aFirstSignInMakesPersonMembershipSessionAndAuditEvent() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let request = try await sample.begin()
            let result = try await sample.signIns.complete(
                .request(request),
                identity: try sample.identity("ann", roles: ["company-a_REVIEWER"]),
                terms: SampleWorkspace.terms()
            )
            guard case .signedIn(let session, let token) = result else {
                Issue.record("refused: \(result)")
                return
            }
            #expect(session.role.name == "REVIEWER")
            #expect(session.email.value == "ann@company-a.example")
            #expect(session.displayName == "Ann")
            #expect(try await sample.sessions.session(token.hash) == session)
            let member = try #require(try await sample.members.membership(sample.scope, of: session.email))
            #expect(member.state == .active)
            #expect(member.userID == session.userID)
            #expect(member.lastAssertionIssuedAt == SampleWorkspace.now)
            #expect(try await sample.signIns.outstandingRequest(id: request.id) == nil)
            #expect(try await storage.count("authn_request_index") == 0)
            #expect(try await storage.count("identity_links") == 1)
            let events = try await sample.audit.events(sample.scope).events
            #expect(events.contains { $0.action == .signIn && $0.outcome == .done })
            let configured = try await WorkspaceDirectory(pool: storage.service).configuredWorkspace(sample.scope)
            #expect(configured?.workspace.rolesFirstSeenAt == SampleWorkspace.now)
        }
    }

    @Test func aRequestIsConsumedOnce() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let request = try await sample.begin()
            let first = try await sample.signIns.complete(
                .request(request),
                identity: try sample.identity("ann", roles: ["company-a_ADMIN"]),
                terms: SampleWorkspace.terms()
            )
            #expect(first.session != nil)
            let second = try await sample.signIns.complete(
                .request(request),
                identity: try sample.identity("ann", roles: ["company-a_ADMIN"]),
                terms: SampleWorkspace.terms()
            )
            #expect(second.refusal == .requestUnknownOrUsed)
            #expect(try await storage.count("sessions") == 1)
            #expect(try await storage.count("sign_in_attempts", where: "code = 'request_unknown_or_used'") == 1)
        }
    }

    @Test("X3 an assertion serves one workspace once")
    func anAssertionServesOneWorkspaceOnce() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let id = MessageID.random()
            let accepted = try await first.signIns.complete(
                .request(try await first.begin()),
                identity: try first.identity("ann", roles: ["company-a_ADMIN"], assertionID: id),
                terms: SampleWorkspace.terms()
            )
            #expect(accepted.session != nil)
            let again = try await first.signIns.complete(
                .request(try await first.begin()),
                identity: try first.identity("ann", roles: ["company-a_ADMIN"], assertionID: id),
                terms: SampleWorkspace.terms()
            )
            #expect(again.refusal == .replayed)
            let elsewhere = try await second.signIns.complete(
                .request(try await second.begin()),
                identity: try second.identity("ann", roles: ["company-b_ADMIN"], assertionID: id),
                terms: SampleWorkspace.terms()
            )
            #expect(elsewhere.refusal == .replayed)
            #expect(try await second.members.memberships(second.scope).isEmpty)
            #expect(try await storage.count("replay_keys") == 1)
        }
    }

    @Test func aRefusedSignInWritesTheAttemptAndNothingOfThePerson() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let terms = SampleWorkspace.terms()
            let result = try await sample.signIns.complete(
                .request(try await sample.begin()),
                identity: try sample.identity("eve"),
                terms: terms
            )
            #expect(result.refusal == .notRegistered)
            for table in ["users", "memberships", "sessions", "session_tokens", "replay_keys", "authn_requests"] {
                #expect(try await storage.count(table) == 0, "\(table)")
            }
            #expect(try await storage.count("sign_in_attempts", where: "request_id = \(terms.requestID.value)") == 1)
            let events = try await sample.audit.events(sample.scope).events
            #expect(events.last?.outcome == .refused(.notRegistered))
        }
    }

    @Test("R4 no match ends the sessions and keeps the member")
    func aRefusalOfTheRolesEndsTheSessionsAndKeepsTheMember() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let session = try await sample.session(of: "ann", role: "SUPERVISOR")
            #expect(try await sample.signIn("ann", roles: ["company-b_ADMIN"]).refusal == .rolesNoMatch)
            #expect(try await sample.sessions.session(session.tokenHash) == nil)
            #expect(try await storage.count("session_tokens") == 0)
            let member = try #require(try await sample.members.membership(sample.scope, of: session.email))
            #expect(member.role?.name == "SUPERVISOR")
            #expect(member.state == .active)
        }
    }

    @Test func aNewRoleShowsInTheSessionsThatAreOpen() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let session = try await sample.session(of: "ann", role: "ADMIN")
            _ = try await sample.session(of: "ann", role: "LABELER")
            #expect(try await sample.sessions.session(session.tokenHash)?.role.name == "LABELER")
        }
    }

    @Test("M1 an invited person comes in with the role of the invitation")
    func anInvitedPersonComesInWithTheRoleOfTheInvitation() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let email = try sample.email("bob")
            try await sample.administer("bob") { try $0.invite(email, roleName: "SUPERVISOR", user: $1) }
            let result = try await sample.signIn("bob")
            #expect(result.session?.role.name == "SUPERVISOR")
        }
    }

    @Test func aDeactivatedMemberStaysOut() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            _ = try await sample.session(of: "ann", role: "ADMIN")
            let session = try await sample.session(of: "bob")
            try await sample.administer("bob") { administration, _ in try administration.deactivate() }
            #expect(try await sample.sessions.session(session.tokenHash) == nil)
            #expect(try await sample.signIn("bob", roles: ["company-a_ADMIN"]).refusal == .membershipDeactivated)
        }
    }

    @Test func aWorkspaceThatWasClosedMeanwhileLetsNobodyIn() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let request = try await sample.begin()
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
                $0.disable()
            }
            let result = try await sample.signIns.complete(
                .request(request),
                identity: try sample.identity("ann", roles: ["company-a_ADMIN"]),
                terms: SampleWorkspace.terms()
            )
            #expect(result.refusal == .companyNotFound)
        }
    }

    @Test func aCertificateThatWasReplacedMeanwhileLetsNobodyIn() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let request = try await sample.begin()
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
                try $0.configureSAML(
                    SAMLConfigurationChange(
                        certificates: [
                            PinnedCertificate(der: [9], sha256Fingerprint: "EF:01", notAfter: .distantFuture)
                        ]),
                    loopbackHTTP: .refused
                )
            }
            let result = try await sample.signIns.complete(
                .request(request),
                identity: try sample.identity("ann", roles: ["company-a_ADMIN"]),
                terms: SampleWorkspace.terms()
            )
            #expect(result.refusal == .signatureInvalid)
        }
    }

    @Test("S4 a sign-in ends the session that the browser had")
    func aSignInTakesThePlaceOfTheSessionThatTheBrowserHad() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let old = try await first.session(of: "ann")
            let other = try await first.session(of: "ann")
            #expect(try await second.signIn("ann", roles: [], replacing: old.tokenHash).refusal == .rolesNoMatch)
            #expect(try await first.sessions.session(old.tokenHash) != nil)
            let new = try await second.signIn("ann", roles: ["company-b_ADMIN"], replacing: old.tokenHash)
            #expect(new.session != nil)
            #expect(try await first.sessions.session(old.tokenHash) == nil)
            #expect(try await first.sessions.session(other.tokenHash) != nil)
        }
    }

    @Test func aRefusalFromAnotherBrowserLeavesTheRequest() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let request = try await sample.begin()
            let attempt = SignInAttempt(
                requestID: .random(),
                occurredAt: SampleWorkspace.now,
                code: .audienceMismatch,
                rule: "AudienceRestrictionRule",
                wanted: "portico",
                got: "nul\0\(String(repeating: "x", count: 5_000))"
            )
            let event = AuditEvent(
                time: SampleWorkspace.now,
                workspaceID: sample.id,
                actor: .identityProvider,
                action: .signIn,
                outcome: .refused(.audienceMismatch),
                detail: ["got": "nul\0"]
            )
            try await sample.signIns.refuse(sample.scope, consuming: nil, attempt: attempt, event: event)
            #expect(try await sample.signIns.outstandingRequest(id: request.id) != nil)
            try await sample.signIns.refuse(sample.scope, consuming: request.id, attempt: attempt, event: event)
            #expect(try await sample.signIns.outstandingRequest(id: request.id) == nil)
            #expect(try await storage.count("sign_in_attempts", where: "length(got) = 1024") == 2)
        }
    }
}
