import Testing
import Workspaces

@Suite("domain claim")
struct DomainClaimRuleTests {
    @Test(
        "D2 accepted",
        arguments: [
            ("company-a.example", "company-a.example"), (" Company-A.Example\n", "company-a.example"),
            ("eu.company-a.example", "eu.company-a.example"), ("bücher.example", "xn--bcher-kva.example"),
            ("company.co.uk", "company.co.uk"), ("company.uk", "company.uk"), ("co.example", "co.example"),
        ]
    )
    func accepted(_ text: String, _ value: String) throws {
        #expect(try DomainClaimRule.check(text, claimed: []).value == value)
    }

    @Test(
        "D2 malformed",
        arguments: ["", "com", "ann@company.example", "https://company.example", "*.company.example"]
    )
    func malformed(_ text: String) {
        #expect(throws: DomainClaimRule.Refusal.malformed(text)) { try DomainClaimRule.check(text, claimed: []) }
    }

    @Test("D2 public suffixes", arguments: ["co.uk", "com.au", "OR.JP", "github.io", "ac.at", "vercel.app"])
    func publicSuffix(_ text: String) throws {
        let domain = try #require(EmailDomain(text))
        #expect(throws: DomainClaimRule.Refusal.publicSuffix(domain)) { try DomainClaimRule.check(text, claimed: []) }
    }

    @Test("D2 mail providers", arguments: ["gmail.com", "Outlook.com", "proton.me", "yahoo.co.uk", "gmx.de"])
    func mailProvider(_ text: String) throws {
        let domain = try #require(EmailDomain(text))
        #expect(throws: DomainClaimRule.Refusal.mailProvider(domain)) { try DomainClaimRule.check(text, claimed: []) }
    }

    @Test("D1 a workspace has no more domains than are looked for in time")
    func tooMany() throws {
        let most = try (0..<DomainClaimRule.maximumDomains).map { try #require(EmailDomain("d\($0).example")) }
        let (claimed, claims) = (Array(most.prefix(20)), Array(most.dropFirst(20)))
        #expect(throws: DomainClaimRule.Refusal.tooMany) {
            try DomainClaimRule.check("one-more.example", claimed: claimed, claims: claims)
        }
        // One of them is asked for again, or has been given up.
        #expect(try DomainClaimRule.check(claims[0].value, claimed: claimed, claims: claims) == claims[0])
        #expect(throws: Never.self) {
            try DomainClaimRule.check("one-more.example", claimed: claimed, claims: Array(claims.dropFirst()))
        }
    }

    @Test("Q9 a domain is claimed once in a workspace; other workspaces are no reason")
    func alreadyClaimed() throws {
        let domain = try #require(EmailDomain("company-a.example"))
        #expect(throws: DomainClaimRule.Refusal.alreadyClaimed(domain)) {
            try DomainClaimRule.check("COMPANY-A.example", claimed: [domain])
        }
    }
}
