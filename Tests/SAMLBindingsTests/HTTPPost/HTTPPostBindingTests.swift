import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

@Suite("HTTP-POST binding")
struct HTTPPostBindingTests {
    private func expectRefusal(
        _ field: String,
        _ code: ResponseRejection.Code,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let rejection = #expect(throws: ResponseRejection.self, sourceLocation: sourceLocation) {
            try HTTPPostBinding.decodeResponse(field)
        }
        #expect(rejection?.code == code, sourceLocation: sourceLocation)
    }

    @Test(arguments: ["\r\n", "\n", " ", "\t"])
    func ignoresLineBreaksAndBlanksInTheField(_ blank: String) throws {
        let exchange = try Exchange()
        let field = TestIdentityProvider.formField(try exchange.message())
        let wrapped = field.enumerated().map { $0.offset % 76 == 75 ? "\($0.element)\(blank)" : "\($0.element)" }
            .joined()
        _ = try HTTPPostBinding.decodeResponse(blank + wrapped + blank)
    }

    @Test(arguments: [
        "", " \r\n", "AAA=AAA=", "AAA", "AAAAA", "A===", "====", "AB==", "AAB=", "AAAA=", "A-_A", "AA%3D%3D",
        "AAAA\u{a0}",
        "AAAA\u{0}", "AAAA\u{b}", "ＡＡＡＡ", "PA==PA==",
    ])
    func refusesWhatIsNotStrictBase64(_ field: String) {
        self.expectRefusal(field, .xmlInvalid)
    }

    @Test(arguments: [
        "not XML", "<", "<Response/>", "<a/><b/>",
        "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>",
        "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:1.0:protocol\"/>",
        "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>",
        "<samlp:LogoutResponse xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>",
    ])
    func refusesWhatIsNoResponse(_ xml: String) {
        self.expectRefusal(TestIdentityProvider.formField(xml), .xmlInvalid)
    }

    @Test(arguments: [
        ("<saml:NameID", "<!-- x --><saml:NameID"), ("<saml:NameID", "<?x y?><saml:NameID"),
        ("_transient", "_trans<!-- x -->ient"), ("_transient", "<![CDATA[_transient]]>"), ("_transient", "&x;"),
        ("_transient", "a\u{0}b"), ("_transient", "&#0;"), ("<saml:NameID", "<x:y/><saml:NameID"),
        ("</samlp:Response>", "</samlp:Response><x/>"), ("</samlp:Response>", "</samlp:Response>x"),
        ("</samlp:Response>", ""),
    ])
    func refusesHostileMarkupAfterSigning(_ text: String, _ replacement: String) throws {
        let exchange = try Exchange()
        let hostile = try replacing(text, with: replacement, in: try exchange.message())
        self.expectRefusal(TestIdentityProvider.formField(hostile), .xmlInvalid)
    }

    @Test
    func refusesADocumentType() throws {
        let exchange = try Exchange()
        let message = try exchange.message()
        let hostile = try replacing(
            "<samlp:Response",
            with: "<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><samlp:Response",
            in: message
        )
        self.expectRefusal(TestIdentityProvider.formField(hostile), .xmlInvalid)
    }

    @Test
    func refusesAFieldAboveTheLimitBeforeDecodingIt() {
        self.expectRefusal(
            String(repeating: "A", count: HTTPPostBinding.maximumFieldLength + 4),
            .tooLarge
        )
    }

    @Test
    func refusesAMessageAboveTheLimit() {
        let message = "<a>" + String(repeating: "x", count: XMLLimits.samlMessage.byteCount) + "</a>"
        self.expectRefusal(TestIdentityProvider.formField(message), .tooLarge)
    }

    @Test
    func neverInflates() throws {
        let exchange = try Exchange()
        let request = AuthnRequest(
            id: try #require(exchange.expectations.requestID),
            issueInstant: exchange.expectations.now,
            destination: "https://idp.example/sso",
            assertionConsumerService: "https://gateway.example/acs",
            issuer: exchange.expectations.serviceProvider
        )
        let url = try HTTPRedirectBinding.url(for: request, relayState: "x")
        let start = try #require(url.firstRange(of: "SAMLRequest=")?.upperBound)
        let field = url[start...].prefix { $0 != "&" }.replacing("%2B", with: "+").replacing("%2F", with: "/")
            .replacing("%3D", with: "=")
        self.expectRefusal(String(field), .xmlInvalid)
    }
}
