import FoundationEssentials
import SAML
import Testing

@Suite("Web Browser SSO profile")
struct WebBrowserSSOProfileTests {
    @Test(arguments: LegalForm.all)
    func accepts(_ form: LegalForm) throws {
        var exchange = try ValidExchange()
        try form.apply(&exchange)
        let validated = try exchange.validate()
        #expect(validated.id.value == "_assertion")
    }

    @Test(arguments: ProfileDefect.all)
    func refuses(_ defect: ProfileDefect) throws {
        var exchange = try ValidExchange()
        try defect.apply(&exchange)
        let rejection = #expect(throws: ResponseRejection.self) { try exchange.validate() }
        #expect(rejection?.code == defect.code)
        #expect(rejection?.rule == defect.rule)
    }

    @Test
    func refusesASuccessWithoutAssertion() throws {
        let exchange = try ValidExchange()
        let profile = WebBrowserSSOProfile(exchange.expectations, signaturePolicy: .either)
        let rejection = #expect(throws: ResponseRejection.self) { try profile.checkClaims(assertionIssuer: nil) }
        #expect(rejection?.code == .xmlInvalid)
    }

    @Test
    func carriesWhatTheAssertionSays() throws {
        let now = ValidExchange.now
        var exchange = try ValidExchange()
        exchange.assertion.authnStatements = [
            AuthnStatement(
                authnInstant: now - 30,
                sessionIndex: "_session",
                sessionNotOnOrAfter: now + 3600,
                authnContextClassRef: "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
            )
        ]
        let validated = try exchange.validate()
        #expect(validated.issuer.value == "https://idp.example/saml")
        #expect(validated.nameID == NameID(value: "ann", format: NameID.transientFormat))
        #expect(validated.issueInstant == now)
        #expect(validated.attributes == [Attribute(name: "email", texts: ["ann@company-a.example"])])
        #expect(validated.sessionIndex == "_session")
        #expect(validated.sessionNotOnOrAfter == now + 3600)
        #expect(validated.authnInstant == now - 30)
        #expect(validated.authnContextClassRef == "urn:oasis:names:tc:SAML:2.0:ac:classes:Password")
        #expect(validated.certificateFingerprint == "AB:CD")
    }

    @Test
    func cannotBeReplayedOnceItsKeyMayBeForgotten() throws {
        var exchange = try ValidExchange()
        exchange.expectations.clockSkew = Expectations.maximumClockSkew
        let validated = try exchange.validate()
        exchange.expectations.now = validated.replayableUntil
        #expect(throws: ResponseRejection.self) { try exchange.validate() }
        #expect(validated.replayableUntil <= ValidExchange.now + 600 + 181)
    }

    @Test
    func mergesRepeatedAttributesAndTellsNoneFromEmpty() throws {
        var exchange = try ValidExchange()
        exchange.assertion.attributes = [
            Attribute(name: "roles", texts: ["a_ADMIN"]), Attribute(name: "Roles", texts: ["other"]),
            Attribute(name: "roles", values: [.structured]), Attribute(name: "groups", values: []),
        ]
        let validated = try exchange.validate()
        #expect(validated.values(ofAttribute: "roles") == [.text("a_ADMIN"), .structured])
        #expect(validated.values(ofAttribute: "groups") == [])
        #expect(validated.values(ofAttribute: "email") == nil)
    }
}
