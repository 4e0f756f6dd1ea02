import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Links that set a passphrase")
struct PassphraseLinkTests {
    private let fields = ["passphrase": TestConsole.passphrase, "repetition": TestConsole.passphrase]

    @Test func setsItOnce() async throws {
        try await TestConsole.run { console, client in
            try await console.addOwner()
            let path = try await console.passphraseLink()
            let page = try await TestBrowser(client).get(path)
            #expect(page.status == .ok)
            #expect(page.text.contains("ann@company-a.example"))
            #expect(try await TestBrowser(client).post(path, self.fields).text.contains("Your passphrase is set"))
            #expect(try await TestBrowser(client).post(path, self.fields).code == "passphrase_link_used")
            #expect(try await TestBrowser(client).get(path).code == "passphrase_link_used")
            #expect(try await console.events(.passphraseLinkCreated).map(\.actor) == [.operator])
            #expect(try await console.events(.passphraseSet).map(\.actor) == [.setup])
            let kept = try await console.database.inspection.query(
                """
                SELECT (SELECT string_agg(e::text, '') FROM audit_events e)
                    || (SELECT string_agg(c::text, '') FROM local_credentials c) AS text
                """
            )
            let text: String = try kept.singleRow().value("text")
            #expect(!text.contains(TestConsole.passphrase))
            #expect(!text.contains(path.suffix(43)))
        }
    }

    @Test func keepsTheLinkWhereThePassphraseIsNoGood() async throws {
        try await TestConsole.run { console, client in
            try await console.addOwner()
            let path = try await console.passphraseLink()
            let browser = TestBrowser(client)
            let short = try await browser.post(path, ["passphrase": "short", "repetition": "short"])
            #expect(short.status == .unprocessableContent)
            #expect(short.text.contains("at least 15 characters"))
            let different = try await browser.post(path, self.fields.merging(["repetition": "x"]) { $1 })
            #expect(different.status == .unprocessableContent)
            #expect(different.text.contains("do not agree"))
            #expect(!different.text.contains(TestConsole.passphrase))
            #expect(try await browser.post(path, self.fields, site: "cross-site").code == "cross_site_refused")
            #expect(try await browser.post(path, self.fields).status == .ok)
        }
    }

    @Test func setsNothingOnceItsTimeIsOver() async throws {
        try await TestConsole.run { console, client in
            try await console.addOwner()
            let path = try await console.passphraseLink()
            console.clock.advance(by: 600)
            #expect(try await TestBrowser(client).get(path).code == "passphrase_link_used")
            #expect(try await TestBrowser(client).post(path, self.fields).code == "passphrase_link_used")
        }
    }

    @Test func isTakenBackByANewerOneAndByTheModeOfTheWorkspace() async throws {
        try await TestConsole.run { console, client in
            try await console.addOwner()
            let old = try await console.passphraseLink()
            let new = try await console.passphraseLink()
            #expect(try await TestBrowser(client).get(old).code == "passphrase_link_used")
            #expect(try await TestBrowser(client).get(new).status == .ok)
            try await console.workspaces.administer(console.scope, actor: .operator, now: console.clock.now) {
                try $0.change(WorkspaceChange(localSignIn: .off), catalogue: .standard, enforcing: .operatorsWord)
            }
            #expect(try await TestBrowser(client).get(new).code == "passphrase_link_used")
        }
    }
}
