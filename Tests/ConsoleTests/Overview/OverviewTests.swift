import Foundation
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The tiles of the overview")
struct OverviewTests {
    /// What the page says in the tile of a title: `<mood> <value>|<detail>`.
    private static func tile(_ title: String, _ browser: TestBrowser) async throws -> String {
        let page = try await browser.get(TestConsole.settings).text
        let tiles = page.split(separator: "<li class=\"tile card")
        let tile = try #require(tiles.first { $0.contains("<h2>\(title)</h2>") })
        let mood = tile.prefix { $0 != "\"" }.dropFirst()
        let value = try #require(tile.firstMatch(of: /tile-value">([^<]*)/)).1
        let detail = try #require(tile.firstMatch(of: /tile-detail">([^<]*)/)).1
        let words = detail.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "\(mood.isEmpty ? "plain" : mood) \(value)|\(words)"
    }

    private static func sign(_ console: TestConsole, _ codes: [String?]) async throws {
        for code in codes {
            try await console.change(
                """
                INSERT INTO sign_in_attempts (workspace_id, request_id, occurred_at, code)
                VALUES (\(console.scope.workspaceID.uuid), 'request0', \(console.clock.now), \(code))
                """
            )
        }
    }

    /// Pins certificates that end so many days from now, in place of those that there are.
    private static func pin(_ console: TestConsole, endingIn days: [Int]) async throws {
        let workspace = console.scope.workspaceID.uuid
        try await console.change("DELETE FROM identity_provider_certificates WHERE workspace_id = \(workspace)")
        for (position, days) in days.enumerated() {
            try await console.change(
                """
                INSERT INTO identity_provider_certificates (workspace_id, position, der, sha256_fingerprint, not_after)
                VALUES (\(workspace), \(position + 1), \([UInt8(position)]), \("AA:\(position)"),
                    \(console.clock.now.addingTimeInterval(Double(days) * 86_400 + 60)))
                """
            )
        }
    }

    private struct Run: Sendable, CustomTestStringConvertible {
        let codes: [String?]
        let tile: String

        var testDescription: String { self.tile }
    }

    private static let runs = [
        Run(codes: [], tile: "plain On|Nobody has come in lately. People sign in as company-a."),
        // Anybody can send an answer that reports a failure.
        Run(codes: ["status_not_success"], tile: "plain On|Nobody has come in lately. People sign in as company-a."),
        Run(
            codes: [nil, "status_not_success", "status_not_success", "status_not_success"],
            tile: "good On|The last one came in on 15 Jan 2027, 08:00 UTC."
        ),
        Run(
            codes: ["status_not_success", "seat_limit"],
            tile: "bad Nobody gets in|The only one who tried was refused."
        ),
        Run(codes: [nil], tile: "good On|The last one came in on 15 Jan 2027, 08:00 UTC."),
        Run(codes: ["not_registered", nil], tile: "good On|The last one came in on 15 Jan 2027, 08:00 UTC."),
        Run(codes: ["seat_limit"], tile: "bad Nobody gets in|The only one who tried was refused."),
        Run(codes: ["seat_limit", "xml_invalid"], tile: "bad Nobody gets in|All 2 who tried were refused."),
        Run(
            codes: [nil, "xml_invalid"],
            tile: "good On|The last one who tried was refused; before, somebody came in on 15 Jan 2027, 08:00 UTC."
        ),
        Run(
            codes: [nil, "xml_invalid", "xml_invalid", "xml_invalid"],
            tile: "warn On|The last 3 who tried were refused; before, somebody came in on 15 Jan 2027, 08:00 UTC."
        ),
    ]

