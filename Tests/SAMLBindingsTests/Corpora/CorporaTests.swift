import SAML
import Testing

@testable import SAMLBindings
@testable import XMLSecurity

@Suite("Messages of other projects' tests")
struct CorporaTests {
    private static let legacyPolicy = AlgorithmPolicy(
        signatures: Set(SignatureAlgorithm.allCases),
        digests: Set(DigestAlgorithm.allCases),
        rsaBits: 512...8192
    )

    @Test(arguments: CorpusRow.all)
    func areJudgedByThePolicyInForce(_ row: CorpusRow) throws {
        let outcome = try self.outcome(of: row, policy: .standard)
        #expect(outcome == row.standard)
    }

    @Test(arguments: CorpusRow.all)
    func areReadWhenOldAlgorithmsAreLetPass(_ row: CorpusRow) throws {
        let outcome = try self.outcome(of: row, policy: Self.legacyPolicy)
        #expect(outcome == row.legacy)
    }

    @Test
    func areAllThere() {
        #expect(CorpusRow.all.count == 245)
    }

    private func outcome(of row: CorpusRow, policy: AlgorithmPolicy) throws -> String {
        do {
            let received = try HTTPPostBinding.decodeResponse(try row.formField())
            // Whoever holds a certificate that is refused has none.
            let certificates = try row.certificateTexts()
                .flatMap {
                    (try? SigningCertificate.parse($0, policy: policy)) ?? []
                }
            let verifier = SignatureVerifier(certificates: certificates, policy: policy)
            let keys = try row.decryptionKeyTexts()
                .compactMap { text in
                    try? DecryptionKey(
                        try SigningKey(pem: text),
                        bits: policy == .standard ? DecryptionKey.acceptedBits : 512...4096
                    )
                }
            _ = try received.validate(
                try row.expectations(for: received.header),
                verifier: verifier,
                decryptor: Decryptor(keys: keys),
                signaturePolicy: .either
            )
            return "accepted"
        } catch let rejection as ResponseRejection {
            return rejection.code.rawValue + " " + rejection.rule
        }
    }
}
