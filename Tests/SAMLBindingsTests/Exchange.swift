import FoundationEssentials
import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

/// A gateway that expects a Response, and an identity provider that it trusts.
struct Exchange {
    let identityProvider: TestIdentityProvider
    var expectations: Expectations
    var signaturePolicy = SignaturePolicy.either
    var decryptionKeys: [DecryptionKey] = []
    /// The certificates that the workspace pins.
    var certificates: [SigningCertificate]

    /// The identity providers are made once: a long key takes a while.
    private static let shared = Result { try TestIdentityProvider(key: .p256) }
    private static let sharedP384 = Result { try TestIdentityProvider(key: .p384) }
    private static let sharedRSA = Result { try TestIdentityProvider(key: .rsa(bits: 2048)) }
    private static let sharedLongRSA = Result { try TestIdentityProvider(key: .rsa(bits: 4096)) }
    private static let sharedStranger = Result { try TestIdentityProvider(key: .p256) }

    /// Which of the identity providers.
    enum Key: CaseIterable, Sendable {
        case p256
        case p384
        case rsa2048
        case rsa4096
    }

    init(key: Key = .p256) throws {
        self.identityProvider =
            switch key {
            case .p256: try Self.shared.get()
            case .p384: try Self.sharedP384.get()
            case .rsa2048: try Self.sharedRSA.get()
            case .rsa4096: try Self.sharedLongRSA.get()
            }
        self.certificates = [self.identityProvider.certificate]
        self.expectations = Expectations(
            serviceProvider: try #require(EntityID("portico")),
            identityProvider: self.identityProvider.entityID,
            assertionConsumerService: "https://gateway.example/.portico/saml/acs",
            requestID: MessageID("_request"),
            now: try #require(SAMLInstant.parse("2026-03-01T12:00:00Z")),
            clockSkew: .seconds(60)
        )
    }

    /// An identity provider of the same name with another key.
    static func stranger() throws -> TestIdentityProvider {
        try self.sharedStranger.get()
    }

    static let attributes = [
        Attribute(name: "email", texts: ["ann@company-a.example"]),
        Attribute(name: "roles", texts: ["company-a_ADMIN", "company-b_REVIEWER"]),
    ]

    /// A signed message.
    func message(
        signing: ResponseDraft.Signing = .assertion,
        attributes: [Attribute] = Self.attributes,
        mutate: (inout ResponseDraft) throws -> Void = { _ in }
    ) throws -> String {
        var draft = self.identityProvider.draft(to: self.expectations, attributes: attributes, signing: signing)
        try mutate(&draft)
        return try self.identityProvider.sign(draft)
    }

    /// What the gateway makes of a message.
    func receive(_ xml: String) throws(ResponseRejection) -> ValidatedAssertion {
        try self.receive(xml, certificates: self.certificates)
    }

    /// What the gateway makes of a message under these certificates.
    func receive(_ xml: String, certificates: [SigningCertificate]) throws(ResponseRejection) -> ValidatedAssertion {
        let received = try HTTPPostBinding.decodeResponse(TestIdentityProvider.formField(xml))
        return try received.validate(
            self.expectations,
            certificates: certificates,
            decryptionKeys: self.decryptionKeys,
            signaturePolicy: self.signaturePolicy
        )
    }

    /// Expects a refusal with this code.
    func expectRefusal(
        _ xml: String,
        _ code: ResponseRejection.Code,
        certificates: [SigningCertificate]? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let rejection = #expect(throws: ResponseRejection.self, sourceLocation: sourceLocation) {
            try self.receive(xml, certificates: certificates ?? [self.identityProvider.certificate])
        }
        #expect(rejection?.code == code, sourceLocation: sourceLocation)
    }
}

/// Replaces a text that must be there, after signing.
func replacing(_ text: String, with replacement: String, in message: String) throws -> String {
    let range = try #require(message.firstRange(of: text))
    return message.replacingCharacters(in: range, with: replacement)
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with replacement: String) -> String {
        self[..<range.lowerBound] + replacement + self[range.upperBound...]
    }
}
