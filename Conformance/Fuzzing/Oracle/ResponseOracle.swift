import FoundationEssentials
import SAML
import SAMLBindings
package import SAMLTesting
import XMLSecurity

/// Judges documents that were made of signed ones: what is accepted must say what one of the originals says.
package struct ResponseOracle: Sendable {
    /// The originals, to make documents of: the assertion signed, the Response signed, both; then the same with the
    /// assertion encrypted, where there is a recipient.
    package let originals: [String]

    /// The assertion of the first original, with its signature: what would be encrypted.
    package let plaintext: String

    /// The same messages before they are signed.
    package let drafts: [ResponseDraft]

    private let expectations: Expectations
    private let certificates: [SigningCertificate]
    private let identityProvider: TestIdentityProvider
    private let recipient: EncryptionRecipient?
    private let identities: Set<AssertedBytes>

    /// Makes originals with a fresh key, or with a given one so that a document can be judged again later.
    ///
    /// - Parameters:
    ///   - identityProvider: Who signs.
    ///   - recipient: To whom assertions are encrypted.
    /// - Throws: `SAMLTestingFailure` when a key cannot be made, `ResponseRejection` when an original is refused.
    package init(identityProvider: TestIdentityProvider, recipient: EncryptionRecipient? = nil) throws {
        guard let serviceProvider = EntityID("portico"), let requestID = MessageID("_request"),
            let now = SAMLInstant.parse("2026-03-01T12:00:00Z")
        else { throw SAMLTestingFailure.invalidEntityID("portico") }
        let expectations = Expectations(
            serviceProvider: serviceProvider,
            identityProvider: identityProvider.entityID,
            assertionConsumerService: "https://gateway.example/.portico/saml/acs",
            requestID: requestID,
            now: now
        )
        let signings: [ResponseDraft.Signing] = [.assertion, .response, .both]
        self.expectations = expectations
        self.certificates = [identityProvider.certificate]
        self.identityProvider = identityProvider
        self.recipient = recipient
        let drafts = signings.map {
            var draft = identityProvider.draft(
                to: expectations,
                attributes: [
                    Attribute(name: "email", texts: [Self.person]), Attribute(name: "roles", texts: ["a", "b"]),
                ],
                signing: $0
            )
            let confirmations = draft.assertion?.subject?.confirmations ?? []
            draft.assertion?.subject = Subject(nameID: NameID(value: Self.person), confirmations: confirmations)
            return draft
        }
        self.drafts = drafts
        let plain = try drafts.map { try identityProvider.sign($0) }
        guard let first = plain.first, let start = first.firstRange(of: "<saml:Assertion "),
            let end = first.firstRange(of: "</saml:Assertion>")
        else { throw SAMLTestingFailure.textNotFound("saml:Assertion") }
        self.plaintext = String(first[start.lowerBound..<end.upperBound])
        let encrypted = try recipient.map { recipient in
            try drafts.map { draft in
                var draft = draft
                draft.encryption = AssertionEncryption(for: recipient.certificate)
                return try identityProvider.sign(draft)
            }
        }
        self.originals = plain + (encrypted ?? [])
        var identities: Set<AssertedBytes> = []
        for original in self.originals {
            let keys = recipient.map { [$0.key] } ?? []
            let validated = try Self.check(Array(original.utf8), expectations, [identityProvider.certificate], keys)
            identities.insert(AssertedBytes(validated))
        }
        self.identities = identities
    }

    /// The person that the originals name.
    package static let person = "ann@company-a.example"

    /// A Response that nobody signed, around a plaintext that anybody may have encrypted to the public certificate.
    ///
    /// - Returns: nil without a recipient, or when the cryptography library fails.
    package func encrypting(_ plaintext: [UInt8]) -> [UInt8]? {
        guard let recipient, var draft = self.drafts.first else { return nil }
        var encryption = AssertionEncryption(for: recipient.certificate)
        encryption.plaintext = plaintext
        draft.encryption = encryption
        draft.signing = .nothing
        return (try? self.identityProvider.sign(draft)).map { Array($0.utf8) }
    }

    /// Checks a document as a gateway does.
    package func judge(_ document: [UInt8]) -> Verdict {
        do throws(ResponseRejection) {
            let validated = try Self.check(
                document,
                self.expectations,
                self.certificates,
                self.recipient.map { [$0.key] } ?? []
            )
            return self.identities.contains(AssertedBytes(validated)) ? .original : .forged
        } catch {
            return .refused(error.code.rawValue)
        }
    }

    private static func check(
        _ document: [UInt8],
        _ expectations: Expectations,
        _ certificates: [SigningCertificate],
        _ decryptionKeys: [DecryptionKey]
    ) throws(ResponseRejection) -> ValidatedAssertion {
        try HTTPPostBinding.decodeResponse(StrictBase64.encode(document))
            .validate(
                expectations,
                certificates: certificates,
                decryptionKeys: decryptionKeys,
                signaturePolicy: .either
            )
    }
}
