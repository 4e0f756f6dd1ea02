import FoundationEssentials
import SAML
import SAMLTesting
import Testing
import XMLSecurity

@testable import SAMLBindings

@Suite("Single logout")
struct SingleLogoutTests {
    private func expectRefusal(
        _ code: ResponseRejection.Code,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ receive: () throws -> some Any
    ) {
        let rejection = #expect(throws: ResponseRejection.self, sourceLocation: sourceLocation) { _ = try receive() }
        #expect(rejection?.code == code, sourceLocation: sourceLocation)
    }

    @Test(arguments: 0..<3)
    func takesARequestByRedirect(_ key: Int) throws {
        let exchange = try LogoutExchange(key: key)
        let received = try HTTPRedirectBinding.decodeLogout(query: try exchange.query())
        #expect(received.kind == .request)
        #expect(received.claimedIssuer == exchange.request.issuer)
        #expect(received.claimedInResponseTo == nil)
        #expect(received.relayState == "r s/t")
        let validated = try exchange.receive(query: try exchange.query())
        #expect(validated.nameID == exchange.request.nameID)
        #expect(validated.sessionIndexes == exchange.request.sessionIndexes)
    }

    @Test(arguments: 0..<3)
    func takesARequestByPost(_ key: Int) throws {
        let exchange = try LogoutExchange(key: key)
        let form = try HTTPPostBinding.form(for: exchange.request, relayState: "r", signer: exchange.signer)
        #expect(form.fields.map(\.name) == ["SAMLRequest", "RelayState"])
        #expect(form.action == exchange.request.destination)
        let received = try HTTPPostBinding.decodeLogout(form.fields[0].value, kind: .request, relayState: "r")
        #expect(received.relayState == "r")
        let validated = try received.validateRequest(
            exchange.expectations,
            certificates: [exchange.identityProvider.certificate]
        )
        #expect(validated.nameID == exchange.request.nameID)
        #expect(validated.sessionIndexes == exchange.request.sessionIndexes)
    }

