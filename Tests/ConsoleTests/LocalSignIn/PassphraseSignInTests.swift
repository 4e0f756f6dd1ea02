import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Signing in with a passphrase")
struct PassphraseSignInTests {
    private let cookie = "__Host-portico_session"

    @Test("A5, rulings 26 the owner comes in to the settings without the identity provider, and it is told")
    func owner() async throws {
        try await TestConsole.run { console, client in
            try await console.addOwner()
            try await console.setPassphrase(client)
            let browser = TestBrowser(client)
            let answer = try await browser.post(TestConsole.passphraseSignIn, TestConsole.passphraseForm)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == TestConsole.settings)
            let overview = try await browser.get(TestConsole.settings)
            #expect(overview.status == .ok)
            #expect(overview.text.contains("signed in with a passphrase"))
            let events = try await console.events(.localSignIn)
            #expect(events.map(\.outcome) == [.done])
            #expect(events.map(\.email) == ["ann@company-a.example"])
        }
    }

    @Test("S1 the session ends after a quarter of an hour without a request, and after an hour in any case")
    func shortSession() async throws {
        try await TestConsole.run { console, client in
            try await console.addOwner()
            try await console.setPassphrase(client)
            let browser = TestBrowser(client)
            _ = try await browser.post(TestConsole.passphraseSignIn, TestConsole.passphraseForm)
            for _ in 0..<5 {
                console.clock.advance(by: 700)
                #expect(try await browser.get(TestConsole.settings).status == .ok)
            }
            console.clock.advance(by: 100)
            #expect(try await browser.get(TestConsole.settings).status == .seeOther)

            _ = try await browser.post(TestConsole.passphraseSignIn, TestConsole.passphraseForm)
            console.clock.advance(by: 900)
            #expect(try await browser.get(TestConsole.settings).status == .seeOther)
        }
    }

    @Test("whatever is wrong, the answer is the same; the log says what", arguments: PassphraseSignInDefect.all)
    func refused(_ defect: PassphraseSignInDefect) async throws {
        try await TestConsole.run { console, client in
            try await console.addOwner()
            try await console.setPassphrase(client)
            try await defect.prepare(console)
            let browser = TestBrowser(client)
            let fields = TestConsole.passphraseForm.merging(defect.fields) { $1 }
            let answer = try await browser.post(TestConsole.passphraseSignIn, fields)
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("That did not let you in"))
            #expect(answer.headers[.setCookie] == nil)
            #expect(!answer.text.contains(TestConsole.passphrase))
            let events = try await console.events(.localSignIn)
            #expect(events.map { $0.detail["reason"] } == (defect.reason.map { [$0] } ?? []))
            let operators = try await console.database.inspection.query(
                "SELECT 1 FROM operator_audit_events WHERE action = 'local_sign_in'"
            )
            #expect(operators.rows.count == (defect.reason == nil ? 1 : 0))

            // The pages differ in what was typed and in nothing else.
            let wrong = TestConsole.passphraseForm.merging(["passphrase": "something else"]) { $1 }
            let other = try await TestBrowser(client).post(TestConsole.passphraseSignIn, wrong)
            let typed = /value="[^"]*"/
            #expect(answer.text.replacing(typed, with: "") == other.text.replacing(typed, with: ""))
        }
    }

    @Test(arguments: [
        (["company_id": ""], "Enter your Company ID."), (["company_id": "a b"], "no spaces"),
        (["email": "ann"], "whole e-mail address"), (["passphrase": ""], "Enter your passphrase."),
    ])
    func saysAtTheFieldWhatIsMissing(_ fields: [String: String], _ words: String) async throws {
        try await TestConsole.run { console, client in
            let form = TestConsole.passphraseForm.merging(fields) { $1 }
            let answer = try await TestBrowser(client).post(TestConsole.passphraseSignIn, form)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(words))
            #expect(try await console.events(.localSignIn).isEmpty)
        }
    }

    @Test func takesNoFormOfAnotherSite() async throws {
        try await TestConsole.run { console, client in
            try await console.addOwner()
            try await console.setPassphrase(client)
            let answer = try await TestBrowser(client)
                .post(TestConsole.passphraseSignIn, TestConsole.passphraseForm, site: "cross-site")
            #expect(answer.code == "cross_site_refused")
        }
    }

    @Test func slowsDownWhoeverGuesses() async throws {
        try await TestConsole.run { console, client in
            try await console.addOwner()
            try await console.setPassphrase(client)
            let wrong = TestConsole.passphraseForm.merging(["passphrase": "something else"]) { $1 }
            var statuses: [HTTPResponse.Status] = []
            for _ in 0..<21 {
                statuses.append(try await TestBrowser(client).post(TestConsole.passphraseSignIn, wrong).status)
            }
            #expect(statuses.first == .forbidden)
            #expect(statuses.last == .tooManyRequests)
            let right = try await TestBrowser(client).post(TestConsole.passphraseSignIn, TestConsole.passphraseForm)
            #expect(right.status == .tooManyRequests)
            console.clock.advance(by: 60)
            let later = try await TestBrowser(client).post(TestConsole.passphraseSignIn, TestConsole.passphraseForm)
            #expect(later.status == .seeOther)
        }
    }

    @Test func goesBackToWhereThePersonWas() async throws {
        try await TestConsole.run { console, client in
            try await console.addOwner()
            try await console.setPassphrase(client)
            let form = TestConsole.passphraseForm.merging(["rd": "/projects?id=1"]) { $1 }
            let answer = try await TestBrowser(client).post(TestConsole.passphraseSignIn, form)
            #expect(answer.headers[.location] == "/projects?id=1")
            let page = try await TestBrowser(client)
                .get(TestConsole.passphraseSignIn + "?rd=%2F%2Fevil.example&company_id=x")
            #expect(page.text.contains("name=\"rd\" value=\"/\""))
        }
    }
}
