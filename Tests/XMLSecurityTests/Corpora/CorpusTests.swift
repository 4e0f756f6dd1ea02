import Testing

@testable import XMLSecurity

/// The messages of other projects' tests that are valid, and whose scope is the signature alone.
///
/// All were signed with SHA-1 or 1024 bits. So each is held to two verdicts: under the tests' own policy
/// the signature verifies, under the standard one it does not.
@Suite("Other projects' messages")
struct CorpusTests {
    /// Valid for the project that they come from, and refused here under any policy: comments in the message, an empty
    /// reference, inclusive canonicalization, a body that would have to be inflated although it was posted.
    private static let differences: Set<String> = [
        "comments", "empty-reference-uri", "inclusive-c14n", "deflated",
    ]

    private static let valid = CorpusRow.all.filter { differences.isDisjoint(with: $0.flags) }
    private static let refused = CorpusRow.all.filter { !differences.isDisjoint(with: $0.flags) }

    private func document(_ row: CorpusRow) throws -> XMLDocument {
        let bytes = try Fixture.bytes("corpora/" + row.file)
        return try XMLDocument.parse(row.isBase64 ? try #require(StrictBase64.decode(bytes)) : bytes)
    }

    private func certificates(_ row: CorpusRow) throws -> [SigningCertificate] {
        try row.certificates.flatMap {
            try SigningCertificate.parse(try Fixture.text("corpora/" + $0), policy: .legacy)
        }
    }

    /// The response, and the assertions directly inside.
    private func candidates(_ row: CorpusRow) throws -> [XMLElement] {
        let root = try self.document(row).root
        return [root] + root.children(named: Message.assertion)
    }

    @Test func readsTheWholeTable() {
        #expect(CorpusRow.all.count == 32)
        #expect(Self.valid.count == 23)
        #expect(Self.refused.count == 9)
    }

    @Test(arguments: valid)
    func verifiesUnderTheTestsOwnPolicyAlone(row: CorpusRow) throws {
        let certificates = try self.certificates(row)
        let legacy = SignatureVerifier(certificates: certificates, policy: .legacy)
        let root = try self.document(row).root
        for part in row.signedParts {
            var verified: VerifiedElement?
            if part == "response" {
                verified = try legacy.verify(root)
            } else if let assertion = root.firstChild(named: Message.assertion) {
                verified = try legacy.verify(assertion)
            }
            // An encrypted assertion has to be decrypted before its signature can be seen.
            #expect(verified != nil || root.firstChild(named: Message.encryptedAssertion) != nil)
        }
        for element in try self.candidates(row) {
            #expect(throws: SignatureRejection.self) {
                try SignatureVerifier(certificates: certificates).verify(element)
            }
        }
    }

    @Test(arguments: refused)
    func refusesUnderAnyPolicy(row: CorpusRow) throws {
        let legacy = SignatureVerifier(certificates: try self.certificates(row), policy: .legacy)
        let candidates: [XMLElement]
        do {
            candidates = try self.candidates(row)
        } catch is XMLRejection {
            return
        }
        for element in candidates {
            #expect(throws: SignatureRejection.self) { try legacy.verify(element) }
        }
    }
}
