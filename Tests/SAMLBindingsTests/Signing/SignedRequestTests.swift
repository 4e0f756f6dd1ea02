import Foundation
import SAML
import SAMLTesting
import Testing

@testable import SAMLBindings
@testable import XMLSecurity

@Suite("Signed AuthnRequests")
struct SignedRequestTests {
    private static let keys = Result {
        try [SigningKey.Kind.rsa(bits: 2048), .p256, .p384, .p521].map { try TestIdentityProvider(key: $0) }
    }

    private static let digests: [DigestAlgorithm] = [.sha256, .sha384, .sha512]

    private func request(destination: String = "https://idp.example/sso?x=1") throws -> AuthnRequest {
        AuthnRequest(
            id: try #require(MessageID("_0123456789abcdef")),
            issueInstant: try #require(SAMLInstant.parse("2026-03-01T12:00:00Z")),
            destination: destination,
            assertionConsumerService: "https://gateway.example/.portico/saml/acs",
            issuer: try #require(EntityID("portico"))
        )
    }

    @Test(arguments: 0..<4, digests)
    func byRedirectCoverTheQueryAsItIsWritten(_ key: Int, _ digest: DigestAlgorithm) throws {
        let owner = try Self.keys.get()[key]
        let signer = MessageSigner(key: owner.key, digest: digest)
        let url = try HTTPRedirectBinding.url(for: try self.request(), relayState: "a b/c", signer: signer)
        let start = try #require(url.firstRange(of: "SAMLRequest=")?.lowerBound)
        let signature = try #require(url.firstRange(of: "&Signature="))
        let octets = Array(url[start..<signature.lowerBound].utf8)
        let value = try #require(String(url[signature.upperBound...]).removingPercentEncoding)
        let algorithm = try #require(owner.key.signatureAlgorithm(digest: digest))
        let bytes = try #require(StrictBase64.decode(value))
        #expect(owner.certificate.key.verifies(octets, value: bytes, algorithm: algorithm))
        #expect(!owner.certificate.key.verifies(octets + [0x26], value: bytes, algorithm: algorithm))
        let names = url[start...].split(separator: "&").map { $0.prefix { $0 != "=" } }
        #expect(names == ["SAMLRequest", "RelayState", "SigAlg", "Signature"])
        #expect(url.contains("&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23"))
        #expect(try TestIdentityProvider.readRequest(fromRedirect: url).request == self.request())
    }

    @Test(arguments: 0..<4, digests)
    func byPostAreEnveloped(_ key: Int, _ digest: DigestAlgorithm) throws {
        let owner = try Self.keys.get()[key]
        let signer = MessageSigner(key: owner.key, digest: digest, certificate: owner.certificate)
        let form = try HTTPPostBinding.form(for: try self.request(), relayState: "r", signer: signer)
        #expect(form.action == "https://idp.example/sso?x=1")
        #expect(form.fields.map(\.name) == ["SAMLRequest", "RelayState"])
        #expect(form.fields.last?.value == "r")
        let message = try #require(StrictBase64.decode(form.fields[0].value))
        let root = try XMLDocument.parse(message).root
        #expect(root.childElements.map(\.name.localName) == ["Issuer", "Signature", "NameIDPolicy"])
        let verified = try SignatureVerifier(certificates: [owner.certificate]).verify(root)
        #expect(verified.element.isNamed(.protocols("AuthnRequest")))
        #expect(verified.element.attribute("ID") == "_0123456789abcdef")
        #expect(verified.signature.algorithm == owner.key.signatureAlgorithm(digest: digest)?.rawValue)
    }

    @Test
    func byPostMayBeUnsigned() throws {
        let form = try HTTPPostBinding.form(for: try self.request(), relayState: "r")
        let message = try #require(StrictBase64.decode(form.fields[0].value))
        #expect(!SignatureVerifier.hasSignature(try XMLDocument.parse(message).root))
    }

    @Test(arguments: 0..<4)
    func areNeverSignedWithSHA1(_ key: Int) throws {
        let signer = MessageSigner(key: try Self.keys.get()[key].key, digest: .sha1)
        #expect(throws: MessageEncodingFailure.signingFailed) {
            try HTTPRedirectBinding.url(for: try self.request(), relayState: "r", signer: signer)
        }
        #expect(throws: MessageEncodingFailure.signingFailed) {
            try HTTPPostBinding.form(for: try self.request(), relayState: "r", signer: signer)
        }
    }

    @Test
    func refuseALongRelayState() throws {
        let long = String(repeating: "\u{e9}", count: 41)
        #expect(throws: MessageEncodingFailure.relayStateTooLong) {
            try HTTPPostBinding.form(for: try self.request(), relayState: long)
        }
    }
}
