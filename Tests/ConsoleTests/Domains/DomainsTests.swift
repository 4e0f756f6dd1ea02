import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The page of domains")
struct DomainsTests {
    private static let path = "/.portico/settings/domains"

    private func post(_ browser: TestBrowser, _ domain: String, _ action: String = "") async throws -> TestResponse {
        try await browser.post(Self.path + action, ["csrf": try await browser.csrf(Self.path), "domain": domain])
    }

    /// The name and the text of the record that a page shows.
    private func record(_ browser: TestBrowser) async throws -> (name: String, text: String) {
        let page = try await browser.get(Self.path).text
        let values = page.matches(of: /readonly value="([^"]+)"/).map { String($0.1) }
        return (try #require(values.first), try #require(values.last))
    }

    @Test(arguments: [true, false])
    func claimsADomainByItsRecord(_ isSetup: Bool) async throws {
        try await TestConsole.run(domains: []) { console, client in
            let browser = isSetup ? try await console.visitor(client) : try await console.person(client)
            let added = try await self.post(browser, " Company-A.example ")
            #expect(added.headers[.location] == Self.path + "?added=company%2Da%2Eexample")
            let record = try await self.record(browser)
            #expect(record.name == "_portico-challenge.company-a.example")
            #expect(record.text.hasPrefix("portico-domain-verification="))

            #expect(try await self.post(browser, "company-a.example", "/verify").status == .seeOther)
            let waiting = try await browser.get(Self.path + "?looked=company-a.example").text
            #expect(waiting.contains("In progress") && waiting.contains("has no TXT record"))
            #expect(try await console.configured().domains.isEmpty)

            console.zone.publish(record.text, at: record.name)
            _ = try await self.post(browser, "company-a.example", "/verify")
            #expect(try await browser.get(Self.path).text.contains("<span class=\"badge good\">Claimed</span>"))
            #expect(try await console.configured().domains.map(\.value) == ["company-a.example"])
            let actor = try await console.events(.domainClaimed).first?.actor.kind
            #expect(actor == (isSetup ? "setup" : "member"))
        }
    }

