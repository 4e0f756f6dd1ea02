import FoundationEssentials
import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

@Suite("A Response by HTTP-POST")
struct WebBrowserSSOTests {
    @Test(arguments: Exchange.Key.allCases, [ResponseDraft.Signing.assertion, .response, .both])
    func isAccepted(_ key: Exchange.Key, _ signing: ResponseDraft.Signing) throws {
        let exchange = try Exchange(key: key)
        let validated = try exchange.receive(try exchange.message(signing: signing))
        #expect(validated.issuer == exchange.identityProvider.entityID)
        #expect(validated.attributes == Exchange.attributes)
        #expect(validated.nameID == NameID(value: "_transient", format: NameID.transientFormat))
        #expect(validated.certificateFingerprint == exchange.identityProvider.certificate.sha256Fingerprint)
        #expect(validated.issueInstant == exchange.expectations.now)
        #expect(validated.authnInstant == exchange.expectations.now - 5)
        #expect(
            validated.authnContextClassRef == "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
        )
    }

    @Test(arguments: WireDefect.profile, Exchange.Key.allCases)
    func isRefused(_ defect: WireDefect, _ key: Exchange.Key) throws {
        let exchange = try Exchange(key: key)
        exchange.expectRefusal(try exchange.message(signing: defect.signing, mutate: defect.apply), defect.code)
    }

    @Test(arguments: WireDefect.grammar)
    func isRefusedByTheGrammar(_ defect: WireDefect) throws {
        let exchange = try Exchange()
        exchange.expectRefusal(try exchange.message(signing: defect.signing, mutate: defect.apply), defect.code)
    }

    @Test(arguments: SignaturePolicy.allCases, [ResponseDraft.Signing.assertion, .response, .both])
    func followsTheSignaturePolicy(_ policy: SignaturePolicy, _ signing: ResponseDraft.Signing) throws {
        var exchange = try Exchange()
        exchange.signaturePolicy = policy
        let message = try exchange.message(signing: signing)
        let isEnough =
            switch (policy, signing) {
            case (.either, _), (_, .both), (.assertion, .assertion), (.response, .response): true
            case (_, _): false
            }
        if isEnough {
            _ = try exchange.receive(message)
        } else {
            exchange.expectRefusal(message, .signatureInvalid)
        }
    }

    @Test
    func namesTheRequestBeforeAnythingIsVerified() throws {
        let exchange = try Exchange()
        let message = try exchange.message(signing: .nothing)
        let received = try HTTPPostBinding.decodeResponse(TestIdentityProvider.formField(message))
        #expect(received.header.inResponseTo == exchange.expectations.requestID)
        #expect(received.header.destination == exchange.expectations.assertionConsumerService)
    }

    @Test
    func leavesItToTheCallerThatNoRequestIsNamed() throws {
        let exchange = try Exchange()
        let message = try exchange.message { $0.header.inResponseTo = nil }
        let received = try HTTPPostBinding.decodeResponse(TestIdentityProvider.formField(message))
        #expect(received.header.inResponseTo == nil)
    }

    @Test
    func theStatusIsLookedAtBeforeTheIssuerAndTheIssuerBeforeTheSignature() throws {
        let exchange = try Exchange()
        let stranger = try Exchange.stranger()
        var draft = stranger.draft(to: exchange.expectations)
        draft.assertion?.issuer = Issuer("https://b.example/saml")
        draft.assertion?.conditions = nil
        exchange.expectRefusal(try stranger.sign(draft), .issuerMismatch)
        draft.header.status = Status(code: "urn:oasis:names:tc:SAML:2.0:status:Responder")
        exchange.expectRefusal(try stranger.sign(draft), .statusNotSuccess)
        draft = stranger.draft(to: exchange.expectations)
        draft.assertion?.conditions = nil
        exchange.expectRefusal(try stranger.sign(draft), .signatureInvalid)
    }

    @Test
    func theAssertionOfOneTenantsAppIsRefusedAtAnother() throws {
        var exchange = try Exchange()
        let message = try exchange.message()
        exchange.expectations.serviceProvider = try #require(EntityID("portico-b"))
        exchange.expectRefusal(message, .audienceMismatch)
        exchange.expectations = try Exchange().expectations
        exchange.expectations.assertionConsumerService = "https://gateway.example/.portico/saml/company-b/acs"
        exchange.expectRefusal(message, .recipientMismatch)
        exchange.expectations = try Exchange().expectations
        exchange.expectations.requestID = MessageID("_b")
        exchange.expectRefusal(message, .requestUnknownOrUsed)
        exchange.expectations.requestID = nil
        exchange.expectRefusal(message, .requestUnknownOrUsed)
    }
}
