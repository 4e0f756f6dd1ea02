import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Ways in, and the owner, in the settings")
struct AccessPageTests {
    private static let path = "/.portico/settings/access"
    private static let new = ["passphrase": "another horse battery", "repetition": "another horse battery"]

    /// The owner, at a browser that came in with a passphrase a moment ago.
    private func owner(_ console: TestConsole, _ client: any TestClientProtocol) async throws -> TestBrowser {
        try await console.addOwner()
        try await console.setPassphrase(client)
        let browser = TestBrowser(client)
        let answer = try await browser.post(TestConsole.passphraseSignIn, TestConsole.passphraseForm)
        #expect(answer.status == .seeOther)
        return browser
    }

    /// Sends a form of the page.
    private func send(
        _ step: String,
        _ fields: [String: String] = [:],
        _ browser: TestBrowser
    ) async throws -> TestResponse {
        let csrf = try await browser.csrf(Self.path)
        return try await browser.post(Self.path + step, fields.merging(["csrf": csrf]) { $1 })
    }

    /// Whether the page confirms something.
    private func says(_ query: String, _ words: String, _ browser: TestBrowser) async throws -> Bool {
        let page = try await browser.get(Self.path + query).text
        let notice = page.firstMatch(of: /(?s)<p class="notice good" role="status">.*?<\/p>/)
        return notice?.0.contains(words) ?? false
    }

