import Foundation
import Testing

@testable import XMLSecurity

@Suite("Signing keys")
struct SigningKeyTests {
    @Test(
        arguments: [
            (.rsa(bits: 2048), "RSA 2048"), (.p256, "ECDSA P-256"), (.p384, "ECDSA P-384"), (.p521, "ECDSA P-521"),
        ] as [(SigningKey.Kind, String)]
    )
    func survivesPEMAndCertifiesItself(kind: SigningKey.Kind, description: String) throws {
        let key = try SigningKey(pem: try SigningKey.generate(kind).pem())
        let certificate = try Message.certificate(of: key)
        #expect(certificate.keyDescription == description)
        #expect(certificate.subject == "CN=idp.example")
        #expect(certificate.notBefore == Date(timeIntervalSince1970: 1_700_000_000))
        #expect(certificate.notAfter == Date(timeIntervalSince1970: 1_900_000_000))
    }

    @Test(arguments: ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func refusesWhatIsNoKey(pem: String) {
        #expect(throws: SigningKeyFailure.notAPrivateKey) { try SigningKey(pem: pem) }
    }
}
