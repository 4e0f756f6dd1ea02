import FoundationEssentials
import SAML
import SAMLTesting
import Testing
import XMLSecurity

/// One message of another project's tests, and what Portico must make of it: a line of `Fixtures/corpora/INDEX.tsv`.
///
/// What the other project does not say (issuer, audience, consumer URL) is taken from the message, so that the row is
/// about the rest.
struct CorpusRow: CustomTestStringConvertible, Sendable {
    let file: String
    let isBase64: Bool
    let certificateFiles: [String]
    let issuer: String
    let audience: String
    let consumer: String
    let validAt: String
    /// The service provider's key, where the message is encrypted to it.
    let decryptionKeyFiles: [String]
    /// The outcome under the policy that is in force: `accepted`, or a code and the rule that refused.
    let standard: String
    /// The outcome when SHA-1 and short keys are let pass, which only tests can do.
    let legacy: String

    var testDescription: String { self.file }

    static let all: [CorpusRow] = {
        let lines = (try? Fixture.text("corpora/INDEX.tsv").split(separator: "\n").dropFirst()) ?? []
        return lines.compactMap { CorpusRow(line: $0) }
    }()

    private init?(line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 11 else { return nil }
        self.file = fields[0]
        self.isBase64 = fields[1] == "base64"
        self.certificateFiles = fields[2].split(separator: ";").map(String.init)
        self.issuer = fields[3]
        self.audience = fields[4]
        self.consumer = fields[5]
        self.validAt = fields[6]
        self.standard = fields[7]
        self.legacy = fields[8]
        self.decryptionKeyFiles = fields[10].isEmpty ? [] : [fields[10]]
    }

    /// The form field as the identity provider would have posted it.
    func formField() throws -> String {
        let bytes = try Fixture.bytes("corpora/" + self.file)
        return self.isBase64 ? String(decoding: bytes, as: UTF8.self) : StrictBase64.encode(bytes)
    }

    /// The certificates, in the text that an administrator would have pasted.
    func certificateTexts() throws -> [String] {
        try self.certificateFiles.map { try Fixture.text("corpora/" + $0) }
    }

    /// The service provider's private keys, which the other project published with its tests.
    func decryptionKeyTexts() throws -> [String] {
        try self.decryptionKeyFiles.map { try Fixture.text("corpora/" + $0) }
    }

    /// What the message must agree with; one that names no request is judged as unsolicited.
    func expectations(for header: ResponseHeader) throws -> Expectations {
        let claims = try CorpusClaims(formField: try self.formField())
        let issuer = [self.issuer, claims.issuer, "none"].first { !$0.isEmpty } ?? ""
        let audience = [self.audience, claims.audience, "none"].first { !$0.isEmpty } ?? ""
        let consumer = [self.consumer, claims.recipient, header.destination ?? ""].first { !$0.isEmpty } ?? ""
        return Expectations(
            serviceProvider: try #require(EntityID(audience)),
            identityProvider: try #require(EntityID(issuer)),
            assertionConsumerService: consumer,
            requestID: header.inResponseTo,
            now: SAMLInstant.parse(self.validAt) ?? header.issueInstant
        )
    }
}
