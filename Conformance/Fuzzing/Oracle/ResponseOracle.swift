import FoundationEssentials
import SAML
import SAMLBindings
package import SAMLTesting
package import XMLSecurity

/// Judges documents that were made of signed ones: what is accepted must say what one of the originals says.
package struct ResponseOracle: Sendable {
    /// The originals, to make documents of: the assertion signed, the Response signed, both.
    package let originals: [String]

    /// The same messages before they are signed.
    package let drafts: [ResponseDraft]

    private let expectations: Expectations
    private let certificates: [SigningCertificate]
    private let decryptionKeys: [DecryptionKey]
    private let identities: Set<AssertedBytes>

    /// Makes originals with a fresh key, or with a given one so that a document can be judged again later.
    ///
    /// - Parameters:
    ///   - identityProvider: Who signs.
    ///   - decryptionKeys: What encrypted assertions are tried with.
    /// - Throws: `SAMLTestingFailure` when a key cannot be made, `ResponseRejection` when an original is refused.
    package init(identityProvider: TestIdentityProvider, decryptionKeys: [DecryptionKey] = []) throws {
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
        self.decryptionKeys = decryptionKeys
        self.drafts = signings.map {
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
        self.originals = try self.drafts.map { try identityProvider.sign($0) }
        var identities: Set<AssertedBytes> = []
        for original in self.originals {
            let validated = try Self.check(Array(original.utf8), expectations, [identityProvider.certificate], [])
            identities.insert(AssertedBytes(validated))
        }
        self.identities = identities
    }

    /// The person that the originals name.
    package static let person = "ann@company-a.example"

    /// Checks a document as a gateway does.
    package func judge(_ document: [UInt8]) -> Verdict {
        do throws(ResponseRejection) {
            let validated = try Self.check(document, self.expectations, self.certificates, self.decryptionKeys)
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
