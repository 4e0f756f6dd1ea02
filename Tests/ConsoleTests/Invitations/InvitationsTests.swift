import Console
import Foundation
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Invitations in the settings")
struct InvitationsTests {
    private static let path = "/.portico/settings/invitations"

    /// Sends the form of the page with the token.
    private func send(
        _ fields: [String: String],
        to path: String = Self.path,
        by browser: TestBrowser
    ) async throws -> TestResponse {
        var fields = fields
        fields["csrf"] = try await browser.csrf(Self.path)
        return try await browser.post(path, fields)
    }

    /// The link on a page.
    private func link(_ response: TestResponse) -> String? {
        response.text.firstMatch(of: /value="https:\/\/apps\.example\.com(\/\.portico\/invitation\/[A-Za-z0-9_-]{43})"/)
            .map { String($0.1) }
    }

    @Test("M an administrator invites, and the link is shown once")
    func invites() async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            let made = try await self.send(["email": "Bob@Company-A.example", "role": "REVIEWER"], by: ann)
            #expect(made.status == .ok)
            let secret = try #require(self.link(made)).suffix(43)
            #expect(made.text.contains("bob@company-a.example is invited."))
            let page = try await ann.get(Self.path)
            #expect(page.text.contains("bob@company-a.example"))
            #expect(!page.text.contains(secret))
            let events = try await console.events(.memberInvited) + console.events(.invitationLinkCreated)
            let actor = AuditActor.member(try #require(Email("ann@company-a.example")))
            #expect(events.map(\.actor) == [actor, actor])
            #expect(events.allSatisfy { !"\($0)".contains(secret) })
        }
    }

    @Test("M a new link takes the place of the one before, and withdrawing ends both")
    func renewsAndWithdraws() async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            let first = self.link(try await self.send(["email": "bob@company-a.example", "role": "LABELER"], by: ann))
            let bob = ["email": "bob@company-a.example"]
            let second = self.link(try await self.send(bob, to: Self.path + "/renew", by: ann))
            #expect(first != nil && second != nil && first != second)
            let withdrawn = try await self.send(bob, to: Self.path + "/withdraw", by: ann)
            #expect(withdrawn.status == .seeOther)
            let page = try await ann.get(Self.path + "?withdrawn")
            #expect(page.text.contains("Withdrawn."))
            #expect(!page.text.contains("bob@company-a.example"))
            #expect(try await console.events(.memberRemoved).count == 1)
            for path in ["/renew", "/withdraw"] {
                let late = try await self.send(bob, to: Self.path + path, by: ann)
                #expect(late.status == .unprocessableContent)
                #expect(late.text.contains("not a member"))
            }
        }
    }

    @Test("M with a mail server the link is mailed and not shown, and what became of the mail is told")
    func mailed() async throws {
        try await TestConsole.run(invitationDelivery: .mail) { console, client in
            let ann = try await console.person(client)
            let bob = ["email": "bob@company-a.example"]
            let made = try await self.send(bob.merging(["role": "LABELER"]) { $1 }, by: ann)
            #expect(made.headers[.location] == Self.path + "?mailed")
            let page = try await ann.get(Self.path + "?mailed")
            #expect(page.text.contains("The mail is on its way."))
            #expect(page.text.contains("The mail goes out in a moment."))
            #expect(self.link(page) == nil)
            let words = "The mail server answered: 450 &lt;x&gt; is busy."
            try await console.change(
                "UPDATE invitation_mails SET problem = 'The mail server answered: 450 <x> is busy.'"
            )
            #expect(try await ann.get(Self.path).text.contains(words + " Portico tries again by itself"))
            try await console.change("UPDATE invitation_mails SET state = 'failed'")
            let failed = try await ann.get(Self.path).text
            #expect(failed.contains(words + " The person has no link. Press “Mail again” when that is mended"))
            #expect(failed.contains("action=\"\(Self.path)/mail\"") && failed.contains("Show a new link"))
            let again = try await self.send(bob, to: Self.path + "/mail", by: ann)
            #expect(again.headers[.location] == Self.path + "?mailed")
            #expect(try await ann.get(Self.path).text.contains("The mail goes out in a moment."))
            try await console.change("UPDATE invitation_mails SET state = 'sent'")
            #expect(try await ann.get(Self.path).text.contains("The mail server took it on "))
        }
    }

    @Test(
        "M of a link that nobody has it is not said how long it works, but what an administrator does instead",
        arguments: [
            (InvitationDelivery.mail, "failed", "The person has no link. Press “Mail again” when that is mended"),
            (.link, "failed", "there is no mail server any more: press “New link” and send it yourself"),
            (.link, "waiting", "There is no mail server any more: press “New link” and send it yourself"),
        ]
    )
    func nobodyHasTheLink(_ delivery: InvitationDelivery, _ state: String, _ words: String) async throws {
        try await TestConsole.run(invitationDelivery: delivery) { console, client in
            let ann = try await console.person(client)
            let bob = ["email": "bob@company-a.example"]
            let made = try await self.send(bob.merging(["role": "LABELER"]) { $1 }, by: ann)
            if delivery == .mail {
                // The gateway makes the link when it writes the mail.
                let mails = InvitationMailStore(pool: console.database.pool)
                let due = try #require(try await mails.takeDue(now: console.clock.now))
                _ = try await mails.link(due, by: .random(), now: console.clock.now)
            } else {
                #expect(self.link(made) != nil)
                try await console.change(
                    """
                    INSERT INTO invitation_mails (workspace_id, user_id, mail_id, state, lifetime_seconds, changed_at)
                    SELECT workspace_id, user_id, gen_random_uuid(), 'waiting', 3600, now() FROM invitations
                    """
                )
            }
            try await console.change("UPDATE invitation_mails SET state = \(state), problem = 'Refused.'")
            let page = try await ann.get(Self.path).text
            #expect(page.contains(words))
            #expect(!page.contains("The link works until"))
            #expect(
                page.contains(
                    "<button class=\"button\" type=\"submit\">\(delivery == .mail ? "Show a new" : "New") link"
                )
            )
            let shown = try await self.send(bob, to: Self.path + "/renew", by: ann)
            #expect(self.link(shown) != nil)
            #expect(shown.text.contains("The link works until"))
        }
    }

    @Test("M where there is a mail server the link can be shown all the same, and is mailed to nobody then")
    func shownInsteadOfMailed() async throws {
        try await TestConsole.run(invitationDelivery: .mail) { console, client in
            let ann = try await console.person(client)
            let bob = ["email": "bob@company-a.example"]
            _ = try await self.send(bob.merging(["role": "LABELER"]) { $1 }, by: ann)
            let shown = try await self.send(bob, to: Self.path + "/renew", by: ann)
            #expect(self.link(shown) != nil)
            #expect(!shown.text.contains("The mail goes out in a moment."))
        }
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            let bob = ["email": "bob@company-a.example"]
            _ = try await self.send(bob.merging(["role": "LABELER"]) { $1 }, by: ann)
            #expect(try await self.send(bob, to: Self.path + "/mail", by: ann).status == .notFound)
        }
    }

    @Test(
        "D4 what is wrong stands at its field, and what was typed stays",
        arguments: [
            ("bob", "LABELER", "Enter an e-mail address"), ("", "LABELER", "Enter an e-mail address"),
            ("bob@elsewhere.example", "LABELER", "not a domain of this workspace"),
            ("ann@company-a.example", "LABELER", "a member already"),
            ("bob@company-a.example", "KING", "is not a role"),
            ("bob@company-a.example\r\nBcc: eve@company-a.example", "LABELER", "Enter an e-mail address"),
        ]
    )
    func mistakes(_ email: String, _ role: String, _ words: String) async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            let response = try await self.send(["email": email, "role": role], by: ann)
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains(words))
            #expect(response.text.contains("Nobody was invited."))
            #expect(response.text.contains("aria-invalid"))
            if !email.contains("\n") { #expect(response.text.contains("value=\"\(email)\"")) }
            let refusals = email.hasSuffix("elsewhere.example") ? [AuditEvent.Outcome.refused(.emailDomainRefused)] : []
            #expect(try await console.events(.memberInvited).map(\.outcome) == refusals)
        }
    }

    @Test("who invites somebody whom another one invited with another role is told so, and asked")
    func invitedOtherwise() async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            let bob = ["email": "bob@company-a.example"]
            _ = try await self.send(bob.merging(["role": "REVIEWER"]) { $1 }, by: ann)
            let hash = { try await console.database.inspection.query("SELECT token_hash FROM invitations").singleRow() }
            let before: [UInt8] = try await hash().value("token_hash")
            for shown in [[:], ["seen.email": "eve@company-a.example", "seen.role": "REVIEWER"]] {
                let asked = try await self.send(bob.merging(["role": "LABELER"]) { $1 }.merging(shown) { $1 }, by: ann)
                #expect(asked.status == .unprocessableContent)
                #expect(
                    asked.text.filter { $0 != "\n" }.contains("bob@company-a.example is invited already, as REVIEWER")
                )
                #expect(asked.text.contains("<option value=\"LABELER\" selected>"))
                #expect(asked.text.contains("name=\"seen.email\" value=\"bob@company-a.example\""))
                #expect(asked.text.contains("name=\"seen.role\" value=\"REVIEWER\""))
            }
            #expect(try await console.member("Bob", "role") == "REVIEWER")
            #expect(try await hash().value("token_hash", as: [UInt8].self) == before)
            let seen = ["seen.email": "bob@company-a.example", "seen.role": "REVIEWER", "role": "LABELER"]
            #expect(self.link(try await self.send(bob.merging(seen) { $1 }, by: ann)) != nil)
            #expect(try await console.member("Bob", "role") == "LABELER")
        }
    }

    @Test("A1 where the identity provider alone manages roles nobody chooses one")
    func managedRoles() async throws {
        try await TestConsole.run(management: MembershipManagement(roles: .identityProvider)) { console, client in
            let ann = try await console.person(client)
            let page = try await ann.get(Self.path).text
            #expect(!page.contains("name=\"role\""))
            #expect(page.contains("Your identity provider alone gives roles here"))
            let bob = ["email": "bob@company-a.example"]
            for role in ["REVIEWER", "ADMIN"] {
                let refused = try await self.send(bob.merging(["role": role]) { $1 }, by: ann)
                #expect(refused.status == .unprocessableContent)
                #expect(refused.text.contains("id=\"role-problem\""))
                #expect(refused.text.contains("Roles are managed by the identity provider"))
            }
            #expect(try await console.member("Bob", "state") == nil)
            #expect(self.link(try await self.send(bob, by: ann)) != nil)
            #expect(try await console.member("Bob", "role") == "LABELER")
        }
    }

    @Test("R5 where the roles attribute is wanted the page does not promise the role that is chosen")
    func wantedRoles() async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            let promise = "comes in with the role that you choose"
            #expect(try await ann.get(Self.path).text.contains(promise))
            try await console.change("UPDATE workspaces SET roles_first_seen_at = \(console.clock.now)")
            let page = try await ann.get(Self.path).text
            #expect(!page.contains(promise) && page.contains("does not come in while it names none"))
        }
    }

    @Test("D3 a guest is invited where guests are allowed")
    func guest() async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            try await console.change("UPDATE workspaces SET allow_guests = true")
            let made = try await self.send(["email": "gil@guest.example", "role": "LABELER"], by: ann)
            #expect(self.link(made) != nil)
        }
    }

    @Test("T6 nobody but administrators sees or changes invitations, a setup link's visitor neither")
    func access() async throws {
        try await TestConsole.run { console, client in
            let visitor = try await console.visitor(client)
            let member = try await console.person(client, email: "mel@company-a.example", role: "SUPERVISOR")
            let csrf = try await visitor.csrf()
            for browser in [visitor, member] {
                #expect(try await browser.get(Self.path).status == .notFound)
                for path in ["", "/renew", "/withdraw"] {
                    let fields = ["csrf": csrf, "email": "bob@company-a.example", "role": "LABELER"]
                    #expect(try await browser.post(Self.path + path, fields).status == .notFound)
                }
            }
            let ann = try await console.person(client)
            let forged = try await ann.post(Self.path, ["email": "bob@company-a.example", "role": "LABELER"])
            #expect(forged.code == "cross_site_refused")
            #expect(try await console.events(.memberInvited).isEmpty)
        }
    }

    @Test("As many invitations are open as may be")
    func limit() async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            try await console.change(
                """
                INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, invited_at,
                    created_at)
                SELECT \(console.scope.workspaceID.uuid), gen_random_uuid(), 'p' || n || '@company-a.example', 'p',
                    'INVITED', 'LABELER', 'invite', now(), now() FROM generate_series(1, 10000) n
                """
            )
            let bob = ["email": "bob@company-a.example", "role": "LABELER"]
            let refused = try await self.send(bob, by: ann)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("10000 people are invited and have not come in"))
            _ = try await self.send(["email": "p77@company-a.example"], to: Self.path + "/withdraw", by: ann)
            #expect(self.link(try await self.send(bob, by: ann)) != nil)
        }
    }

    @Test("A long list is searched by the beginning of an address")
    func search() async throws {
        try await TestConsole.run { console, client in
            let ann = try await console.person(client)
            try await console.change(
                """
                INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, invited_at,
                    created_at)
                SELECT \(console.scope.workspaceID.uuid), gen_random_uuid(), 'p' || n || '@company-a.example', 'p',
                    'INVITED', 'LABELER', 'invite', now(), now() FROM generate_series(1000, 1100) n
                """
            )
            let all = try await ann.get(Self.path)
            #expect(all.text.contains("p1099@") && !all.text.contains("p1100@"))
            let found = try await ann.get(Self.path + "?email=P1100")
            #expect(found.text.contains("p1100@") && !found.text.contains("p1099@"))
        }
    }
}
