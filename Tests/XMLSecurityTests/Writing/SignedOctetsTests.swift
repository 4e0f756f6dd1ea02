import FoundationEssentials
import Testing

@testable import XMLSecurity

@Suite("Signatures over octets")
struct SignedOctetsTests {
    @Test(arguments: [
        ([0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02] as [UInt8], [0, 1, 0, 2] as [UInt8]?),
        ([0x30, 0x08, 0x02, 0x02, 0x00, 0xFF, 0x02, 0x02, 0x01, 0x02], [0, 0xFF, 1, 2]),
        ([0x30, 0x81, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02], [0, 1, 0, 2]),
        ([0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02, 0x00], nil),
        ([0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x05, 0x02], nil),
        ([0x30, 0x06, 0x02, 0x03, 0x01, 0x01, 0x01, 0x02, 0x01, 0x02], nil),
        ([0x30], nil), ([], nil),
    ])
    func readsAnECDSASignature(_ der: [UInt8], _ value: [UInt8]?) {
        #expect(ECDSASignatureValue.concatenation(fromDER: der, half: 2) == value)
    }

    /// The integers of an ECDSA signature are shorter now and then: both spellings must agree every time.
    @Test(arguments: [SigningKey.Kind.p256, .p384, .p521])
    func verifyUnderTheirOwnKey(_ kind: SigningKey.Kind) throws {
        let key = try SigningKey.generate(kind)
        let certificate = try key.selfSignedCertificate(
            commonName: "octets",
            notBefore: .init(timeIntervalSince1970: 0),
            notAfter: .init(timeIntervalSince1970: 1)
        )
        let algorithm = try #require(key.signatureAlgorithm(digest: .sha256))
        for byte in UInt8.min...63 {
            let value = try key.sign([byte], digest: .sha256)
            #expect(certificate.key.verifies([byte], value: value, algorithm: algorithm))
            #expect(!certificate.key.verifies([byte, 0], value: value, algorithm: algorithm))
        }
    }
}
