import Foundation
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLBindings
import SAMLTesting
import Testing
import Workspaces
import XMLSecurity

@Suite("Logout requests of an identity provider's")
struct LogoutRequestTests {
    @Test(arguments: RequestBinding.allCases, RequestBinding.allCases)
    func endTheSessionThatTheyNameAndAreAnswered(coming: RequestBinding, going: RequestBinding) async throws {
        try await LogoutExchange.run { exchange in
            try await exchange.installation.change("UPDATE identity_providers SET slo_binding = \(going.rawValue)")
            let named = try await exchange.signIn(index: "_s1")
            let other = try await exchange.signIn(index: "_s2")
            let request = exchange.request(indexes: ["_s1"])
            let answer = try await exchange.send(request, by: coming, relayState: "r/1")
            #expect(try await !exchange.knows(named))
            #expect(try await exchange.knows(other))

            #expect(answer.status == (going == .post ? .ok : coming == .post ? .seeOther : .found))
            let message = try exchange.message(in: answer, kind: .response)
            #expect(message.relayState == "r/1")
            let status = try message.validateResponse(
                try exchange.expectations(),
                requestID: request.id,
                certificates: try exchange.installation.certificates(.signing)
            )
            #expect(status == Status(code: Status.success))
        }
    }

    @Test func endEverySessionOfThePersonWhenTheyNameNone() async throws {
        try await LogoutExchange.run { exchange in
            let first = try await exchange.signIn(index: "_s1")
            let second = try await exchange.signIn(index: nil)
            let elsewhere = try await exchange.signIn(company: "company-b")
            let bob = try await exchange.signIn(NameID(value: "bob"), email: "bob@company-a.example")
            _ = try await exchange.send(exchange.request(indexes: []))
            for person in [first, second, elsewhere] {
                #expect(try await !exchange.knows(person))
            }
            #expect(try await exchange.knows(bob))
            let events = try await exchange.installation.database.inspection.query(
                "SELECT email FROM audit_events WHERE action = 'sign_out' AND actor_kind = 'idp' AND outcome = 'done'"
            )
            let emails = try events.rows.map { try $0.value("email", as: String.self) }
            #expect(emails == Array(repeating: "ann@company-a.example", count: 3))
        }
    }

    @Test(arguments: [
        NameID(value: "Ann"), NameID(value: "ann", format: NameID.transientFormat),
        NameID(value: "ann", nameQualifier: "https://other.example"), NameID(value: "ann", spNameQualifier: "other"),
    ])
    func endNothingUnderAnotherName(nameID: NameID) async throws {
        try await LogoutExchange.run { exchange in
            let person = try await exchange.signIn()
            let answer = try await exchange.send(exchange.request(nameID: nameID))
            #expect(answer.status == .found)
            #expect(try await exchange.knows(person))
        }
    }

