import Console
import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces
import XMLSecurity

@Suite("What metadata proposes, in the settings")
struct MetadataReviewTests {
    private static let url = "https://idp.example/metadata"
    private static let path = TestConsole.singleSignOn + "/metadata/review"

    private func pinned(_ certificate: SigningCertificate) -> PinnedCertificate { PinnedCertificate(certificate) }

    /// Makes settings that follow metadata, switched on.
    private func follow(_ console: TestConsole, _ browser: TestBrowser) async throws {
        var form = try await console.form(browser)
        form["metadata_url"] = Self.url
        #expect(try await browser.post(TestConsole.singleSignOn, form).status == .seeOther)
        try await console.enable(browser)
    }

    private func refresh(
        _ console: TestConsole,
        _ decide: @Sendable (MetadataRefresh) -> MetadataRefreshOutcome?
    ) async throws {
        let now = console.clock.now
        let store = MetadataRefreshStore(pool: console.database.pool)
        try await store.refresh(console.scope, now: now) { configured, state in
            decide(MetadataRefresh(configured: configured, state: state, actor: .system, now: now, jitter: 0))
        }
    }

    /// Lets the metadata be fetched, with these certificates in it.
    private func fetch(_ console: TestConsole, _ certificates: [SigningCertificate]) async throws {
        let metadata = IdPMetadata(
            entityID: try #require(EntityID(Self.url)),
            signInServices: [MetadataEndpoint(binding: .httpRedirect, location: "https://idp.example/sso")],
            logoutServices: [],
            signingCertificates: certificates.map(\.der),
            wantsSignedRequests: false,
            nameIDFormats: [],
            validUntil: nil,
            cacheDuration: nil
        )
        let pinned = certificates.map { PinnedCertificate($0) }
        try await self.refresh(console) {
            $0.succeeded(metadata, certificates: pinned, from: Self.url, loopbackHTTP: .refused)
        }
    }

    private func decide(
        _ decision: String,
        _ fingerprint: String,
        _ browser: TestBrowser,
        as kind: MetadataProposal.Kind = .add
    ) async throws -> TestResponse {
        let form = [
            "csrf": try await browser.csrf(), "decision": decision, "fingerprint": fingerprint, "kind": kind.rawValue,
        ]
        return try await browser.post(Self.path, form)
    }

    private func fingerprints(_ console: TestConsole) async throws -> [String] {
        try await console.configured().identityProvider?.certificates.map(\.sha256Fingerprint) ?? []
    }

    @Test func isShownAndApproved() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.follow(console, browser)
            #expect(try await !browser.get(TestConsole.singleSignOn).text.contains("News of the metadata"))
            let old = try SingleSignOnForm.certificate.get()
            let new = try SingleSignOnForm.makeCertificate("next.example")
            try await self.fetch(console, [old, new])
            let words = "The metadata lists a new certificate."
            #expect(try await browser.get(TestConsole.settings).text.contains(words))
            let page = try await browser.get(TestConsole.singleSignOn).text
            #expect(page.contains(words) && page.contains("next.example"))
            #expect(page.contains("<code>\(self.pinned(new).sha256Fingerprint)</code>"))

