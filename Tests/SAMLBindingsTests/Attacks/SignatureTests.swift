import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

@Suite("Signatures of a Response")
struct SignatureTests {
    @Test
    func anUnsignedMessageIsRefused() throws {
        let exchange = try Exchange()
        exchange.expectRefusal(try exchange.message(signing: .nothing), .signatureInvalid)
    }

    @Test(arguments: [ResponseDraft.Signing.assertion, .response, .both])
    func nothingIsAcceptedWithoutCertificates(_ signing: ResponseDraft.Signing) throws {
        let exchange = try Exchange()
        exchange.expectRefusal(try exchange.message(signing: signing), .signatureInvalid, certificates: [])
    }

    @Test(arguments: [ResponseDraft.Signing.assertion, .response, .both])
    func removingTheSignaturesIsRefused(_ signing: ResponseDraft.Signing) throws {
        let exchange = try Exchange()
        var message = try exchange.message(signing: signing)
        while let start = message.firstRange(of: "<ds:Signature ")?.lowerBound,
            let end = message.firstRange(of: "</ds:Signature>")?.upperBound
        {
            message.removeSubrange(start..<end)
        }
        exchange.expectRefusal(message, .signatureInvalid)
    }

    @Test(arguments: [ResponseDraft.Signing.assertion, .response, .both])
    func aStrangersSignatureIsRefusedThoughItsCertificateIsInside(_ signing: ResponseDraft.Signing) throws {
        let exchange = try Exchange()
        let stranger = try Exchange.stranger()
        let draft = stranger.draft(to: exchange.expectations, attributes: Exchange.attributes, signing: signing)
        exchange.expectRefusal(try stranger.sign(draft), .signatureInvalid)
    }

    @Test
    func anyPinnedCertificateMayHaveSigned() throws {
        let exchange = try Exchange()
        let rsa = try Exchange(key: .rsa2048).identityProvider
        let stranger = try Exchange.stranger()
        let validated = try exchange.receive(
            try exchange.message(),
            certificates: [rsa.certificate, stranger.certificate, exchange.identityProvider.certificate]
        )
        #expect(validated.certificateFingerprint == exchange.identityProvider.certificate.sha256Fingerprint)
    }

    @Test(arguments: [ResponseDraft.Signing.assertion, .response, .both])
    func changingTheIdentityIsRefused(_ signing: ResponseDraft.Signing) throws {
        let exchange = try Exchange()
        let message = try exchange.message(signing: signing)
        exchange.expectRefusal(
            try replacing("ann@company-a", with: "eve@company-a", in: message),
            .signatureInvalid
        )
    }

    @Test
    func theAttributesOfASignedResponseCannotBeChanged() throws {
        let exchange = try Exchange()
        let message = try exchange.message(signing: .response)
        exchange.expectRefusal(
            try replacing(" Version=\"2.0\"", with: " Version=\"2.0\" Consent=\"x\"", in: message),
            .signatureInvalid
        )
    }

    @Test(arguments: [
        ("Destination=\"https://gateway", "Destination=\"https://other", ResponseRejection.Code.recipientMismatch),
        ("InResponseTo=\"_request\">", "InResponseTo=\"_other\">", .requestUnknownOrUsed),
        ("status:Success", "status:Responder", .statusNotSuccess),
    ])
    func changingTheUnsignedResponseCanOnlyRefuse(
        _ text: String,
        _ replacement: String,
        _ code: ResponseRejection.Code
    ) throws {
        let exchange = try Exchange()
        exchange.expectRefusal(try replacing(text, with: replacement, in: try exchange.message()), code)
    }

    @Test
    func anUnsignedResponseCannotLendItsValuesToTheAssertion() throws {
        let exchange = try Exchange()
        let message = try exchange.message {
            $0.replace(" InResponseTo=\"_request\"/>", with: " InResponseTo=\"_other\"/>")
        }
        exchange.expectRefusal(message, .requestUnknownOrUsed)
    }

    @Test
    func anInvalidOuterSignatureIsRefusedThoughTheInnerIsValid() throws {
        let exchange = try Exchange()
        let message = try exchange.message(signing: .both)
        exchange.expectRefusal(
            try replacing("<samlp:Status>", with: "<samlp:Status> ", in: message),
            .signatureInvalid
        )
    }

    @Test
    func anInvalidInnerSignatureIsRefusedThoughTheOuterIsValid() throws {
        let exchange = try Exchange()
        let assertionSigned = try exchange.message()
        let tampered = try replacing("ann@company-a", with: "eve@company-a", in: assertionSigned)
        let header = try HTTPPostBinding.decodeResponse(TestIdentityProvider.formField(assertionSigned)).header
        let both = try XMLSigner.sign(
            Array(tampered.utf8),
            elementID: header.id.value,
            key: exchange.identityProvider.key
        )
        exchange.expectRefusal(String(decoding: both, as: UTF8.self), .signatureInvalid)
    }

    @Test
    func aSignatureInTheWrongPlaceIsRefused() throws {
        let exchange = try Exchange()
        let message = try exchange.message()
        let start = try #require(message.firstRange(of: "<ds:Signature ")?.lowerBound)
        let end = try #require(message.firstRange(of: "</ds:Signature>")?.upperBound)
        let signature = String(message[start..<end])
        let unsigned = try replacing(signature, with: "", in: message)

        let onTheResponse = try replacing("<samlp:Status>", with: signature + "<samlp:Status>", in: unsigned)
        exchange.expectRefusal(onTheResponse, .signatureInvalid)
        let inTheSubject = try replacing("<saml:Subject>", with: "<saml:Subject>" + signature, in: unsigned)
        exchange.expectRefusal(inTheSubject, .xmlInvalid)
        let twice = try replacing("<samlp:Status>", with: signature + "<samlp:Status>", in: message)
        exchange.expectRefusal(twice, .signatureInvalid)
        let decoy = try replacing(
            "</samlp:Status>",
            with: "<samlp:StatusDetail>\(signature)</samlp:StatusDetail></samlp:Status>",
            in: message
        )
        exchange.expectRefusal(decoy, .xmlInvalid)
    }

    @Test
    func anObjectInASignatureIsRefused() throws {
        let exchange = try Exchange()
        let message = try exchange.message()
        exchange.expectRefusal(
            try replacing("</ds:Signature>", with: "<ds:Object/></ds:Signature>", in: message),
            .xmlInvalid
        )
    }

    @Test
    func thePrefixListOfAnAssertionMayNameNamespacesOfTheResponse() throws {
        let exchange = try Exchange()
        let provider = exchange.identityProvider
        let draft = provider.draft(to: exchange.expectations, attributes: Exchange.attributes, signing: .nothing)
        let unsigned = try replacing(
            "<samlp:Response ",
            with: "<samlp:Response xmlns=\"urn:x\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" ",
            in: try provider.sign(draft)
        )
        let assertionID = try #require(draft.assertion?.id.value)
        let inner = try XMLSigner.sign(
            Array(unsigned.utf8),
            elementID: assertionID,
            key: provider.key,
            options: XMLSigner.Options(inclusiveNamespaces: ["#default", "xs"])
        )
        _ = try exchange.receive(String(decoding: inner, as: UTF8.self))
        let both = try XMLSigner.sign(inner, elementID: draft.header.id.value, key: provider.key)
        _ = try exchange.receive(String(decoding: both, as: UTF8.self))
    }
}
