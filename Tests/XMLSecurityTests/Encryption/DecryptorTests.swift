import Testing

@testable import XMLSecurity

/// The encrypted messages of other projects' tests whose scope is the signature alone.
@Suite("Decryptor")
struct DecryptorTests {
    private static let folder = "corpora/python3-saml/tests/data/"

    private func root(_ file: String) throws -> XMLElement {
        try XMLDocument.parse(try #require(StrictBase64.decode(try Fixture.bytes(file)))).root
    }

    private func verifier(_ settings: String) throws -> SignatureVerifier {
        let text = try Fixture.text("corpora/_certs/python3-saml/\(settings).pem")
        return SignatureVerifier(certificates: try SigningCertificate.parse(text, policy: .legacy), policy: .legacy)
    }

    private func decryptor() throws -> Decryptor {
        let key = try SigningKey(pem: try Fixture.text(Self.folder + "customPath/certs/sp.key"))
        #expect(throws: SigningKeyFailure.keyTypeUnsupported) { try DecryptionKey(key) }
        return Decryptor(keys: [try DecryptionKey(key, bits: 1024...1024)])
    }

    @Test(arguments: [
        ("double_signed_encrypted_assertion2", true), ("signed_message_encrypted_assertion2", false),
        ("signed_message_response2", false),
    ])
    func readsWhatAVerifiedResponseHolds(_ name: String, _ assertionIsSigned: Bool) throws {
        let verifier = try self.verifier("settings2")
        let response = try verifier.verify(try self.root(Self.folder + "responses/\(name).xml.base64"))
        let decrypted = try self.decryptor().decrypt(Message.encryptedAssertion, inside: response)
        #expect(decrypted.element.isNamed(Message.assertion))
        #expect(decrypted.element.parent == nil)
        #expect(!decrypted.isProtected)
        #expect(decrypted.verified?.signature.certificate == response.signature.certificate)
        #expect(SignatureVerifier.hasSignature(decrypted.element) == assertionIsSigned)
        if assertionIsSigned {
            #expect(try verifier.verify(decrypted.element).element.isNamed(Message.assertion))
        }
    }

    @Test
    func refusesAnUnprotectedCipherWithoutASignature() throws {
        let root = try self.root(Self.folder + "responses/signed_encrypted_assertion2.xml.base64")
        let container = try #require(root.firstChild(named: Message.encryptedAssertion))
        #expect(throws: DecryptionRejection.contentUnprotected(ContentAlgorithm.aes128CBC.rawValue)) {
            try self.decryptor().decrypt(container)
        }
    }

    @Test(arguments: ["double_signed_encrypted_assertion", "signed_message_encrypted_assertion"])
    func refusesPKCS1EvenWhereTheResponseIsVerified(_ name: String) throws {
        let root = try self.root(Self.folder + "responses/\(name).xml.base64")
        let response = try self.verifier("settings1").verify(root)
        #expect(throws: DecryptionRejection.algorithmRefused("http://www.w3.org/2001/04/xmlenc#rsa-1_5")) {
            try self.decryptor().decrypt(Message.encryptedAssertion, inside: response)
        }
    }

    /// CVE-2016-5697: one signature for what is encrypted and for what it is decrypted to.
    @Test
    func refusesTheEncryptedNewAttack() throws {
        let root = try self.root(
            "../../SAMLBindingsTests/Fixtures/corpora/ruby-saml/test/responses/invalids/encrypted_new_attack.xml.base64"
        )
        let containers = root.children(named: Message.encryptedAssertion)
        #expect(!containers.isEmpty)
        for container in containers {
            #expect(throws: DecryptionRejection.algorithmRefused("http://www.w3.org/2001/04/xmlenc#tripledes-cbc")) {
                try self.decryptor().decrypt(container)
            }
        }
    }

    @Test
    func findsNothingWhereNothingIsEncrypted() throws {
        let verifier = try self.verifier("settings2")
        let name = Self.folder + "responses/signed_message_encrypted_assertion2.xml.base64"
        let response = try verifier.verify(try self.root(name))
        #expect(throws: DecryptionRejection.malformed(.encryptedData)) {
            try self.decryptor().decrypt(Message.assertion, inside: response)
        }
    }
}