    @Test(arguments: 0..<3)
    func takesAResponseEitherWay(_ key: Int) throws {
        let exchange = try LogoutExchange(key: key)
        let certificates = [exchange.identityProvider.certificate]
        let url = try HTTPRedirectBinding.url(for: exchange.response, relayState: nil, signer: exchange.signer)
        let query = String(try #require(url.split(separator: "?", maxSplits: 1).last))
        let form = try HTTPPostBinding.form(for: exchange.response, relayState: nil, signer: exchange.signer)
        #expect(form.fields.map(\.name) == ["SAMLResponse"])
        let messages = [
            try HTTPRedirectBinding.decodeLogout(query: query),
            try HTTPPostBinding.decodeLogout(form.fields[0].value, kind: .response, relayState: nil),
        ]
        for message in messages {
            #expect(message.kind == .response)
            #expect(message.claimedInResponseTo == exchange.requestID)
            let status = try message.validateResponse(
                exchange.expectations,
                requestID: exchange.requestID,
                certificates: certificates
            )
            #expect(status == exchange.response.status)
            self.expectRefusal(.xmlInvalid) {
                try message.validateRequest(exchange.expectations, certificates: certificates)
            }
        }
        let request = try HTTPRedirectBinding.decodeLogout(query: try exchange.query())
        self.expectRefusal(.xmlInvalid) {
            try request.validateResponse(
                exchange.expectations,
                requestID: exchange.requestID,
                certificates: certificates
            )
        }
    }

    @Test
    func followsTheProfile() throws {
        var exchange = try LogoutExchange()
        let query = try exchange.query()
        let xml = try exchange.xml()
        exchange.expectations.singleLogoutService += "/"
        self.expectRefusal(.recipientMismatch) { try exchange.receive(query: query) }
        self.expectRefusal(.recipientMismatch) { try exchange.receive(xml: xml) }
        exchange.expectations = try LogoutExchange().expectations
        exchange.expectations.now += 3600
        self.expectRefusal(.expiredOrNotYetValid) { try exchange.receive(query: query) }
        exchange.expectations = try LogoutExchange().expectations
        exchange.expectations.identityProvider = try #require(EntityID("https://b.example"))
        self.expectRefusal(.issuerMismatch) { try exchange.receive(query: query) }
        self.expectRefusal(.issuerMismatch) { try exchange.receive(xml: xml) }
    }

    /// saml-security B09 and F11, in a query.
    @Test(arguments: LogoutQueryDefect.all)
    func refusesAQuery(_ defect: LogoutQueryDefect) throws {
        let exchange = try LogoutExchange()
        let query = try defect.query(exchange)
        self.expectRefusal(defect.code) { try exchange.receive(query: query) }
    }

    @Test
    func takesParametersInAnyOrderAndLowerCaseEscapesOfTheSigner() throws {
        let exchange = try LogoutExchange()
        let parts = try exchange.query().split(separator: "&")
        _ = try exchange.receive(query: parts.reversed().joined(separator: "&"))
        let lowerCase = try exchange.sign(String(parts[0]) + "&RelayState=%c3%a9+x")
        #expect(try HTTPRedirectBinding.decodeLogout(query: lowerCase).relayState == "\u{e9} x")
        _ = try exchange.receive(query: lowerCase)
        let encoding = "&SAMLEncoding=urn%3Aoasis%3Anames%3Atc%3ASAML%3A2.0%3Abindings%3AURL-Encoding%3ADEFLATE"
        _ = try exchange.receive(query: try exchange.query() + encoding)
    }

    @Test(arguments: [
        ("Extensions", "<saml:NameID", "<samlp:Extensions/><saml:NameID"),
        ("an encrypted NameID", "<saml:NameID", "<saml:EncryptedID/><saml:NameID"),
        ("a second NameID", "<samlp:SessionIndex>", "<saml:NameID>x</saml:NameID><samlp:SessionIndex>"),
        ("an assertion", "<saml:NameID", "<saml:Assertion/><saml:NameID"),
        ("an unknown attribute", "<samlp:LogoutRequest ", "<samlp:LogoutRequest X=\"\" "),
        ("another version", "Version=\"2.0\"", "Version=\"1.1\""),
        ("a malformed instant", "NotOnOrAfter=\"2026", "NotOnOrAfter=\"26"),
        ("an element in a session index", "<samlp:SessionIndex>", "<samlp:SessionIndex><saml:Issuer/>"),
    ])
    func refusesByTheGrammar(_ name: String, _ text: String, _ replacement: String) throws {
        let exchange = try LogoutExchange()
        let xml = try exchange.xml { try replacing(text, with: replacement, in: $0) }
        self.expectRefusal(.xmlInvalid) { try exchange.receive(xml: xml) }
    }

    @Test
    func refusesAPostedRequestThatIsNotSignedByTheIdentityProvider() throws {
        let exchange = try LogoutExchange()
        self.expectRefusal(.signatureInvalid) { try exchange.receive(xml: try exchange.xml(signed: false)) }
        let changed = try replacing("_s1", with: "_s3", in: try exchange.xml())
        self.expectRefusal(.signatureInvalid) { try exchange.receive(xml: changed) }
        let stranger = try Exchange.stranger()
        let signer = MessageSigner(key: stranger.key, certificate: stranger.certificate)
        let form = try HTTPPostBinding.form(for: exchange.request, relayState: nil, signer: signer)
        let received = try HTTPPostBinding.decodeLogout(form.fields[0].value, kind: .request, relayState: nil)
        self.expectRefusal(.signatureInvalid) {
            try received.validateRequest(
                exchange.expectations,
                certificates: [exchange.identityProvider.certificate]
            )
        }
    }

    @Test
    func refusesAMessageOfAnotherKindThanTheFieldSays() throws {
        let exchange = try LogoutExchange()
        let form = try HTTPPostBinding.form(for: exchange.request, relayState: nil, signer: exchange.signer)
        self.expectRefusal(.xmlInvalid) {
            try HTTPPostBinding.decodeLogout(form.fields[0].value, kind: .response, relayState: nil)
        }
    }

    @Test
    func sendsNothingNowhere() throws {
        let exchange = try LogoutExchange()
        var request = exchange.request
        request.destination = nil
        #expect(throws: MessageEncodingFailure.destinationMissing) {
            try HTTPRedirectBinding.url(for: request, relayState: nil, signer: exchange.signer)
        }
        #expect(throws: MessageEncodingFailure.destinationMissing) {
            try HTTPPostBinding.form(for: request, relayState: nil, signer: exchange.signer)
        }
    }
}
