import SAML
import SAMLBindings
import SAMLTesting
import Testing

@Suite("HTTP-Redirect binding")
struct HTTPRedirectBindingTests {
    private func request(destination: String, issuer: String = "portico") throws -> AuthnRequest {
        AuthnRequest(
            id: try #require(MessageID("_0123456789abcdef")),
            issueInstant: try #require(SAMLInstant.parse("2026-03-01T12:00:00Z")),
            destination: destination,
            assertionConsumerService: "https://gateway.example/.portico/saml/acs?a=1&b=2",
            issuer: try #require(EntityID(issuer))
        )
    }

    @Test(arguments: [
        ("https://idp.example/sso", "https://idp.example/sso?SAMLRequest="),
        ("https://idp.example/sso?idpid=C01&x=%20", "https://idp.example/sso?idpid=C01&x=%20&SAMLRequest="),
        ("https://idp.example/sso?", "https://idp.example/sso?SAMLRequest="),
        ("https://idp.example/sso?a=1&", "https://idp.example/sso?a=1&SAMLRequest="),
        ("https://idp.example", "https://idp.example?SAMLRequest="),
        ("https://idp.example/a?b?c", "https://idp.example/a?b?c&SAMLRequest="),
    ])
    func appendsToTheSignInURL(_ destination: String, _ beginning: String) throws {
        let url = try HTTPRedirectBinding.url(for: try self.request(destination: destination), relayState: "r")
        #expect(url.hasPrefix(beginning))
        #expect(url.hasSuffix("&RelayState=r"))
    }

    @Test
    func keepsAFragmentAtTheEnd() throws {
        let url = try HTTPRedirectBinding.url(
            for: try self.request(destination: "https://idp.example/sso#x?y"),
            relayState: "r"
        )
        #expect(url.hasPrefix("https://idp.example/sso?SAMLRequest="))
        #expect(url.hasSuffix("&RelayState=r#x?y"))
    }

    @Test(arguments: ["portico", "https://gateway.example/saml?x=1&y=<\">", "caf\u{e9} \u{1F511}"])
    func carriesTheRequestUnchanged(_ issuer: String) throws {
        let request = try self.request(destination: "https://idp.example/sso?x=1&y=2", issuer: issuer)
        let url = try HTTPRedirectBinding.url(for: request, relayState: "a b+c/%=&\u{e9}")
        let received = try TestIdentityProvider.readRequest(fromRedirect: url)
        #expect(received.request == request)
        #expect(received.relayState == "a b+c/%=&\u{e9}")
    }

    @Test
    func escapesEverythingButUnreservedCharacters() throws {
        let url = try HTTPRedirectBinding.url(
            for: try self.request(destination: "https://idp.example/sso"),
            relayState: "a-._~/?:@!$'()*,;"
        )
        let query = try #require(url.split(separator: "?", maxSplits: 1).last)
        #expect(
            query.utf8.allSatisfy {
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%&=".utf8.contains($0)
            }
        )
        #expect(url.hasSuffix("&RelayState=a-._~%2F%3F%3A%40%21%24%27%28%29%2A%2C%3B"))
    }

    @Test
    func asksForNoMoreThanTheProfileNeeds() throws {
        let request = try self.request(destination: "https://idp.example/sso")
        let url = try HTTPRedirectBinding.url(for: request, relayState: "r")
        #expect(
            try TestIdentityProvider.readRequest(fromRedirect: url).xml == """
                <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
                xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_0123456789abcdef" Version="2.0" \
                IssueInstant="2026-03-01T12:00:00Z" Destination="https://idp.example/sso" \
                AssertionConsumerServiceURL="https://gateway.example/.portico/saml/acs?a=1&amp;b=2" \
                ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST">\
                <saml:Issuer>portico</saml:Issuer><samlp:NameIDPolicy AllowCreate="true"/></samlp:AuthnRequest>
                """
        )
    }

    @Test
    func writesWhatTheWorkspaceAsksForInTheOrderOfTheSchema() throws {
        let request = AuthnRequest(
            id: try #require(MessageID("_1")),
            issueInstant: try #require(SAMLInstant.parse("2026-03-01T12:00:00Z")),
            destination: "https://idp.example/sso",
            assertionConsumerService: "https://gateway.example/acs",
            issuer: try #require(EntityID("portico")),
            forceAuthn: true,
            nameIDPolicy: .persistent,
            requestedAuthnContext: RequestedAuthnContext(["TimeSyncToken", "https://idp.example/mfa?a=1&b=2"]),
            subject: "ann&bob@company-a.example"
        )
        let received = try TestIdentityProvider.readRequest(
            fromRedirect: try HTTPRedirectBinding.url(for: request, relayState: "r")
        )
        #expect(received.request == request)
        let body = try #require(received.xml.split(separator: ">", maxSplits: 1).last)
        #expect(
            body == """
                <saml:Issuer>portico</saml:Issuer><saml:Subject>\
                <saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">ann&amp;bob@company-a.example\
                </saml:NameID></saml:Subject><samlp:NameIDPolicy \
                Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" AllowCreate="true"/>\
                <samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef>\
                urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken</saml:AuthnContextClassRef>\
                <saml:AuthnContextClassRef>https://idp.example/mfa?a=1&amp;b=2</saml:AuthnContextClassRef>\
                </samlp:RequestedAuthnContext></samlp:AuthnRequest>
                """
        )
    }

    @Test(arguments: [
        (NameIDPolicy.any, "<samlp:NameIDPolicy AllowCreate=\"true\"/>"),
        (.unspecified, "<samlp:NameIDPolicy Format=\"\(Self.formats):unspecified\" AllowCreate=\"true\"/>"),
        (.email, "<samlp:NameIDPolicy Format=\"\(Self.formats):emailAddress\" AllowCreate=\"true\"/>"),
        (.transient, "<samlp:NameIDPolicy Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:transient\"/>"),
        (.omitted, "<saml:Issuer>portico</saml:Issuer></samlp:AuthnRequest>"),
    ])
    func asksForTheNameID(_ policy: NameIDPolicy, _ written: String) throws {
        let request = AuthnRequest(
            id: try #require(MessageID("_1")),
            issueInstant: try #require(SAMLInstant.parse("2026-03-01T12:00:00Z")),
            destination: "https://idp.example/sso",
            assertionConsumerService: "https://gateway.example/acs",
            issuer: try #require(EntityID("portico")),
            nameIDPolicy: policy
        )
        let url = try HTTPRedirectBinding.url(for: request, relayState: "r")
        #expect(try TestIdentityProvider.readRequest(fromRedirect: url).xml.contains(written))
    }

    private static let formats = "urn:oasis:names:tc:SAML:1.1:nameid-format"

    @Test
    func refusesARelayStateAboveEightyBytes() throws {
        let request = try self.request(destination: "https://idp.example/sso")
        _ = try HTTPRedirectBinding.url(for: request, relayState: String(repeating: "r", count: 80))
        #expect(throws: MessageEncodingFailure.relayStateTooLong) {
            try HTTPRedirectBinding.url(for: request, relayState: String(repeating: "\u{e9}", count: 41))
        }
    }
}
