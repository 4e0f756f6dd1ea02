import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLBindings
import SAMLTesting
import Testing
import Workspaces
import XMLSecurity

@Suite("Sign-out that goes on to the identity provider")
struct LogoutResponseTests {
    private struct SignOut: Sendable {
        let person: SignInExchange
        let answer: TestResponse
        let validated: ValidatedLogoutRequest
    }

    private static func signOut(
        _ exchange: LogoutExchange,
        nameID: NameID = NameID(value: "ann"),
        company: String = "company-a"
    ) async throws -> SignOut {
        let person = try await exchange.signIn(nameID, company: company)
        let answer = try await person.browser.post("/.portico/sign-out", [])
        let validated = try exchange.message(in: answer, kind: .request)
            .validateRequest(
                try exchange.expectations(),
                certificates: try exchange.installation.certificates(.signing)
            )
        return SignOut(person: person, answer: answer, validated: validated)
    }

    private static func response(to signOut: SignOut, _ exchange: LogoutExchange) -> LogoutResponse {
        LogoutResponse(
            id: .random(),
            issueInstant: exchange.installation.clock.now,
            inResponseTo: signOut.validated.id,
            destination: LogoutExchange.shared,
            issuer: Issuer(exchange.installation.identityProvider.entityID.value),
            status: Status(code: Status.success)
        )
    }

    /// Portico has one key, and company-b's administrator decides whom it trusts and where its logout requests go.
    @Test func staysHereWhereTheSignatureWouldSpeakForAnotherWorkspace() async throws {
        try await LogoutExchange.run { exchange in
            let attacker = try TestIdentityProvider()
            let pin = attacker.certificate
            try await exchange.installation.change(
                """
                UPDATE identity_provider_certificates
                SET der = \(pin.der), sha256_fingerprint = \(pin.sha256Fingerprint)
                WHERE workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = 'company-b')
                """
            )
            let eve = try await exchange.signIn(company: "company-b", from: attacker)
            let answer = try await eve.browser.post("/.portico/sign-out", [])
            #expect(answer.headers[.location] == "/.portico/sign-out")
            #expect(try await StoredState.count("sessions", exchange.installation) == 0)
            // With a name of its own nobody takes its word for another's.
            try await exchange.installation.change(
                "UPDATE workspaces SET sp_issuer = 'company-b' WHERE company_id = 'company-b'"
            )
            let alone = try await exchange.signIn(company: "company-b", from: attacker)
            let gone = try await alone.browser.post("/.portico/sign-out", [])
            #expect(gone.headers[.location]?.hasPrefix(LogoutExchange.endpoint) == true)
        }
    }

    /// Trusting another identity provider afterwards does not make the session one of its own.
    @Test func staysHereWhereTheSessionIsOfAKeyThatIsNoLongerTrusted() async throws {
        try await LogoutExchange.run { exchange in
            let attacker = try TestIdentityProvider()
            let (pin, own) = (attacker.certificate, exchange.installation.identityProvider.certificate)
            func trust(_ certificate: SigningCertificate) async throws {
                try await exchange.installation.change(
                    """
                    UPDATE identity_provider_certificates
                    SET der = \(certificate.der), sha256_fingerprint = \(certificate.sha256Fingerprint)
                    WHERE workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = 'company-b')
                    """
                )
            }
            try await trust(pin)
            let eve = try await exchange.signIn(company: "company-b", from: attacker)
            try await trust(own)
            let answer = try await eve.browser.post("/.portico/sign-out", [])
            #expect(answer.headers[.location] == "/.portico/sign-out")
            let ann = try await exchange.signIn(company: "company-b")
            let gone = try await ann.browser.post("/.portico/sign-out", [])
            #expect(gone.headers[.location]?.hasPrefix(LogoutExchange.endpoint) == true)
        }
    }

    @Test(arguments: RequestBinding.allCases)
    func asksWithASignedRequestAboutASessionThatHasEnded(binding: RequestBinding) async throws {
        try await LogoutExchange.run { exchange in
            try await exchange.installation.change("UPDATE identity_providers SET slo_binding = \(binding.rawValue)")
            let nameID = NameID(
                value: "<ann>&",
                format: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                nameQualifier: "https://idp.example",
                spNameQualifier: "portico"
            )
            let signOut = try await Self.signOut(exchange, nameID: nameID)
            #expect(signOut.answer.status == (binding == .post ? .ok : .seeOther))
            #expect(signOut.person.sessionCookie == nil)
            #expect(signOut.validated.nameID == nameID)
            #expect(signOut.validated.sessionIndexes == ["_s1"])
            #expect(try await StoredState.count("sessions", exchange.installation) == 0)
            if binding == .post {
                #expect(signOut.answer.text.contains("Signing out of The company-a"))
            }
            let response = Self.response(to: signOut, exchange)
            let page = try await exchange.send(response, by: binding, in: signOut.person.browser)
            #expect(page.status == .ok)
            #expect(page.text.contains("Your identity provider has ended your session too."))
            #expect(try await StoredState.count("logout_requests", exchange.installation) == 0)
        }
    }

