import Testing

@testable import XMLSecurity

@Suite("XML signer")
struct XMLSignerTests {
    @Test func putsTheSignatureAfterTheIssuer() throws {
        let assertion = try Message.assertion(in: try Message.signed())
        #expect(assertion.childElements.prefix(3).map(\.name.localName) == ["Issuer", "Signature", "Subject"])
    }

    @Test func putsTheSignatureFirstWhereThereIsNoIssuer() throws {
        let bytes = try XMLSigner.sign(
            Array("<a ID='_1'><b/></a>".utf8),
            elementID: "_1",
            key: try Message.key.get()
        )
        let root = try XMLDocument.parse(bytes).root
        #expect(root.childElements.map(\.name.localName) == ["Signature", "b"])
        #expect(
            try SignatureVerifier(certificates: [try Message.certificate.get()]).verify(root).element.childElements
                .count
                == 1
        )
    }

    @Test func addsTheCertificateWhenAsked() throws {
        let certificate = try Message.certificate.get()
        let text = try Message.signed(options: XMLSigner.Options(certificate: certificate))
        #expect(text.contains("<ds:X509Certificate>\(StrictBase64.encode(certificate.der))</ds:X509Certificate>"))
        try Message.verify(text)
    }

    @Test func signsBothTheAssertionAndTheResponse() throws {
        let inner = try Message.signed()
        let both = try XMLSigner.sign(Array(inner.utf8), elementID: "_r1", key: try Message.key.get())
        let verifier = SignatureVerifier(certificates: [try Message.certificate.get()])
        let root = try XMLDocument.parse(both).root
        let response = try verifier.verify(root).element
        let assertion = try #require(response.firstChild(named: Message.assertion))
        #expect(try verifier.verify(assertion).element.attribute("ID") == "_a1")
        #expect(
            try verifier.verify(try #require(root.firstChild(named: Message.assertion))).element.name
                == Message.assertion
        )
    }

    @Test func refusesAnIdentifierThatIsNotThere() throws {
        let key = try Message.key.get()
        #expect(throws: SigningFailure.elementMissing) {
            try XMLSigner.sign(Array("<a ID='_1'/>".utf8), elementID: "_2", key: key)
        }
        #expect(throws: SigningFailure.identifierRefused) {
            try XMLSigner.sign(Array("<a ID='_1'/>".utf8), elementID: "x')", key: key)
        }
        #expect(throws: SigningFailure.document(.malformed)) {
            try XMLSigner.sign(Array("<a".utf8), elementID: "_2", key: key)
        }
    }
}