    @Test(
        "what it says of single sign-on alone is so, whatever is switched on",
        arguments: [
            (true, LocalSignInMode.owner, "Enforced", "The owner may also sign in with a passphrase"),
            (true, .members, "Not enforced", "with a passphrase whoever was given a link"),
            (true, .off, "Enforced", "Everybody comes in by single sign-on alone"),
            (false, .owner, "Single sign-on is off", "Nobody but the owner comes in"),
            (false, .members, "Single sign-on is off", "Whoever was given a link comes in with a passphrase"),
            (false, .off, "Single sign-on is off", "Nobody comes in"),
        ]
    )
    func standing(_ isOn: Bool, _ mode: LocalSignInMode, _ badge: String, _ words: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client, isOwner: true)
            if isOn {
                try await console.configure(browser)
                try await console.enable(browser)
            }
            try await console.change("UPDATE workspaces SET local_sign_in = \(mode.rawValue)")
            let page = try await browser.get(Self.path).text
            let part = try #require(page.firstMatch(of: /(?s)Single sign-on alone<\/h2>.*?<\/section>/)).0
            #expect(part.contains(">\(badge)</span>") && part.contains(words))
            #expect(part.contains("badge good") == (badge == "Enforced"))
            // Whoever made the link.
            let isSaid = try await self.says("?done=enforced", "Members come in by single sign-on alone.", browser)
            #expect(isSaid == (badge == "Enforced"))
        }
    }

    @Test("A5 single sign-on is enforced where a test sign-in has shown that it works, and the owner keeps a way in")
    func enforces() async throws {
        try await TestConsole.run { console, client in
            let browser = try await self.owner(console, client)
            #expect(try await !browser.get(Self.path).text.contains("Enforce single sign-on"))
            try await console.workspaces.administer(console.scope, actor: .operator, now: console.clock.now) {
                try $0.change(WorkspaceChange(localSignIn: .members), catalogue: .standard)
            }
            #expect(try await browser.get(Self.path).text.contains("Enforce single sign-on"))
            #expect(try await !self.says("?done=enforced", "single sign-on alone", browser))
            let notSetUp = try await self.send("/enforce", [:], browser)
            #expect(notSetUp.status == .unprocessableContent)
            #expect(notSetUp.text.contains("Single sign-on is not switched on"))
            try await console.configure(browser)
            try await console.enable(browser)
            let untested = try await self.send("/enforce", [:], browser)
            #expect(untested.status == .unprocessableContent)
            #expect(untested.text.contains("No test sign-in of the settings in force has succeeded"))
            #expect(try await console.configured().workspace.localSignIn == .members)

            try await console.change("UPDATE single_sign_on_versions SET passed_at = \(console.clock.now)")
            #expect(try await self.send("/enforce", [:], browser).headers[.location] == Self.path + "?done=enforced")
            #expect(try await self.says("?done=enforced", "Members come in by single sign-on alone.", browser))
            #expect(try await console.configured().workspace.localSignIn == .owner)
            let event = try #require(try await console.events(.workspaceChanged).last)
            #expect(event.detail["local_sign_in"] == "owner" && event.actor.kind == "member")
            #expect(try await browser.get(Self.path).text.contains("Enforced"))
            // What is enforced already is left alone.
            #expect(try await self.send("/enforce", [:], browser).status == .seeOther)
            #expect(try await console.events(.workspaceChanged).last == event)
        }
    }

    @Test func everyStepWantsAFreshSignIn() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client, isOwner: true)
            let page = try await browser.get(Self.path)
            #expect(page.status == .ok)
            #expect(page.text.contains("Confirm who you are"))
            #expect(!page.text.contains("<form"))
            let token = CSRFToken(of: try #require(browser.cookie("__Host-portico_session"))).text
            for step in [
                "/passphrase", "/passphrase/remove", "/authenticator", "/authenticator/remove", "/owner", "/enforce",
            ] {
                let answer = try await browser.post(Self.path + step, Self.new.merging(["csrf": token]) { $1 })
                #expect(answer.status == .seeOther)
                let back = "rd=/.portico/settings/access&company_id=company-a&confirm=on"
                #expect(answer.headers[.location] == "/.portico/sign-in?" + back)
            }
            #expect(try await console.events(.passphraseSet).isEmpty)

            try await console.change("UPDATE sessions SET confirmed_at = \(console.clock.now)")
            console.clock.advance(by: 599)
            #expect(try await !self.says("?done=passphrase-set", "You have a passphrase.", browser))
            let set = try await self.send("/passphrase", Self.new, browser)
            #expect(set.headers[.location] == Self.path + "?done=passphrase-set")
            #expect(try await self.says("?done=passphrase-set", "You have a passphrase.", browser))
            // A link that anybody may have made says nothing that is not so.
            #expect(try await !self.says("?done=passphrase-removed", "You have no passphrase.", browser))
            #expect(try await console.events(.passphraseSet).map(\.email) == ["ann@company-a.example"])
            console.clock.advance(by: 1)
            #expect(try await browser.get(Self.path).text.contains("Confirm who you are"))
        }
    }

    @Test func whoCameWithAPassphraseTypesItAgain() async throws {
        try await TestConsole.run { console, client in
            let browser = try await self.owner(console, client)
            #expect(!(try await browser.get(Self.path).text.contains("Confirm who you are")))
            console.clock.advance(by: 600)
            let link = "/.portico/sign-in/passphrase?rd=/.portico/settings/access&amp;company_id=company-a"
            #expect(try await browser.get(Self.path).text.contains(link))
        }
    }

    @Test func anotherPassphraseEndsTheOtherSessions() async throws {
        try await TestConsole.run { console, client in
            let browser = try await self.owner(console, client)
            let other = TestBrowser(client)
            _ = try await other.post(TestConsole.passphraseSignIn, TestConsole.passphraseForm)
            let short = try await self.send("/passphrase", ["passphrase": "short", "repetition": "short"], browser)
            #expect(short.status == .unprocessableContent)
            #expect(short.text.contains("at least 15 characters"))
            #expect(try await self.send("/passphrase", Self.new, browser).status == .seeOther)
            #expect(try await browser.get(Self.path).status == .ok)
            #expect(try await other.get(Self.path).status == .seeOther)
            let old = try await TestBrowser(client).post(TestConsole.passphraseSignIn, TestConsole.passphraseForm)
            #expect(old.status == .forbidden)
            try await console.configure(browser)
            try await console.enable(browser)
            #expect(try await self.send("/passphrase/remove", [:], browser).status == .seeOther)
            #expect(try await browser.get(Self.path).status == .seeOther)
        }
    }

    @Test("A5 the last passphrase stays while single sign-on is off")
    func keepsTheLastWayIn() async throws {
        try await TestConsole.run { console, client in
            let browser = try await self.owner(console, client)
            _ = try await console.person(client, email: "bob@company-a.example")
            _ = try await console.person(client, email: "cleo@company-a.example", role: "LABELER")
            try await console.change("UPDATE workspaces SET local_sign_in = 'members'")
            // A passphrase that opens no settings is no way in for the workspace.
            try await console.setPassphrase(client, for: "cleo@company-a.example")
            let refused = try await self.send("/passphrase/remove", [:], browser)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("Single sign-on is off, and no other administrator has a passphrase"))
            #expect(try await console.events(.passphraseRemoved).isEmpty)
            #expect(try await browser.get(Self.path).status == .ok)

            try await console.setPassphrase(client, for: "bob@company-a.example")
            try await console.change("UPDATE workspaces SET local_sign_in = 'owner'")
            #expect(try await self.send("/passphrase/remove", [:], browser).status == .unprocessableContent)
            try await console.change("UPDATE workspaces SET local_sign_in = 'members'")
            #expect(try await self.send("/passphrase/remove", [:], browser).status == .seeOther)
            #expect(try await console.events(.passphraseRemoved).map(\.actor.kind) == ["member"])
            #expect(try await browser.get(Self.path).status == .seeOther)
        }
    }

    @Test("RFC 6238 with an authenticator app a code is wanted, each once, and the operator's link begins anew")
    func codes() async throws {
        try await TestConsole.run { console, client in
            let browser = try await self.owner(console, client)
            let page = try await browser.get(Self.path).text
            let key = try #require(page.firstMatch(of: /name="secret" value="([A-Z2-7]{32})"/)).1
            let secret = try #require(OneTimeCodeSecret(base32: String(key)))
            let wrong = try await self.send("/authenticator", ["secret": String(key), "code": "1"], browser)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains(key))
            let code = { secret.code(step: OneTimeCodeSecret.step(at: console.clock.now)) }
            let set = try await self.send("/authenticator", ["secret": String(key), "code": code()], browser)
            #expect(set.headers[.location] == Self.path + "?done=authenticator-set")
            #expect(try await self.says("?done=authenticator-set", "The authenticator app is asked for", browser))
            #expect(try await !self.says("?done=authenticator-removed", "No authenticator app is asked for.", browser))
            let kept = try await console.database.inspection.query("SELECT c::text AS text FROM local_credentials c")
            #expect(!(try kept.singleRow().value("text", as: String.self).contains(key)))

            let signIn = { (code: String) in
                let form = TestConsole.passphraseForm.merging(["code": code]) { $1 }
                return try await TestBrowser(client).post(TestConsole.passphraseSignIn, form).status
            }
            #expect(try await signIn("") == .forbidden)
            #expect(try await signIn(code()) == .forbidden)
            console.clock.advance(by: 30)
            #expect(try await signIn(code()) == .seeOther)
            #expect(try await signIn(code()) == .forbidden)
            let reasons = try await console.events(.localSignIn).compactMap { $0.detail["reason"] }
            #expect(reasons.sorted() == ["code_used", "code_used", "code_wrong"])

            let removed = try await self.send("/authenticator/remove", [:], browser)
            #expect(removed.headers[.location] == Self.path + "?done=authenticator-removed")
            #expect(try await self.says("?done=authenticator-removed", "No authenticator app is asked for.", browser))
            try await console.setPassphrase(client)
            #expect(try await signIn("") == .seeOther)
        }
    }

    @Test("rulings 27 the owner gives the ownership to an administrator, and keeps no passphrase")
    func transfer() async throws {
        try await TestConsole.run { console, client in
            let browser = try await self.owner(console, client)
            let bob = try await console.person(client, email: "bob@company-a.example")
            _ = try await console.person(client, email: "cleo@company-a.example", role: "LABELER")
            let page = try await browser.get(Self.path).text
            #expect(!page.contains("cleo@company-a.example"))
            // What goes with the ownership is said before.
            #expect(page.contains("Your passphrase goes with the ownership") && page.contains("so this session ends"))
            #expect(page.contains("Single sign-on is off: switch it on first"))
            try await console.change("UPDATE workspaces SET local_sign_in = 'members'")
            #expect(try await !browser.get(Self.path).text.contains("Your passphrase goes with"))
            try await console.change("UPDATE workspaces SET local_sign_in = 'owner'")
            let refused = try await self.send("/owner", ["email": "cleo@company-a.example"], browser)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("Only an active administrator"))
            let stranding = try await self.send("/owner", ["email": "bob@company-a.example"], browser)
            #expect(stranding.status == .unprocessableContent && stranding.text.contains("id=\"email-problem\""))
            #expect(stranding.text.contains("bob@company-a.example has none, so nobody could get in any more."))
            #expect(try await console.membership().isOwner)
            // There is nothing to enforce, or to confirm, where single sign-on is off.
            #expect(try await !self.says("?done=enforced", "single sign-on alone", browser))
            #expect(try await !self.says("?done=transferred", "owner", browser))
            try await console.configure(browser)
            try await console.enable(browser)
            let unshown = try await self.send("/owner", ["email": "bob@company-a.example"], browser)
            #expect(unshown.status == .unprocessableContent && unshown.text.contains("id=\"email-problem\""))
            #expect(unshown.text.contains("Sign in by single sign-on first, which shows that it works, then transfer."))
            #expect(try await console.membership().isOwner)
            try await console.change("UPDATE workspaces SET local_sign_in = 'members'")
            try await console.setPassphrase(client, for: "bob@company-a.example")
            try await console.change("UPDATE workspaces SET local_sign_in = 'owner'")
            let answer = try await self.send("/owner", ["email": "bob@company-a.example"], browser)
            #expect(answer.headers[.location] == Self.path + "?done=transferred")
            #expect(try await console.membership("bob@company-a.example").isOwner)
            #expect(try await !console.membership().isOwner)
            #expect(try await console.membership().role == Role("ADMIN"))
            let events = try await console.events(.ownershipTransferred)
            #expect(events.map(\.actor.kind) == ["member", "member"])
            #expect(events.map(\.outcome) == [.refused(.roleNotAllowed), .done])
            #expect(events.first?.detail == ["reason": "not_an_active_admin"])
            // The passphrase was the owner's.
            #expect(try await browser.get(Self.path).status == .seeOther)
            #expect(try await bob.get(Self.path).text.contains("bob@company-a.example</strong> (you)"))
            // It is said of the present, to whomever it is so for.
            let dora = try await console.person(client, email: "dora@company-a.example")
            #expect(try await self.says("?done=transferred", "You are not the owner; bob@company-a.example is.", dora))
            #expect(try await !self.says("?done=transferred", "owner", bob))
            try await console.change("UPDATE memberships SET is_owner = false")
            #expect(try await !self.says("?done=transferred", "owner", dora))
            #expect(try await dora.get(Self.path).text.contains("portico member transfer-ownership company-a EMAIL"))
        }
    }

    @Test func aSetupLinkDoesNotOpenIt() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.visitor(client)
            #expect(try await browser.get(Self.path).status == .notFound)
            #expect(!(try await browser.get(TestConsole.settings).text.contains("settings/access")))
        }
    }
}