    @Test func usesTheWorkspacesOwnEndpoint() async throws {
        try await LogoutExchange.run { exchange in
            let signOut = try await Self.signOut(exchange, company: "company-own")
            var response = Self.response(to: signOut, exchange)
            #expect(
                try await exchange.send(response, in: signOut.person.browser).code == "recipient_mismatch"
            )
            let again = try await Self.signOut(exchange, company: "company-own")
            response.inResponseTo = again.validated.id
            response.destination = "https://apps.example.com/.portico/saml/company-own/slo"
            #expect(try await exchange.send(response, in: again.person.browser).status == .ok)
        }
    }

    @Test(arguments: [
        Status(code: "urn:oasis:names:tc:SAML:2.0:status:Responder"),
        Status(code: Status.success, subordinateCode: "urn:oasis:names:tc:SAML:2.0:status:PartialLogout"),
    ])
    func doesNotPromiseMoreThanTheIdentityProviderDid(status: Status) async throws {
        try await LogoutExchange.run { exchange in
            let signOut = try await Self.signOut(exchange)
            var response = Self.response(to: signOut, exchange)
            response.status = status
            let page = try await exchange.send(response, in: signOut.person.browser)
            #expect(page.text.contains("You are signed out"))
            #expect(page.text.contains("Your identity provider may still know you."))
        }
    }

    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let code: RefusalCode
        var advance: TimeInterval = 0
        var mutate: @Sendable (inout LogoutResponse) -> Void = { _ in }

        static let all = [
            Defect(testDescription: "another request", code: .requestUnknownOrUsed) { $0.inResponseTo = .random() },
            Defect(testDescription: "no request", code: .requestUnknownOrUsed) { $0.inResponseTo = nil },
            Defect(testDescription: "too late", code: .requestUnknownOrUsed, advance: 601) { $0.issueInstant += 601 },
            Defect(testDescription: "another issuer", code: .issuerMismatch) { $0.issuer = Issuer("https://evil") },
            Defect(testDescription: "an old IssueInstant", code: .expiredOrNotYetValid) { $0.issueInstant -= 3600 },
            Defect(testDescription: "another destination", code: .recipientMismatch) {
                $0.destination = "https://apps.example.com/.portico/saml/acs"
            },
            Defect(testDescription: "a fragment behind the destination", code: .recipientMismatch) {
                $0.destination = "https://apps.example.com/.portico/saml/slo#"
            },
        ]
    }

    @Test(arguments: Defect.all)
    func refusesAnAnswerThatIsNotToItsRequest(defect: Defect) async throws {
        try await LogoutExchange.run { exchange in
            let signOut = try await Self.signOut(exchange)
            var response = Self.response(to: signOut, exchange)
            exchange.installation.clock.advance(by: defect.advance)
            defect.mutate(&response)
            let signer = LogoutExchange.signer(exchange.installation.identityProvider)
            let url = try HTTPRedirectBinding.url(for: response, relayState: nil, signer: signer)
            let query = try #require(url.prefix { $0 != "#" }.split(separator: "?", maxSplits: 1).last)
            let page = try await exchange.follow("/.portico/saml/slo?\(query)", in: signOut.person.browser)
            #expect(page.code == defect.code.rawValue)
        }
    }

    @Test func refusesAnAnswerThatNobodySigned() async throws {
        try await LogoutExchange.run { exchange in
            let signOut = try await Self.signOut(exchange)
            let response = Self.response(to: signOut, exchange)
            let other = LogoutExchange.signer(try TestIdentityProvider())
            let page = try await exchange.send(response, in: signOut.person.browser, signer: other)
            #expect(page.code == "signature_invalid")
            let events = try await exchange.installation.database.inspection.query(
                "SELECT code FROM audit_events WHERE action = 'sign_out' AND outcome = 'refused'"
            )
            #expect(try events.rows.map { try $0.value("code", as: String.self) } == ["signature_invalid"])
        }
    }

    @Test func leavesTheAnswerToTheBrowserThatSignedOut() async throws {
        try await LogoutExchange.run { exchange in
            let signOut = try await Self.signOut(exchange)
            let response = Self.response(to: signOut, exchange)
            let other = try await SignInExchange.startedElsewhere(signOut.person)
            for browser in [other, Browser(exchange.client)] {
                #expect(try await exchange.send(response, in: browser).code == "request_unknown_or_used")
            }
            #expect(try await exchange.send(response, in: signOut.person.browser).status == .ok)
            #expect(
                try await exchange.send(response, in: signOut.person.browser).code == "request_unknown_or_used"
            )
        }
    }

    @Test(arguments: [
        "UPDATE identity_providers SET slo_url = NULL", "UPDATE identity_providers SET enabled = false",
        "UPDATE identity_providers SET issuer = 'https://new.example'", "UPDATE sessions SET idp_name_id = NULL",
    ])
    func endsHereWhereTheIdentityProviderCannotBeAsked(change: String) async throws {
        try await LogoutExchange.run { exchange in
            let person = try await exchange.signIn()
            try await exchange.installation.change(SQL(unsafeSQL: change))
            let ended = try await person.browser.post("/.portico/sign-out", [])
            #expect(ended.headers[.location] == "/.portico/sign-out")
            #expect(try await StoredState.count("sessions", exchange.installation) == 0)
        }
    }

    @Test func endsHereWithoutAKeyToSignWith() async throws {
        try await LogoutExchange.run { exchange in
            let person = try await exchange.signIn()
            // Before the keys are made, as far as the clock knows.
            exchange.installation.clock.advance(by: -1_000_000)
            let ended = try await person.browser.post("/.portico/sign-out", [])
            #expect(ended.headers[.location] == "/.portico/sign-out")
            #expect(try await StoredState.count("sessions", exchange.installation) == 0)
        }
    }
}
