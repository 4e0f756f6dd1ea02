import FoundationEssentials
import Testing
import Workspaces

@Suite("Invitations and their links")
struct MemberInvitationTests {
    private func administration(
        _ state: MembershipState?,
        isOwner: Bool = false,
        guests: Bool = false,
        openInvitations: Int = 0
    ) throws -> MemberAdministration {
        var sample = try SampleSignIn()
        if let state { try sample.join(state, role: "ADMIN", isOwner: isOwner, invitedAt: SampleSignIn.now) }
        sample.workspace.allowGuests = guests
        return MemberAdministration(
            configured: ConfiguredWorkspace(
                workspace: sample.workspace,
                identityProvider: nil,
                domains: sample.domains
            ),
            membership: sample.membership,
            otherActiveAdmins: 1,
            activeMembers: 5,
            openInvitations: openInvitations,
            catalogue: .standard,
            management: MembershipManagement(),
            actor: .operator,
            now: SampleSignIn.now
        )
    }

    @Test("Ten thousand people may be invited at once, and whoever is invited already may be again")
    func limit() throws {
        let email = try #require(Email("bob@company-a.example"))
        let maximum = MemberAdministration.maximumInvitations
        let user = UserRegistration.unregistered(newID: .random())
        #expect(throws: AdministrationRefusal.tooManyInvitations(10_000)) {
            try self.administration(nil, openInvitations: maximum).invite(email, roleName: "LABELER", user: user)
        }
        let last = try self.administration(nil, openInvitations: maximum - 1)
        #expect(try last.invite(email, roleName: "LABELER", user: user).membership?.state == .invited)
        let again = try self.administration(.invited, openInvitations: maximum)
        #expect(try again.invite(email, roleName: "LABELER", user: user).membership?.role?.name == "LABELER")
    }

    @Test("M an invitation gets a link for its person, and the audit log none of its secret")
    func link() throws {
        let token = SecretToken<InvitationLink>.random()
        let email = try #require(Email("bob@company-a.example"))
        let outcome = try self.administration(nil)
            .invite(email, roleName: "LABELER", user: .unregistered(newID: .random()), by: token)
        let link = try #require(outcome.invitation)
        #expect(link.userID == outcome.membership?.userID)
        #expect(link.tokenHash == token.hash)
        #expect(link.expiresAt == SampleSignIn.now.addingTimeInterval(7 * 86_400))
        #expect(outcome.events.map(\.action) == [.memberInvited, .invitationLinkCreated])
        #expect(!String(describing: outcome).contains(token.text))
        #expect(!"\(token)".contains(token.text))
        #expect(SecretToken<InvitationLink>(token.text)?.hash == token.hash)
        #expect(SecretToken<InvitationLink>(String(token.text.dropLast())) == nil)
    }

    @Test("D3 D4 outside the own domains nobody but a guest gets a link")
    func outside() throws {
        let email = try #require(Email("bob@elsewhere.example"))
        let user = UserRegistration.unregistered(newID: .random())
        // Who can do what: an administrator claims domains, and nobody but the operator allows guests.
        let words = AdministrationRefusal.emailDomainRefused(email.domain).description
        #expect(words.contains("claim it, or allow guests on the page “Joining”"))
        #expect(throws: AdministrationRefusal.emailDomainRefused(email.domain)) {
            try self.administration(nil).invite(email, roleName: "LABELER", user: user, by: .random())
        }
        let guest = try self.administration(nil, guests: true)
            .invite(email, roleName: "LABELER", user: user, by: .random())
        #expect(guest.invitation?.email == email)
    }

    @Test("M a new link changes nothing else")
    func renewed() throws {
        let outcome = try self.administration(.invited).renewInvitation(by: .random())
        #expect(outcome.events.map(\.action) == [.invitationLinkCreated])
        guard case .save(.unchanged) = outcome.write else {
            Issue.record("the membership changes")
            return
        }
    }

    @Test("M a mail is asked for without a link, which is made when the mail is written")
    func mailed() throws {
        let email = try #require(Email("bob@company-a.example"))
        let invited = try self.administration(nil)
            .inviteByMail(email, roleName: "LABELER", user: .unregistered(newID: .random()), lifetime: .seconds(7_200))
        let userID = try #require(invited.membership?.userID)
        #expect(invited.invitationMail == InvitationMail(userID: userID, lifetime: .seconds(7_200)))
        #expect(invited.invitation == nil)
        #expect(invited.events.map(\.action) == [.memberInvited, .invitationMailRequested])
        let again = try self.administration(.invited).mailInvitationAgain()
        #expect(again.invitationMail?.lifetime == InvitationLink.usualLifetime)
        #expect(again.events.map(\.action) == [.invitationMailRequested])
        guard case .save(.unchanged) = again.write else {
            Issue.record("the membership changes")
            return
        }
    }

    @Test("M only an open invitation is renewed or withdrawn")
    func notOpen() throws {
        for state in [MembershipState.active, .notActivated, .deactivated(.admin)] {
            let administration = try self.administration(state)
            #expect(throws: AdministrationRefusal.alreadyAMember(state)) {
                try administration.renewInvitation(by: .random())
            }
            #expect(throws: AdministrationRefusal.alreadyAMember(state)) { try administration.mailInvitationAgain() }
            #expect(throws: AdministrationRefusal.alreadyAMember(state)) { try administration.withdrawInvitation() }
        }
        let nobody = try self.administration(nil)
        #expect(throws: AdministrationRefusal.notAMember) { try nobody.renewInvitation(by: .random()) }
        #expect(throws: AdministrationRefusal.notAMember) { try nobody.withdrawInvitation() }
        let owner = try self.administration(.invited, isOwner: true)
        #expect(throws: AdministrationRefusal.owner) { try owner.withdrawInvitation() }
    }
}
