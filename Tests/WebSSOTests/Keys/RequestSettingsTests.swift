import Foundation
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Storage
import Testing
import Workspaces

@testable import XMLSecurity

@Suite("What a workspace asks of requests")
struct RequestSettingsTests {
    @Test func aSignedRedirectIsSignedWithThePublishedKey() async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change("UPDATE identity_providers SET sign_requests = true")
            let response = try await Browser(client).post("/.portico/sign-in", [("company_id", "company-a")])
            let url = try #require(response.headers[.location])
            let start = try #require(url.firstRange(of: "SAMLRequest=")?.lowerBound)
            let signature = try #require(url.firstRange(of: "&Signature="))
            let text = try #require(String(url[signature.upperBound...]).removingPercentEncoding)
            let value = try #require(StrictBase64.decode(text))
            let key = try #require(try installation.certificates(.signing).first).key
            let octets = Array(url[start..<signature.lowerBound].utf8)
            let algorithm = try #require(SignatureAlgorithm.allCases.first { url.contains($0.parameter) })
            #expect(key.verifies(octets, value: value, algorithm: algorithm))
        }
    }

    @Test(arguments: [false, true])
    func aPostedRequestIsAFormThatGoesToTheIdentityProviderAlone(signed: Bool) async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change(
                "UPDATE identity_providers SET request_binding = 'post', sign_requests = \(signed)"
            )
            let person = SignInExchange(installation, client)
            let page = try await person.browser.get("/.portico/sign-in?company_id=company-a&rd=/tasks")
            #expect(page.status == .ok)
            #expect(page.headers[values: .setCookie].count == 1)
            #expect(page.text.contains("<form method=\"post\" action=\"https://idp.example/sso?app=1\">"))
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.contains("form-action https://idp.example;"))
            #expect(policy.contains("script-src 'sha256-"))
            let message = try #require(page.field("SAMLRequest"))
            let root = try XMLDocument.parse(try #require(StrictBase64.decode(message))).root
            #expect(SignatureVerifier.hasSignature(root) == signed)
            if signed {
                _ = try SignatureVerifier(certificates: try installation.certificates(.signing)).verify(root)
            }
            let received = try TestIdentityProvider.readRequest(
                fromForm: message,
                relayState: page.field("RelayState")
            )
            let answer = try await person.post(try person.response(to: received), relayState: received.relayState)
            #expect(answer.headers[.location] == "/tasks")
        }
    }

    @Test func aRevokedKeySignsNothingEvenWhereItsSuccessorDoesNotOpen() async throws {
        try await TestInstallation.run { installation, _ in
            let other = try #require(SecretKeyring([[UInt8](repeating: 8, count: SecretKeyring.keyLength)]))
            #expect(try installation.certificates(.signing).count == 1)
            await #expect(throws: SealingFailure.unknownSecretKey(id: other.currentID)) {
                try await TestKeys.rotate(installation, overlap: .zero, with: other)
            }
            #expect(try installation.certificates(.signing).isEmpty)
            #expect(try installation.certificates(.encryption).isEmpty)
        }
    }

    @Test func aSignedRequestIsNotSentWithoutAKey() async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change("UPDATE identity_providers SET sign_requests = true")
            // Before the keys are made, as far as the clock knows.
            installation.clock.advance(by: -1_000_000)
            let response = try await Browser(client).post("/.portico/sign-in", [("company_id", "company-a")])
            #expect(response.status == .serviceUnavailable)
            #expect(try await StoredState.count("authn_requests", installation) == 0)
        }
    }

    @Test func aForcedSignInWantsAFreshAuthentication() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            #expect(try await !person.begin().request.forceAuthn)
            try await installation.change("UPDATE identity_providers SET force_authn = true")
            let stale = try await person.begin()
            #expect(stale.request.forceAuthn)
            let hourOld = AuthnStatement(authnInstant: installation.clock.now.addingTimeInterval(-3600))
            let refused = try await person.post(
                try person.response(to: stale) { $0.assertion?.authnStatements = [hourOld] },
                relayState: stale.relayState
            )
            #expect(refused.code == "authn_context_refused")
            #expect(try await person.signIn().status == .seeOther)
        }
    }

    @Test func aConfirmationHasThePersonAskedAnewAndSaysSo() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let link = "/.portico/sign-in?rd=%2Ftasks&company_id=company-a&confirm=on"
            let begin = {
                let answer = try await person.browser.get(link, from: .typed)
                return try TestIdentityProvider.readRequest(
                    fromRedirect: try #require(answer.headers[.location])
                )
            }
            let stale = try await begin()
            #expect(stale.request.forceAuthn)
            let hourOld = AuthnStatement(authnInstant: installation.clock.now.addingTimeInterval(-3600))
            let refused = try await person.post(
                try person.response(to: stale) { $0.assertion?.authnStatements = [hourOld] },
                relayState: stale.relayState
            )
            #expect(refused.code == "authn_context_refused")
            #expect(try await StoredState.count("sessions", installation) == 0)
            let fresh = try await begin()
            let accepted = try await person.post(try person.response(to: fresh), relayState: fresh.relayState)
            #expect(accepted.headers[.location] == "/tasks")
            let confirmed = try await installation.database.inspection.query(
                "SELECT confirmed_at = authenticated_at AS is_now FROM sessions"
            )
            #expect(try confirmed.rows.map { try $0.value("is_now", as: Bool.self) } == [true])
            #expect(try await person.signIn().status == .seeOther)
            let plain = try await installation.database.inspection.query("SELECT confirmed_at FROM sessions")
            #expect(try plain.rows.map { try $0.optional("confirmed_at", as: Date.self) } == [nil])
        }
    }

    @Test func aWorkspaceAsksForItsClassesOfAuthenticationAndChecksThem() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            #expect(try await person.begin().request.requestedAuthnContext == nil)
            try await installation.change(
                """
                UPDATE identity_providers
                SET requested_authn_contexts = '{https://refeds.org/profile/mfa,urn:example:token}',
                    name_id_policy = 'persistent'
                """
            )
            let begun = try await person.begin()
            #expect(
                begun.request.requestedAuthnContext?.classRefs
                    == ["https://refeds.org/profile/mfa", "urn:example:token"]
            )
            #expect(begun.request.nameIDPolicy == .persistent)
            let now = installation.clock.now
            let refused = try await person.post(try person.response(to: begun), relayState: begun.relayState)
            #expect(refused.code == "authn_context_refused")
            let again = try await person.begin()
            let strong = AuthnStatement(authnInstant: now, authnContextClassRef: "urn:example:token")
            let accepted = try await person.post(
                try person.response(to: again) { $0.assertion?.authnStatements = [strong] },
                relayState: again.relayState
            )
            #expect(accepted.status == .seeOther)
        }
    }

    @Test func aLoginHintGoesAlongOnlyWhereTheWorkspaceWantsIt() async throws {
        try await TestInstallation.run { installation, client in
            let link = "/.portico/sign-in?company_id=company-a&login_hint=Ann%40Company-A.example"
            func subject(_ link: String) async throws -> String? {
                let location = try await Browser(client).get(link).headers[.location]
                return try TestIdentityProvider.readRequest(fromRedirect: try #require(location)).request.subject
            }
            #expect(try await subject(link) == nil)
            try await installation.change("UPDATE identity_providers SET send_login_hint = true")
            #expect(try await subject(link) == "ann@company-a.example")
            #expect(try await subject("/.portico/sign-in?company_id=company-a&login_hint=nobody") == nil)
            #expect(try await subject("/.portico/sign-in?company_id=company-a") == nil)
        }
    }

    @Test func aLoginHintStaysWithTheFormUntilTheCompanyIDIsTyped() async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change("UPDATE identity_providers SET send_login_hint = true")
            let browser = Browser(client)
            let page = try await browser.get("/.portico/sign-in?login_hint=ann%40company-a.example")
            let hint = try #require(page.field("login_hint"))
            #expect(hint == "ann@company-a.example")
            let start = try await browser.post(
                "/.portico/sign-in",
                [("company_id", "company-a"), ("login_hint", hint)]
            )
            let url = try #require(start.headers[.location])
            #expect(try TestIdentityProvider.readRequest(fromRedirect: url).request.subject == hint)
        }
    }
}

extension SignatureAlgorithm {
    /// The parameter of a redirect that names the algorithm.
    fileprivate var parameter: String {
        "SigAlg=" + self.rawValue.replacing(":", with: "%3A").replacing("/", with: "%2F").replacing("#", with: "%23")
    }
}

extension TestResponse {
    /// The value of a hidden field of the page's form.
    func field(_ name: String) -> String? {
        let start = "name=\"\(name)\" value=\""
        return self.text.firstRange(of: start)
            .map { range in String(self.text[range.upperBound...].prefix { $0 != "\"" }) }
    }
}