    @Test(
        "a link that anybody may have made puts no domain into the mouth of the page",
        arguments: ["added", "looked", "removed"]
    )
    func namesNoDomainOfALink(_ notice: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let page = try await browser.get(Self.path + "?\(notice)=evil.example").text
            #expect(page.contains("company-a.example") && !page.contains("evil.example"))
        }
    }

    @Test("D5 a domain that has lapsed and has no record to look for says so, and how to claim it again")
    func lapsedWithoutARecord() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.change("UPDATE domains SET lapsed_at = now()")
            let page = try await browser.get(Self.path).text
            #expect(page.contains("The record has been away for a week.") && page.contains("Claim it again"))
            #expect(!page.contains("within 24 hours"))
        }
    }

    @Test func looksTenTimesAndThenOnceInTenSeconds() async throws {
        try await TestConsole.run(domains: []) { console, client in
            let browser = try await console.person(client)
            _ = try await self.post(browser, "company-a.example")
            for _ in 0..<10 {
                #expect(try await self.post(browser, "company-a.example", "/verify").status == .seeOther)
            }
            let refused = try await self.post(browser, "company-a.example", "/verify")
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "10")
        }
    }

    @Test func whatOneAdministratorSendsKeepsNoOtherOut() async throws {
        try await TestConsole.run(domains: []) { console, client in
            let eager = try await console.person(client)
            let other = try await console.person(client, email: "bob@company-a.example")
            let form = ["csrf": try await eager.csrf(Self.path), "domain": "-"]
            for _ in 0..<200 { _ = try await eager.post(Self.path, form) }
            #expect(try await eager.post(Self.path, form).status == .tooManyRequests)
            #expect(try await self.post(other, "company-a.example").status == .seeOther)
        }
    }

    @Test func staysInProgressAndSaysSoWhereTheServersAreSilent() async throws {
        try await TestConsole.run(domains: []) { console, client in
            let browser = try await console.person(client)
            _ = try await self.post(browser, "company-a.example")
            console.zone.fallSilent()
            _ = try await self.post(browser, "company-a.example", "/verify")
            let page = try await browser.get(Self.path).text
            #expect(page.contains("<span class=\"badge warn\">In progress</span>"))
            #expect(page.contains("At the last look: no name server answered."))
        }
    }

    @Test func givesANewRecordOnceTheDayIsOver() async throws {
        try await TestConsole.run(domains: []) { console, client in
            let browser = try await console.person(client)
            _ = try await self.post(browser, "company-a.example")
            let first = try await self.record(browser)
            let setup = try await console.visitor(client)
            console.clock.advance(by: 3000)
            #expect(try await self.post(setup, "company-a.example").status == .seeOther)
            #expect(try await self.record(setup).text == first.text)
            try await console.change("UPDATE domain_claims SET requested_at = requested_at - interval '1 day'")
            _ = try await self.post(setup, "company-a.example", "/verify")
            let failed = try await setup.get(Self.path).text
            #expect(failed.contains("<span class=\"badge bad\">Failed</span>") && failed.contains("Claim it again"))
            _ = try await self.post(setup, "company-a.example")
            #expect(try await self.record(setup).text != first.text)
        }
    }

    @Test(arguments: [
        ("gmail.com", "public mail provider"), ("co.uk", "public suffix"), ("not a domain", "is not a domain"),
        ("", "is not a domain"), ("company-a.example", "claimed by this workspace already"),
    ])
    func saysAtTheFieldWhyNotAndKeepsWhatWasTyped(_ domain: String, _ words: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let refused = try await self.post(browser, domain)
            #expect(refused.status == .unprocessableContent)
            let problem = try #require(refused.text.components(separatedBy: "id=\"domain-problem\"").dropFirst().first)
            #expect(problem.prefix(600).contains(words))
            #expect(refused.text.contains("name=\"domain\" value=\"\(domain)\""))
            #expect(try await console.events(.domainClaimRequested).isEmpty)
        }
    }

    @Test func givesADomainUp() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            #expect(try await browser.get(Self.path).text.contains("By the word of whoever runs Portico."))
            let back = "/.portico/sign-in?rd=/.portico/settings/domains&company_id=company-a&confirm=on"
            #expect(try await self.post(browser, "company-a.example", "/remove").headers[.location] == back)
            #expect(try await browser.get(Self.path).text.contains("Confirm who you are"))
            #expect(try await console.configured().domains.count == 1)
            // A claim that waits for its record keeps nobody out.
            _ = try await self.post(browser, "new.company-a.example")
            let waiting = try await self.post(browser, "new.company-a.example", "/remove")
            #expect(waiting.headers[.location] == Self.path + "?removed")

            try await console.change("UPDATE sessions SET confirmed_at = \(console.clock.now)")
            #expect(try await !browser.get(Self.path).text.contains("Confirm who you are"))
            let removed = try await self.post(browser, "company-a.example", "/remove")
            #expect(removed.headers[.location] == Self.path + "?removed")
            #expect(try await console.configured().domains.isEmpty)
            #expect(try await console.events(.domainRemoved).map(\.actor.kind) == ["member", "member"])
            #expect(try await self.post(browser, "company-a.example", "/remove").status == .notFound)
        }
    }

    @Test("T5 the last domain is not given up while single sign-on is on")
    func keepsTheLastDomain() async throws {
        try await TestConsole.run(domains: ["company-a.example", "company-z.example"]) { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            try await console.enable(browser)
            try await console.change("UPDATE sessions SET confirmed_at = \(console.clock.now)")
            #expect(try await !browser.get(Self.path).text.contains("is the last domain"))
            // A claim that waits for its record is no domain.
            _ = try await self.post(browser, "new.company-a.example")
            let removed = try await self.post(browser, "company-z.example", "/remove")
            #expect(removed.headers[.location] == Self.path + "?removed")
            let words = "company-a.example is the last domain"
            let page = try await browser.get(Self.path).text
            #expect(page.contains(words) && !page.contains(">Give company-a.example up</button>"))
            // Whoever had the page open before is told.
            let refused = try await self.post(browser, "company-a.example", "/remove")
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("Nothing was given up.") && refused.text.contains(words))
            #expect(try await console.configured().domains.map(\.value) == ["company-a.example"])
            #expect(try await console.events(.domainRemoved).count == 1)
            let waiting = try await self.post(browser, "new.company-a.example", "/remove")
            #expect(waiting.status == .seeOther)
            // By a domain whose record is gone members still come in.
            try await console.change("UPDATE domains SET lapsed_at = now()")
            #expect(try await self.post(browser, "company-a.example", "/remove").status == .unprocessableContent)
            try await console.change("UPDATE identity_providers SET enabled = false")
            #expect(try await self.post(browser, "company-a.example", "/remove").status == .seeOther)
        }
    }

    @Test("A3 no domain is given up by which the owner, whoever asks or the last administrator comes in")
    func keepsTheDomainsOfAdministrators() async throws {
        try await TestConsole.run(domains: ["company-a.example", "company-z.example"]) { console, client in
            let ann = try await console.person(client)
            try await console.configure(ann)
            try await console.enable(ann)
            // Told before Ann is asked to confirm who she is.
            try await console.change("UPDATE sessions SET confirmed_at = NULL")
            #expect(try await self.post(ann, "company-a.example", "/remove").status == .unprocessableContent)
            try await console.confirmEverybody()
            let own = try await self.post(ann, "company-a.example", "/remove")
            #expect(own.status == .unprocessableContent)
            #expect(own.text.contains("ann@company-a.example is your own address: without company-a.example"))
            #expect(try await console.configured().domains.count == 2)

            let zoe = try await console.person(client, email: "zoe@company-z.example")
            try await console.confirmEverybody()
            try await console.change("UPDATE memberships SET is_owner = (email = 'ann@company-a.example')")
            let owners = try await self.post(zoe, "company-a.example", "/remove")
            #expect(owners.status == .unprocessableContent)
            #expect(owners.text.contains("ann@company-a.example owns the workspace: without company-a.example"))
            #expect(try await console.events(.domainRemoved).isEmpty)

            try await console.change("UPDATE memberships SET is_owner = false")
            #expect(try await self.post(zoe, "company-a.example", "/remove").status == .seeOther)
            #expect(try await console.configured().domains.map(\.value) == ["company-z.example"])
        }
    }

    @Test func touchesNothingOfAnotherWorkspace() async throws {
        try await TestConsole.run(domains: []) { console, client in
            let other = try await TestConsole.addWorkspace(
                "company-b",
                domains: ["company-b.example"],
                console.database,
                now: console.clock.now
            )
            let browser = try await console.person(client)
            #expect(try await !browser.get(Self.path).text.contains("company-b"))
            for action in ["/verify", "/remove"] {
                #expect(try await self.post(browser, "company-b.example", action).status == .notFound)
            }
            #expect(try await console.workspaces.domains(other).count == 1)
        }
    }
}
