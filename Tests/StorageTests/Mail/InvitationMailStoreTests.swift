import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Mails of invitations in the database")
struct InvitationMailStoreTests {
    private let now = SampleWorkspace.now

    private func invite(_ name: String, _ sample: SampleWorkspace) async throws {
        let email = try sample.email(name)
        try await sample.administer(name) { administration, user in
            try administration.inviteByMail(email, roleName: "LABELER", user: user)
        }
    }

    private func event(_ sample: SampleWorkspace, _ action: AuditAction) -> AuditEvent {
        AuditEvent(time: self.now, workspaceID: sample.id, actor: .system, action: action)
    }

    private func statuses(_ sample: SampleWorkspace) async throws -> [InvitationMailStatus?] {
        try await sample.invitations.pending(sample.scope, limit: 9).map(\.mail)
    }

    @Test func eachIsTakenByOneNodeHoweverManyLook() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            for name in ["ann", "bob", "cleo"] { try await self.invite(name, sample) }
            let store = InvitationMailStore(pool: storage.service)
            let now = self.now
            let taken = try await withThrowingTaskGroup(of: DueInvitationMail?.self) { group in
                for _ in 0..<8 { group.addTask { try await store.takeDue(now: now) } }
                return try await group.reduce(into: []) { all, mail in all += mail.map { [$0] } ?? [] }
            }
            // A node that finds another one at the oldest row takes the next, or comes back.
            #expect(Set(taken.map(\.userID)).count == taken.count)
            var rest = taken.count
            while try await store.takeDue(now: now) != nil { rest += 1 }
            #expect(rest == 3)
            #expect(try await self.statuses(sample) == Array(repeating: .waiting(problem: nil), count: 3))
        }
    }

    @Test func oneOfANodeThatDiedIsTakenAgainUnderTheSameIdentifierWithAnotherLink() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await self.invite("bob", sample)
            let store = InvitationMailStore(pool: storage.service)
            let (old, new) = (SecretToken<InvitationLink>.random(), SecretToken<InvitationLink>.random())
            let first = try #require(try await store.takeDue(now: self.now))
            let linked = try #require(try await store.link(first, by: old, now: self.now))
            #expect(linked.link.email == (try sample.email("bob")))
            #expect(linked.attempts == 1)
            #expect(try await store.takeDue(now: self.now.addingTimeInterval(60)) == nil)

            let later = self.now.addingTimeInterval(301)
            let second = try #require(try await store.takeDue(now: later))
            #expect(second == first)
            #expect(try await store.link(second, by: new, now: later)?.attempts == 2)
            #expect(try await sample.invitations.invitation(ofLink: old.hash, now: later) == nil)
            #expect(try await sample.invitations.invitation(ofLink: new.hash, now: later)?.userID == second.userID)
            try await store.noteSent(second, event: self.event(sample, .invitationMailed), now: later)
            #expect(try await storage.count("invitation_mail_queue") == 0)
            #expect(try await self.statuses(sample) == [.sent(later)])
        }
    }

    @Test(
        "a closed workspace mails nobody, and nothing is tried for ever",
        arguments: ["UPDATE workspaces SET status = 'disabled'", "UPDATE invitation_mails SET attempts = 14"] as [SQL]
    )
    func isForgotten(change: SQL) async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await self.invite("bob", sample)
            let store = InvitationMailStore(pool: storage.service)
            let mail = try #require(try await store.takeDue(now: self.now))
            try await storage.owner.query(change)
            #expect(try await store.link(mail, by: .random(), now: self.now) == nil)
            #expect(try await storage.count("invitation_mail_queue") == 0)
        }
    }

    @Test func oneThatWaitsOrWasGivenUpSaysWhyUntilItIsAskedForAgain() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await self.invite("bob", sample)
            let store = InvitationMailStore(pool: storage.service)
            let mail = try #require(try await store.takeDue(now: self.now))
            let soon = self.now.addingTimeInterval(30)
            try await store.postpone(mail, until: soon, problem: "busy", now: self.now)
            #expect(try await self.statuses(sample) == [.waiting(problem: "busy")])
            #expect(try await store.takeDue(now: self.now) == nil)
            #expect(try await store.takeDue(now: soon) == mail)
            let failed = self.event(sample, .invitationMailFailed)
            try await store.giveUp(mail, problem: "no\0 mailbox", event: failed, now: soon)
            #expect(try await self.statuses(sample) == [.failed(problem: "no\u{FFFD} mailbox")])
            #expect(try await store.takeDue(now: self.now.addingTimeInterval(86_400)) == nil)

            try await sample.administer("bob") { administration, _ in try administration.mailInvitationAgain() }
            let again = try #require(try await store.takeDue(now: self.now))
            #expect(again.mailID != mail.mailID)
            // What was known of the earlier one changes nothing about this.
            #expect(try await store.link(mail, by: .random(), now: self.now) == nil)
            try await store.noteSent(mail, event: self.event(sample, .invitationMailed), now: self.now)
            try await store.postpone(mail, until: self.now, problem: "busy", now: self.now)
            #expect(try await self.statuses(sample) == [.waiting(problem: nil)])
            #expect(try await store.takeDue(now: self.now) == nil)
            #expect(try await store.link(again, by: .random(), now: self.now)?.attempts == 1)
        }
    }

    @Test("M a link that somebody is shown is mailed to nobody, and none to whoever has come in or is not invited")
    func closed() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let store = InvitationMailStore(pool: storage.service)
            let shown = SecretToken<InvitationLink>.random()
            for name in ["ann", "bob", "cleo"] { try await self.invite(name, sample) }
            var taken: [DueInvitationMail] = []
            while let mail = try await store.takeDue(now: self.now) { taken.append(mail) }
            #expect(try await sample.signIn("ann").session != nil)
            try await sample.administer("bob") { administration, _ in try administration.withdrawInvitation() }
            try await sample.administer("cleo") { administration, _ in
                try administration.renewInvitation(by: shown)
            }
            #expect(try await storage.count("invitation_mails") == 0)
            #expect(try await storage.count("invitation_mail_queue") == 0)
            #expect(taken.count == 3)
            for mail in taken { #expect(try await store.link(mail, by: .random(), now: self.now) == nil) }
            #expect(try await sample.invitations.invitation(ofLink: shown.hash, now: self.now) != nil)
        }
    }

    @Test func nobodyIsMailedForAWorkspaceThatWasDeleted() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await self.invite("bob", sample)
            let store = InvitationMailStore(pool: storage.service)
            let mail = try #require(try await store.takeDue(now: self.now))
            try await storage.owner.query("UPDATE workspaces SET status = 'disabled', deleted_at = now()")
            #expect(try await store.link(mail, by: .random(), now: self.now) == nil)
            #expect(try await storage.count("invitation_mail_queue") == 0)
        }
    }
}