    @Test(arguments: Self.runs)
    private func singleSignOnIsGreenOnlyWherePeopleGetIn(_ run: Run) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            try await console.enable(browser)
            try await Self.sign(console, run.codes)
            #expect(try await Self.tile("Single sign-on", browser) == run.tile)
            let page = try await browser.get(TestConsole.settings).text
            let leadsOn = page.contains("sign-in-log?show=refused\">See why</a>")
            #expect(leadsOn == run.tile.contains("refused"))
        }
    }

    @Test func aLongDomainBreaksBehindItsDots() async throws {
        let domain = "research.international-laboratories.company-a.example"
        try await TestConsole.run(domains: [domain]) { console, client in
            let page = try await console.person(client).get(TestConsole.settings).text
            let value = "research.<wbr>international-laboratories.<wbr>company-a.<wbr>example<wbr>"
            #expect(page.contains("<p class=\"tile-value long\">\(value)</p>"))
        }
        try await TestConsole.run { console, client in
            let page = try await console.person(client).get(TestConsole.settings).text
            #expect(page.contains("<p class=\"tile-value\">company-a.example<wbr></p>"))
        }
    }

    @Test func singleSignOnIsOffBeforeItIsSwitchedOn() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            #expect(try await Self.tile("Single sign-on", browser) == "warn Not set up|Nobody can sign in yet.")
            #expect(try await Self.tile("Certificate", browser) == "plain None|It comes with single sign-on.")
            try await console.configure(browser)
            #expect(try await Self.tile("Single sign-on", browser) == "warn Off|It is set up, and nobody can use it.")
        }
    }

    @Test func saysHowSomebodyBecomesAnAdministratorWhereNobodyIs() async throws {
        try await TestConsole.run { console, client in
            let visitor = try await console.visitor(client)
            let words = "Nobody is an administrator here yet."
            try await console.configure(visitor)
            #expect(try await !visitor.get(TestConsole.settings).text.contains(words))
            try await console.enable(visitor)
            let page = try await visitor.get(TestConsole.settings).text
            #expect(page.contains(words) && page.contains("portico member invite company-a EMAIL --role ADMIN"))
            #expect(page.contains("can send “company-a_ADMIN” in the attribute “roles”"))
            #expect(page.contains("From then on everybody needs a role there."))
            try await console.change("UPDATE workspaces SET roles_mode = 'off'")
            let without = try await visitor.get(TestConsole.settings).text
            #expect(without.contains(words) && !without.contains("company-a_ADMIN"))
            _ = try await console.person(client, email: "bob@company-a.example", role: "LABELER")
            #expect(try await visitor.get(TestConsole.settings).text.contains(words))
            _ = try await console.person(client)
            #expect(try await !visitor.get(TestConsole.settings).text.contains(words))
        }
    }

    private struct Ends: Sendable, CustomTestStringConvertible {
        let days: [Int]
        let title: String
        let tile: String

        var testDescription: String { self.tile }
    }

    private static let ends = [
        Ends(days: [365], title: "Certificate", tile: "good 365 days|Until 15 Jan 2028."),
        Ends(days: [1], title: "Certificate", tile: "warn 1 day|Until 16 Jan 2027."),
        Ends(
            days: [365, 5],
            title: "Certificates",
            tile: "warn 5 days|The first of 2 ends on 20 Jan 2027, the last on 15 Jan 2028."
        ),
        Ends(
            days: [-5, 365],
            title: "Certificates",
            tile: "warn 365 days|Until 15 Jan 2028. One has expired and still counts; take away what your provider no"
                + " longer signs with."
        ),
        Ends(
            days: [-5],
            title: "Certificate",
            tile: "bad Expired|On 10 Jan 2027. It still counts; ask for the next."
        ),
        Ends(
            days: [-5, -10],
            title: "Certificates",
            tile: "bad Expired|All 2, the last on 10 Jan 2027. They still count; ask for the next."
        ),
    ]

    @Test(arguments: Self.ends)
    private func certificatesTellOfTheFirstThatEndsAndOfThoseThatHaveEnded(_ ends: Ends) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            try await Self.pin(console, endingIn: ends.days)
            #expect(try await Self.tile(ends.title, browser) == ends.tile)
        }
    }

    @Test func aDomainWhoseRecordIsGoneIsNoGoodSign() async throws {
        try await TestConsole.run(domains: ["company-a.example", "company-z.example"]) { console, client in
            let browser = try await console.person(client)
            #expect(try await Self.tile("Domains", browser) == "good company-a.example|And 1 more.")
            let lapse: @Sendable (String) async throws -> Void = { domain in
                try await console.change(
                    "UPDATE domains SET lapsed_at = \(console.clock.now) WHERE domain = \(domain)"
                )
            }
            try await lapse("company-z.example")
            let one = "warn company-a.example|Addresses in it get in. The record of company-z.example is gone."
            #expect(try await Self.tile("Domains", browser) == one)
            try await lapse("company-a.example")
            #expect(try await Self.tile("Domains", browser).hasPrefix("bad company-"))
        }
        try await TestConsole.run(domains: []) { console, client in
            let browser = try await console.person(client)
            #expect(try await Self.tile("Domain", browser) == "warn None|Single sign-on needs one.")
        }
    }

    @Test func seatsAreBadWhenAllAreTaken() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            #expect(try await Self.tile("Seats", browser) == "plain 1|Taken; there is no limit.")
            try await console.change("UPDATE workspaces SET seats = 3")
            #expect(try await Self.tile("Seats", browser) == "plain 1 of 3|2 of them free.")
            try await console.change("UPDATE workspaces SET seats = 1")
            #expect(try await Self.tile("Seats", browser) == "bad 1 of 1|All are taken; nobody new gets in.")
        }
    }
}