    @Test func endNothingInAWorkspaceThatTrustsAnotherKey() async throws {
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
            let victim = try await exchange.signIn(company: "company-a")
            let own = try await exchange.signIn(company: "company-b", from: attacker)
            let request = exchange.request(indexes: [])
            let answer = try await exchange.send(request, signer: LogoutExchange.signer(attacker))
            // Its answer would be signed in the name of the other workspace as well.
            #expect(answer.text.contains("You are signed out"))
            #expect(try await exchange.knows(victim))
            #expect(try await !exchange.knows(own))
        }
    }

    @Test func endSessionsOfEveryWorkspaceThatPinsACertificateOfTheKey() async throws {
        try await LogoutExchange.run { exchange in
            let identityProvider = exchange.installation.identityProvider
            let pin = try identityProvider.key.selfSignedCertificate(
                commonName: "renewed",
                notBefore: identityProvider.certificate.notBefore,
                notAfter: identityProvider.certificate.notAfter
            )
            try await exchange.installation.change(
                """
                UPDATE identity_provider_certificates
                SET der = \(pin.der), sha256_fingerprint = \(pin.sha256Fingerprint)
                WHERE workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = 'company-b')
                """
            )
            let people = [
                try await exchange.signIn(company: "company-a"), try await exchange.signIn(company: "company-b"),
            ]
            let answer = try await exchange.send(exchange.request(indexes: []))
            #expect(answer.code == nil)
            for person in people { #expect(try await !exchange.knows(person)) }
        }
    }

    @Test(arguments: [63, 64])
    func areRefusedWhereTooManyCertificatesWouldHaveToBeTried(others: Int) async throws {
        try await LogoutExchange.run { exchange in
            let person = try await exchange.signIn()
            for number in 0..<others {
                let pin = try TestIdentityProvider().certificate
                try await exchange.installation.change(
                    """
                    INSERT INTO identity_provider_certificates
                        (workspace_id, position, der, sha256_fingerprint, not_after)
                    SELECT workspace_id, \(100 + number), \(pin.der), \(pin.sha256Fingerprint), now()
                    FROM workspaces WHERE company_id = 'company-b'
                    """
                )
            }
            let answer = try await exchange.send(exchange.request())
            #expect(answer.code == (others < 64 ? nil : "signature_invalid"))
            #expect(try await exchange.knows(person) == (others == 64))
        }
    }

    /// Any workspace may claim an identity provider and pin its public certificates.
    @Test(arguments: [nil, "https://idp.example/slo?app=1"])
    func areAnsweredNowhereElseBecauseAnotherWorkspaceWantsThat(victimURL: String?) async throws {
        try await LogoutExchange.run { exchange in
            try await exchange.installation.change(
                """
                UPDATE identity_providers SET slo_url = \(victimURL)
                WHERE workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = 'company-a')
                """
            )
            try await exchange.installation.change(
                """
                UPDATE identity_providers SET slo_response_url = 'https://evil.example/'
                WHERE workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = 'company-b')
                """
            )
            let victim = try await exchange.signIn(company: "company-a")
            let answer = try await exchange.send(exchange.request(), relayState: "secret")
            #expect(answer.headers[.location]?.contains("evil.example") != true)
            #expect(!answer.text.contains("evil.example"))
            // The victim's workspace answers where it would have answered alone: at its own URL, or with a page.
            #expect(answer.headers[.location]?.hasPrefix(LogoutExchange.endpoint) ?? false == (victimURL != nil))
            #expect(answer.text.contains("You are signed out") == (victimURL == nil))
            #expect(try await !exchange.knows(victim))
            // Where nothing ended, nobody knows better than another one.
            let again = try await exchange.send(exchange.request(), relayState: "secret")
            #expect(again.text.contains("You are signed out"))
            #expect(again.headers[.location] == nil)
            // Nor does a session of the same name there decide.
            _ = try await exchange.signIn(company: "company-a")
            _ = try await exchange.signIn(company: "company-b")
            let both = try await exchange.send(exchange.request(), relayState: "secret")
            #expect(both.text.contains("You are signed out"))
            #expect(both.headers[.location] == nil)
        }
    }

    @Test func reachAWorkspaceWithItsOwnEndpointThereAlone() async throws {
        try await LogoutExchange.run { exchange in
            let own = try await exchange.signIn(company: "company-own")
            let shared = try await exchange.signIn(company: "company-a")
            _ = try await exchange.send(exchange.request())
            #expect(try await exchange.knows(own))
            #expect(try await !exchange.knows(shared))
            let endpoint = "https://apps.example.com/.portico/saml/company-own/slo"
            #expect(try await exchange.send(exchange.request(to: endpoint)).status == .found)
            #expect(try await !exchange.knows(own))
        }
    }

    @Test(arguments: ["company-a", "company-x", "-"])
    func findNoEndpointOfAWorkspaceWithoutOne(company: String) async throws {
        try await LogoutExchange.run { exchange in
            let person = try await exchange.signIn()
            let endpoint = "https://apps.example.com/.portico/saml/\(company)/slo"
            let answer = try await exchange.send(exchange.request(to: endpoint))
            #expect(answer.code == "company_not_found")
            #expect(try await exchange.knows(person))
        }
    }

    @Test(arguments: LogoutRequestDefect.all)
    func areToldByTheirCodeAndEndNothing(defect: LogoutRequestDefect) async throws {
        try await LogoutExchange.run { exchange in
            _ = try await exchange.signIn()
            let before = try await StoredState.read(exchange.installation)
            let answer = try await defect.send(exchange)
            #expect(answer.code == defect.code.rawValue)
            #expect(answer.status.code == defect.code.httpStatus)
            #expect(answer.headers[values: .setCookie] == [])
            #expect(try await StoredState.read(exchange.installation) == before)
        }
    }

    @Test func areCarriedOutOnce() async throws {
        try await LogoutExchange.run { exchange in
            let request = exchange.request()
            #expect(try await exchange.send(request).status == .found)
            let later = try await exchange.signIn()
            for binding in RequestBinding.allCases {
                let replayed = try await exchange.send(request, by: binding)
                #expect(replayed.code == "replayed")
            }
            #expect(try await exchange.knows(later))
        }
    }

    @Test func areRefusedWhereTooManyWorkspacesWouldHaveToBeAsked() async throws {
        try await LogoutExchange.run { exchange in
            let person = try await exchange.signIn()
            let issuer = exchange.installation.identityProvider.entityID.value
            try await exchange.installation.change(
                """
                INSERT INTO saml_names (side, name_sha256, workspace_id)
                SELECT 'idp', sha256(convert_to(\(issuer), 'UTF8')), gen_random_uuid() FROM generate_series(1, 256)
                """
            )
            #expect(try await exchange.send(exchange.request()).code == "signature_invalid")
            #expect(try await exchange.knows(person))
        }
    }

    @Test func areAnsweredWhereTheIdentityProviderTakesResponses() async throws {
        try await LogoutExchange.run { exchange in
            let url = "https://idp.example/slo/answers"
            try await exchange.installation.change("UPDATE identity_providers SET slo_response_url = \(url)")
            let request = exchange.request()
            let answer = try await exchange.send(request)
            #expect(answer.headers[.location]?.hasPrefix(url + "?SAMLResponse=") == true)
            _ = try exchange.message(in: answer, kind: .response)
                .validateResponse(
                    try exchange.expectations(at: url),
                    requestID: request.id,
                    certificates: try exchange.installation.certificates(.signing)
                )
        }
    }

    @Test func endInAPageWhereNobodyWaitsForAnAnswer() async throws {
        try await LogoutExchange.run { exchange in
            try await exchange.installation.change("UPDATE identity_providers SET slo_url = NULL")
            let person = try await exchange.signIn()
            let answer = try await exchange.send(exchange.request())
            #expect(answer.text.contains("You are signed out"))
            #expect(try await !exchange.knows(person))
        }
    }

    @Test func comeInNoArtifact() async throws {
        try await LogoutExchange.run { exchange in
            let answer = try await Browser(exchange.client).get("/.portico/saml/slo?SAMLart=AAQAA", from: .otherSite)
            #expect(answer.status == .notFound)
        }
    }
}
