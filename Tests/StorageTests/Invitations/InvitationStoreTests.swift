import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("Invitations in the database")
struct InvitationStoreTests {
    private let now = SampleWorkspace.now

    @Test("M a link opens its invitation until its time is over, another one takes its place, or it is withdrawn")
    func life() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let (first, second) = (SecretToken<InvitationLink>.random(), SecretToken<InvitationLink>.random())
            let outcome = try await sample.invite("bob", by: first)
            let userID = try #require(outcome.membership?.userID)
            let open = OpenInvitation(workspaceID: sample.id, userID: userID)
            let end = try #require(outcome.invitation?.expiresAt)
            #expect(try await sample.invitations.invitation(ofLink: first.hash, now: self.now) == open)
            #expect(try await sample.invitations.invitation(ofLink: second.hash, now: self.now) == nil)
            #expect(try await sample.invitations.invitation(ofLink: first.hash, now: end) == nil)

            try await sample.administer("bob") { administration, _ in try administration.renewInvitation(by: second) }
            #expect(try await sample.invitations.invitation(ofLink: first.hash, now: self.now) == nil)
            #expect(try await sample.invitations.invitation(ofLink: second.hash, now: self.now) == open)

            try await sample.administer("bob") { administration, _ in try administration.withdrawInvitation() }
            #expect(try await sample.invitations.invitation(ofLink: second.hash, now: self.now) == nil)
            for table in ["invitations", "invitation_links"] { #expect(try await storage.count(table) == 0) }
        }
    }

    @Test("M a link is gone when its person has come in, is locked out or gets in by a role")
    func closed() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            for name in ["ann", "bob", "cleo"] { try await sample.invite(name, by: .random()) }
            #expect(try await storage.count("invitations") == 3)
            #expect(try await sample.signIn("ann").session?.role.name == "REVIEWER")
            try await sample.administer("bob") { administration, _ in try administration.deactivate() }
            #expect(try await sample.signIn("cleo", roles: ["company-a_LABELER"]).session != nil)
            for table in ["invitations", "invitation_links"] { #expect(try await storage.count(table) == 0) }
        }
    }

    @Test("F6 the stored request says whom the link is for, and nobody else finishes it")
    func storedRequest() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let userID = try #require(try await sample.invite("bob", by: .random()).membership?.userID)
            for (name, isInvited) in [("bob", true), ("eve", false)] {
                let request = OutstandingRequest.begin(
                    workspaceID: sample.id,
                    intent: .signIn,
                    returnPath: .root,
                    browserHash: BrowserKey.random().hash,
                    invitedUser: userID,
                    now: self.now
                )
                try await sample.signIns.begin(request)
                let stored = try #require(try await sample.signIns.outstandingRequest(id: request.id))
                #expect(stored.invitedUser == userID)
                let result = try await sample.signIns.complete(
                    .request(stored),
                    identity: try sample.identity(name, roles: isInvited ? nil : ["company-a_ADMIN"]),
                    terms: SampleWorkspace.terms(signUpPolicy: .invitationOnly)
                )
                #expect(result.refusal == (isInvited ? nil : .invitationRequired))
                #expect(result.session?.role.name == (isInvited ? "REVIEWER" : nil))
            }
            #expect(try await sample.members.membership(sample.scope, of: try sample.email("eve")) == nil)
        }
    }

    @Test("X4 a workspace lists its own, in the order of their addresses, and no more than it is asked for")
    func listed() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            for name in ["bob", "ann", "bert"] { try await sample.invite(name, by: .random()) }
            try await other.invite("zoe", by: .random())
            _ = try await sample.session(of: "cleo")
            let all = try await sample.invitations.pending(sample.scope, limit: 10)
            #expect(all.map(\.membership.email.localPart) == ["ann", "bert", "bob"])
            #expect(all.allSatisfy { $0.linkExpiresAt != nil })
            #expect(try await sample.invitations.pending(sample.scope, limit: 2).count == 2)
            let some = try await sample.invitations.pending(sample.scope, beginning: "b", limit: 10)
            #expect(some.map(\.membership.email.localPart) == ["bert", "bob"])
            #expect(try await sample.invitations.pending(sample.scope, beginning: "%", limit: 10).isEmpty)
        }
    }

    @Test func anExpiredLinkIsPrunedAndTheInvitationHolds() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.invite("bob", by: .random())
            try await storage.owner.query("UPDATE invitation_links SET expires_at = now() - interval '1 s'")
            _ = try await Retention(pool: storage.service, auditAge: .seconds(400 * 86_400)).prune(now: self.now)
            #expect(try await storage.count("invitation_links") == 0)
            #expect(try await sample.signIn("bob").session != nil)
        }
    }
}
