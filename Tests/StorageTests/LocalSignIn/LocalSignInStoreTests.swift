import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Passphrases in the database")
struct LocalSignInStoreTests {
    private let now = SampleWorkspace.now

    private func terms(replacing: SessionTokenHash? = nil) -> LocalSignInTerms {
        LocalSignInTerms(
            catalogue: .standard,
            sessionLimits: SessionLimits(maxAge: .seconds(86_400), maxIdle: .seconds(3600)),
            clientAddress: "192.0.2.1",
            replacing: replacing,
            requestID: .random(),
            now: self.now
        )
    }

    private func owner(of sample: SampleWorkspace) async throws -> Membership {
        try #require(try await sample.members.memberships(sample.scope).first(where: \.isOwner))
    }

    private func signIn(
        _ sample: SampleWorkspace,
        _ member: Membership,
        proof: LocalSignInProof = .complete,
        replacing: SessionTokenHash? = nil
    ) async throws -> LocalSignInResult {
        let store = LocalSignInStore(pool: sample.storage.service)
        let found = try await store.candidate(companyID: sample.companyID, email: member.email)
        return try await store.complete(
            try #require(found),
            member.email,
            proof: proof,
            codeStep: nil,
            terms: self.terms(replacing: replacing)
        )
    }

    @Test("rulings 26 the owner who was never signed in comes in, and becomes active")
    func owner() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let owner = try await self.owner(of: sample)
            #expect(owner.state == .invited)
            try await sample.setPassphrase(of: owner)
            guard case .signedIn(let session, let token, _) = try await self.signIn(sample, owner) else {
                Issue.record("not signed in")
                return
            }
            let stored = try #require(try await sample.sessions.session(token.hash))
            #expect(stored.id == session.id)
            #expect(stored.method == .passphrase)
            #expect(stored.confirmedAt == self.now)
            #expect(stored.expiresAt == self.now.addingTimeInterval(3600))
            #expect(stored.role.name == "ADMIN")
            #expect(try await self.owner(of: sample).state == .active)
            // No identity provider knows the session: signing out tells none.
            let ended = try await sample.sessions.signOut(sample.scope, session: stored, now: self.now)
            #expect(ended?.identityProviderSession == nil)
            #expect(try await sample.audit.events(sample.scope).events.filter { $0.action == .localSignIn }.count == 1)
            let history = try await sample.audit.seatHistory(sample.scope, limit: 5)
            #expect(history.taken.map(\.email) == [owner.email.value] && history.refused.isEmpty)
        }
    }

    @Test("M ACTIVE <-> DEACTIVATED: who only ever came in with a passphrase is active again when they are reactivated")
    func reactivated() async throws {
        try await TestStorage.with { storage in
            let settings = WorkspaceChange(localSignIn: .members)
            let sample = try await SampleWorkspace.make(in: storage, settings: settings)
            _ = try await sample.invite("ida", by: .random())
            let invited = try await sample.member("ida")
            try await sample.setPassphrase(of: invited)
            guard case .signedIn = try await self.signIn(sample, invited) else {
                Issue.record("not signed in")
                return
            }
            try await sample.administer("ida", as: .deactivation) { administration, _ in try administration.deactivate()
            }
            #expect(try await sample.member("ida").state == .deactivated(.admin))
            try await sample.administer("ida", as: .reactivation) { administration, _ in try administration.reactivate()
            }
            #expect(try await sample.member("ida").state == .active)
        }
    }

    @Test("C2 who finds no seat with a passphrase stands among those who were refused one")
    func noSeat() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            _ = try await sample.session(of: "bob")
            try await storage.owner.query("UPDATE workspaces SET seats = 1")
            let owner = try await self.owner(of: sample)
            try await sample.setPassphrase(of: owner)
            guard case .refused(.seatLimit) = try await self.signIn(sample, owner) else {
                Issue.record("not refused")
                return
            }
            let history = try await sample.audit.seatHistory(sample.scope, limit: 5)
            #expect(history.refused.map(\.email) == [owner.email.value])
            #expect(!history.taken.map(\.email).contains(owner.email.value))
        }
    }

    @Test("the list of sessions shows who came by a passphrase")
    func listed() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let owner = try await self.owner(of: sample)
            try await sample.setPassphrase(of: owner)
            _ = try await self.signIn(sample, owner)
            _ = try await sample.session(of: "bob")
            let page = try await sample.sessions.page(sample.scope, limit: 10, now: self.now)
            #expect(Set(page.entries.map(\.issuer)) == [nil, SampleWorkspace.issuer])
        }
    }

    @Test("A5 the operator's word ends what passphrases opened, and only that")
    func switchedOff() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let owner = try await self.owner(of: sample)
            try await sample.setPassphrase(of: owner)
            guard case .signedIn(_, let token, _) = try await self.signIn(sample, owner),
                case .signedIn(_, let other) = try await sample.signIn("bob", roles: ["company-a_ADMIN"])
            else {
                Issue.record("not signed in")
                return
            }
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: self.now) {
                try $0.change(WorkspaceChange(localSignIn: .off), catalogue: .standard, enforcing: .operatorsWord)
            }
            #expect(try await sample.sessions.session(token.hash) == nil)
            #expect(try await sample.sessions.session(other.hash) != nil)
            guard case .refused(.switchedOff) = try await self.signIn(sample, owner) else {
                Issue.record("not refused")
                return
            }
        }
    }

    @Test("B10 a certificate that is replaced does not end the session of whoever replaces it")
    func replacedCertificate() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let owner = try await self.owner(of: sample)
            try await sample.setPassphrase(of: owner)
            guard case .signedIn(_, let token, _) = try await self.signIn(sample, owner),
                case .signedIn(_, let other) = try await sample.signIn("bob", roles: ["company-a_ADMIN"])
            else {
                Issue.record("not signed in")
                return
            }
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: self.now) {
                try $0.configureSAML(
                    SAMLConfigurationChange(
                        certificates: [
                            PinnedCertificate(der: [4], sha256Fingerprint: "EF:01", notAfter: .distantFuture)
                        ]
                    ),
                    loopbackHTTP: .refused
                )
            }
            #expect(try await sample.sessions.session(token.hash) != nil)
            #expect(try await sample.sessions.session(other.hash) == nil)
        }
    }

    @Test("S4 the session that the browser had ends")
    func replacesTheSession() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let owner = try await self.owner(of: sample)
            try await sample.setPassphrase(of: owner)
            guard case .signedIn(_, let old, _) = try await self.signIn(sample, owner),
                case .signedIn(_, let new, _) = try await self.signIn(sample, owner, replacing: old.hash)
            else {
                Issue.record("not signed in")
                return
            }
            #expect(try await sample.sessions.session(old.hash) == nil)
            #expect(try await sample.sessions.session(new.hash) != nil)
        }
    }

    @Test func aProofIsWorthNothingOnceThePassphraseIsAnotherOne() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let owner = try await self.owner(of: sample)
            try await sample.setPassphrase(of: owner)
            let store = LocalSignInStore(pool: storage.service)
            let found = try #require(
                try await store.candidate(companyID: sample.companyID, email: owner.email)
            )
            try await sample.setPassphrase(of: owner)
            let result = try await store.complete(
                found,
                owner.email,
                proof: .complete,
                codeStep: nil,
                terms: self.terms()
            )
            guard case .refused(.passphraseWrong) = result else {
                Issue.record("not refused")
                return
            }
        }
    }

    @Test func aLinkSetsOnePassphraseHoweverManyTryAtOnce() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let owner = try await self.owner(of: sample)
            let token = SecretToken<PassphraseLink>.random()
            let link = try #require(
                PassphraseLink(in: sample.id, for: owner.userID, token: token, lifetime: .seconds(600), now: self.now)
            )
            await #expect(throws: PostgreSQLError.self) {
                try await LocalCredentialStore(pool: storage.service).create(link, for: owner.email)
            }
            try await LocalCredentialStore(pool: storage.operators).create(link, for: owner.email)
            let store = LocalCredentialStore(pool: storage.service)
            let holder = try #require(try await store.holder(ofLink: token.hash, now: self.now))
            let hash = try PassphraseHash(
                of: Passphrase(typed: "correct horse battery"),
                cost: PassphraseHash.Cost(rounds: 2, blockSize: 1, parallelism: 1)
            )
            let now = self.now
            let count = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await store.setPassphrase(
                            byLink: token.hash,
                            of: holder,
                            to: hash,
                            clientAddress: "192.0.2.1",
                            now: now
                        )
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(count == 1)
            #expect(try await store.holder(ofLink: token.hash, now: self.now) == nil)
            #expect(try await store.credential(sample.scope, of: owner.userID)?.hash == hash)
        }
    }

    @Test func takingThePassphraseAwayEndsItsSessions() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let owner = try await self.owner(of: sample)
            try await sample.setPassphrase(of: owner)
            guard case .signedIn(_, let token, _) = try await self.signIn(sample, owner) else {
                Issue.record("not signed in")
                return
            }
            let store = LocalCredentialStore(pool: storage.operators)
            #expect(try await store.remove(sample.scope, of: owner, by: .operator, now: self.now))
            #expect(try await !store.remove(sample.scope, of: owner, by: .operator, now: self.now))
            #expect(try await sample.sessions.session(token.hash) == nil)
        }
    }

    @Test("X4 another workspace sees nothing of it")
    func isolation() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, owner: "ann@company-a.example")
            let other = try await SampleWorkspace.make(in: storage, "company-b", owner: "ann@company-a.example")
            let owner = try await self.owner(of: sample)
            try await sample.setPassphrase(of: owner)
            let store = LocalCredentialStore(pool: storage.service)
            #expect(try await store.credential(other.scope, of: owner.userID) == nil)
            let found = try await LocalSignInStore(pool: storage.service)
                .candidate(companyID: other.companyID, email: owner.email)
            #expect(found?.credential == nil)
        }
    }
}