            let answer = try await self.decide("approve", self.pinned(new).sha256Fingerprint, browser)
            #expect(answer.headers[.location] == TestConsole.singleSignOn + "?approved")
            #expect(try await self.fingerprints(console) == [old, new].map { self.pinned($0).sha256Fingerprint })
            let event = try await console.events(.metadataChangeApproved).first
            #expect(event?.actor.email?.value == "ann@company-a.example")
            // The others are told.
            let bob = try await console.person(client, email: "bob@company-a.example")
            let overview = try await bob.get(TestConsole.settings).text
            #expect(overview.contains("Sign-in rests on another certificate"))
            #expect(overview.contains("Saved by ann@company-a.example"))
            #expect(!overview.contains(words))
        }
    }

    @Test func isRejectedAndApprovedLater() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.follow(console, browser)
            let old = try SingleSignOnForm.certificate.get()
            let new = try SingleSignOnForm.makeCertificate("next.example")
            try await self.fetch(console, [old, new])
            let fingerprint = self.pinned(new).sha256Fingerprint
            let answer = try await self.decide("reject", fingerprint, browser)
            #expect(answer.headers[.location] == TestConsole.singleSignOn + "?rejected")
            #expect(try await self.fingerprints(console) == [self.pinned(old).sha256Fingerprint])
            #expect(try await console.events(.metadataChangeRejected).count == 1)
            #expect(try await !browser.get(TestConsole.settings).text.contains("The metadata lists"))
            let page = try await browser.get(TestConsole.singleSignOn).text
            #expect(page.contains("What was rejected") && page.contains("Rejected on"))
            #expect(!page.contains("value=\"reject\""))
            #expect(try await self.decide("approve", fingerprint, browser).status == .seeOther)
            #expect(try await self.fingerprints(console).count == 2)
            // Whoever looked at the page before says it twice.
            let again = try await self.decide("approve", fingerprint, browser)
            #expect(again.status == .unprocessableContent && again.text.contains("Nothing is proposed"))
        }
    }

    @Test(arguments: ["approve", "reject"])
    func wantsASignInOfAMomentAgo(_ decision: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.follow(console, browser)
            let new = try SingleSignOnForm.makeCertificate("next.example")
            try await self.fetch(console, [try SingleSignOnForm.certificate.get(), new])
            console.clock.advance(by: 16 * 60)
            let answer = try await self.decide(decision, self.pinned(new).sha256Fingerprint, browser)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("sign in again, then decide") && answer.text.contains(">Sign in again</a>"))
            #expect(try await self.fingerprints(console).count == 1)
            #expect(try await console.events(.metadataChangeApproved).isEmpty)
            #expect(try await console.events(.metadataChangeRejected).isEmpty)
            // Whoever opened a setup link a moment ago may.
            let visitor = try await console.visitor(client)
            #expect(try await self.decide(decision, self.pinned(new).sha256Fingerprint, visitor).status == .seeOther)
        }
    }

    @Test(arguments: ["approve", "reject"])
    func doesNotDoTheOppositeOfWhatAnOldPageShows(_ decision: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.follow(console, browser)
            let old = try SingleSignOnForm.certificate.get()
            let new = try SingleSignOnForm.makeCertificate("next.example")
            let fingerprint = self.pinned(new).sha256Fingerprint
            try await console.change(
                "UPDATE sessions SET idp_certificate_sha256 = \(self.pinned(old).sha256Fingerprint)"
            )
            try await self.fetch(console, [old, new])
            #expect(try await browser.get(TestConsole.singleSignOn).text.contains("name=\"kind\" value=\"add\""))
            #expect(try await self.decide("approve", fingerprint, browser).status == .seeOther)
            try await self.fetch(console, [old])
            #expect(try await browser.get(TestConsole.singleSignOn).text.contains("name=\"kind\" value=\"remove\""))
            let answer = try await self.decide(decision, fingerprint, browser)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("You looked at this certificate as new in the metadata"))
            #expect(try await self.fingerprints(console).count == 2)
            #expect(try await console.events(.metadataChangeRejected).isEmpty)
            #expect(try await self.decide("approve", fingerprint, browser, as: .remove).status == .seeOther)
            // And the other way round.
            try await self.fetch(console, [old, new])
            let again = try await self.decide(decision, fingerprint, browser, as: .remove)
            #expect(again.status == .unprocessableContent)
            #expect(again.text.contains("You looked at this certificate as no longer in the metadata"))
            #expect(try await self.fingerprints(console) == [self.pinned(old).sha256Fingerprint])
        }
    }

    @Test func takesNoCertificateAwayUnderWhichThePersonSignedIn() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.follow(console, browser)
            let old = self.pinned(try SingleSignOnForm.certificate.get()).sha256Fingerprint
            let new = try SingleSignOnForm.makeCertificate("next.example")
            try await self.fetch(console, [new])
            try await console.change("UPDATE sessions SET idp_certificate_sha256 = \(old)")
            let alone = try await self.decide("approve", old, browser, as: .remove)
            #expect(alone.status == .unprocessableContent && alone.text.contains("No certificate would be left"))
            #expect(try await self.decide("approve", self.pinned(new).sha256Fingerprint, browser).status == .seeOther)
            let answer = try await self.decide("approve", old, browser, as: .remove)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("You signed in under this certificate"))
            #expect(try await self.fingerprints(console).count == 2)
            let fingerprint = self.pinned(new).sha256Fingerprint
            try await console.change("UPDATE sessions SET idp_certificate_sha256 = \(fingerprint)")
            #expect(try await self.decide("approve", old, browser, as: .remove).status == .seeOther)
            #expect(try await self.fingerprints(console) == [fingerprint])
        }
    }

    @Test func tellsThatItCannotBeRead() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.follow(console, browser)
            try await self.fetch(console, [try SingleSignOnForm.certificate.get()])
            for _ in 0..<2 {
                console.clock.advance(by: 60)
                try await self.refresh(console) {
                    $0.failed("idp.example <answers> with status 404.", from: Self.url)
                }
            }
            let words =
                "Its metadata could not be read, 2 times in a row, the last time on 15 Jan 2027, 08:02 UTC. It was"
                + " read last on 15 Jan 2027, 08:00 UTC."
            for path in [TestConsole.settings, TestConsole.singleSignOn] {
                #expect(try await browser.get(path).text.contains(words), "\(path)")
            }
            let problem = "idp.example &lt;answers&gt; with status 404."
            #expect(try await browser.get(TestConsole.singleSignOn).text.contains(problem))
            // Which hosts there are around the gateway is nothing for whoever came by a link.
            let visited = try await console.visitor(client).get(TestConsole.singleSignOn).text
            #expect(visited.contains(words) && !visited.contains("status 404"))
        }
    }

    @Test func isNothingForAnotherWorkspace() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.follow(console, browser)
            let answer = try await self.decide("approve", "AA:BB", browser)
            #expect(answer.status == .unprocessableContent && answer.text.contains("AA:BB"))
            for (decision, kind) in [("maybe", "add"), ("approve", "maybe")] {
                let form = [
                    "csrf": try await browser.csrf(), "decision": decision, "fingerprint": "AA:BB", "kind": kind,
                ]
                #expect(try await browser.post(Self.path, form).code == "form_invalid")
            }
        }
    }
}
