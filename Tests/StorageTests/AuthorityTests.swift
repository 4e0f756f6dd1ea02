import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("T6 the right to change something, asked for again with the workspace locked")
struct AuthorityTests {
    /// Everything that an administrator changes in the settings.
    enum Change: CaseIterable, Sendable {
        case role, workspace, domain, session, allSessions, sessionsOfOne, test, passphrase, codes, noPassphrase,
            noDraft

        func make(in sample: SampleWorkspace, _ scope: WorkspaceScope, by session: Session) async throws {
            let actor = AuditActor.member(session.email)
            let now = SampleWorkspace.now
            let sessions = SessionStore(pool: sample.storage.service)
            let workspaces = WorkspaceStore(pool: sample.storage.service)
            switch self {
            case .role:
                let request = MemberChangeRequest(
                    .role("ADMIN"),
                    of: session.email,
                    in: scope,
                    catalogue: .standard,
                    management: MembershipManagement(),
                    actor: actor,
                    now: now
                )
                _ = try await MembershipStore(pool: sample.storage.service)
                    .administer(request) { administration, _ in try administration.setRole("ADMIN") }
            case .workspace:
                try await workspaces.administer(scope, actor: actor, now: now) { administration in
                    try administration.change(WorkspaceChange(name: "Theirs"), catalogue: .standard)
                }
            case .domain:
                _ = try await DomainClaimStore(pool: sample.storage.service)
                    .request(scope, domain: "other.example", actor: actor, now: now)
            case .session:
                _ = try await sessions.revoke(scope, session: .random(), by: actor, now: now)
            case .allSessions:
                _ = try await sessions.revokeAll(scope, but: session.id, by: actor, now: now)
            case .sessionsOfOne:
                _ = try await sessions.revoke(scope, of: try sample.email("owner"), by: actor, now: now)
            case .test:
                _ = try await SignInTestStore(pool: sample.storage.service)
                    .begin(scope, owner: .session(session.tokenHash), browserHash: BrowserKey.random().hash, now: now)
            case .passphrase:
                let hash = try PassphraseHash(
                    of: Passphrase(typed: "correct horse battery"),
                    cost: PassphraseHash.Cost(rounds: 2, blockSize: 1, parallelism: 1)
                )
                try await LocalCredentialStore(pool: sample.storage.service)
                    .setPassphrase(
                        scope,
                        of: try await sample.member("ann"),
                        to: hash,
                        keeping: session.id,
                        clientAddress: "192.0.2.1",
                        now: now
                    )
            case .codes:
                try await LocalCredentialStore(pool: sample.storage.service)
                    .setCodes(scope, of: try await sample.member("ann"), to: nil, now: now)
            case .noPassphrase:
                _ = try await LocalCredentialStore(pool: sample.storage.service)
                    .remove(scope, of: try await sample.member("ann"), by: actor, now: now)
            case .noDraft:
                let found = try await WorkspaceDirectory(pool: sample.storage.service).configuredWorkspace(sample.scope)
                let version = SingleSignOnVersion(of: try #require(found)).description
                try await SingleSignOnVersionStore(pool: sample.storage.service)
                    .discardDraft(scope, named: version, actor: actor, now: now)
            }
        }
    }

    /// What takes an administrator's right.
    enum Loss: CaseIterable, Sendable {
        case demotion, deactivation, removal, endOfSession

        func happen(to localPart: String, _ session: Session, in sample: SampleWorkspace) async throws {
            switch self {
            case .demotion: try await sample.administer(localPart) { member, _ in try member.setRole("LABELER") }
            case .deactivation: try await sample.administer(localPart) { member, _ in try member.deactivate() }
            case .removal: try await sample.administer(localPart) { member, _ in try member.remove() }
            case .endOfSession:
                _ = try await sample.sessions.signOut(sample.scope, session: session, now: SampleWorkspace.now)
            }
        }
    }

    /// A workspace with two administrators, of whom the second is about to be put out, and that one's scope.
    private func sample(in storage: TestStorage) async throws -> (SampleWorkspace, Session, WorkspaceScope) {
        let sample = try await SampleWorkspace.make(in: storage)
        _ = try await sample.session(of: "ann", role: "ADMIN")
        let session = try await sample.session(of: "bob", role: "ADMIN")
        let authority = WorkspaceScope.Authority.session(session.id, administrator: RoleCatalogue.standard.admin)
        return (sample, session, WorkspaceScope(sample.id, authority: authority))
    }

    @Test(arguments: Change.allCases) func anAdministratorChanges(change: Change) async throws {
        try await TestStorage.with { storage in
            let (sample, session, scope) = try await self.sample(in: storage)
            try await change.make(in: sample, scope, by: session)
        }
    }

    @Test(arguments: Loss.allCases) func whoeverWasPutOutChangesNothing(loss: Loss) async throws {
        try await TestStorage.with { storage in
            let (sample, session, scope) = try await self.sample(in: storage)
            try await loss.happen(to: "bob", session, in: sample)
            let events = try await storage.count("audit_events")
            for change in Change.allCases {
                await #expect(throws: AuthorityLost.self, "\(change)") {
                    try await change.make(in: sample, scope, by: session)
                }
            }
            #expect(try await storage.count("audit_events") == events)
        }
    }

    @Test func aSetupVisitChangesUntilItEnds() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let token = SecretToken<SetupVisit>.random()
            let visit = SetupVisit(to: sample.id, token: token, now: SampleWorkspace.now)
            try await storage.owner.query(
                """
                INSERT INTO setup_visits (token_hash, workspace_id, created_at, expires_at)
                VALUES (\(visit.tokenHash.bytes), \(sample.id.uuid), \(SampleWorkspace.now), \(visit.expiresAt))
                """
            )
            let scope = WorkspaceScope(sample.id, authority: .visit(visit.tokenHash))
            let claims = DomainClaimStore(pool: storage.service)
            let now = SampleWorkspace.now
            _ = try await claims.request(scope, domain: "one.example", actor: .setup, now: now)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            await #expect(throws: AuthorityLost.self) {
                let elsewhere = WorkspaceScope(other.id, authority: .visit(visit.tokenHash))
                _ = try await claims.request(elsewhere, domain: "two.example", actor: .setup, now: now)
            }
            try await SetupStore(pool: storage.service).end(sample.scope, visit, now: now)
            await #expect(throws: AuthorityLost.self) {
                _ = try await claims.request(scope, domain: "two.example", actor: .setup, now: now)
            }
        }
    }

    @Test func aChangeThatWaitedBehindTheDemotionComesTooLate() async throws {
        try await TestStorage.with { storage in
            let (sample, session, scope) = try await self.sample(in: storage)
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await storage.owner.withTransaction { transaction in
                    _ = try await transaction.query(
                        "SELECT FROM workspaces WHERE workspace_id = \(sample.id.uuid) FOR NO KEY UPDATE"
                    )
                    group.addTask { try await Change.role.make(in: sample, scope, by: session) }
                    try await storage.waitForAWaitingStatement()
                    _ = try await transaction.query(
                        """
                        UPDATE memberships SET role = 'LABELER'
                        WHERE workspace_id = \(sample.id.uuid) AND user_id = \(session.userID.uuid)
                        """
                    )
                }
                await #expect(throws: AuthorityLost.self) { try await group.waitForAll() }
            }
            let role = try await storage.owner.query(
                "SELECT role FROM memberships WHERE user_id = \(session.userID.uuid)"
            )
            #expect(try role.singleRow().value("role", as: String.self) == "LABELER")
        }
    }
}
