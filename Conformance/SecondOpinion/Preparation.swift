import Foundation
import SAML
import SAMLTesting
import XMLSecurity

/// Makes messages for second opinions: signed now, because other programs look at the clock.
enum Preparation {
    private static let person = "ann@company-a.example"
    private static let signings = [
        ("the assertion", ResponseDraft.Signing.assertion), ("the Response", .response), ("both", .both),
    ]

    /// Writes messages, plain and encrypted, and `sources.json`.
    ///
    /// - Parameter folder: An empty folder.
    /// - Throws: What the file system or the identity provider throws.
    static func write(to folder: String) throws {
        let folder = URL(filePath: folder)
        let provider = try TestIdentityProvider(key: .rsa(bits: 2048))
        let key = try SigningKey.generate(.rsa(bits: 2048))
        let recipient = try key.selfSignedCertificate(
            commonName: "Portico",
            notBefore: Date(timeIntervalSince1970: 1_700_000_000),
            notAfter: Date(timeIntervalSince1970: 2_500_000_000)
        )
        let exchange = Exchange(
            serviceProvider: "https://sp.example/metadata",
            identityProvider: provider.entityID.value,
            assertionConsumerService: "https://portico.example/saml/acs",
            requestID: MessageID.random().value,
            certificate: provider.certificate.pem,
            decryptionKey: try key.pem(),
            now: Date().timeIntervalSince1970.rounded()
        )
        var sources: [Source] = []
        for (name, signing) in self.signings {
            var draft = try self.draft(provider, try exchange.expectations(), signing)
            for encryption in [nil, AssertionEncryption(for: recipient)] {
                draft.encryption = encryption
                let source = Source(
                    name: "signed: \(name)" + (encryption == nil ? "" : ", the assertion encrypted"),
                    file: "signed-\(sources.count).xml",
                    exchange: exchange,
                    algorithms: .standard,
                    scope: .response,
                    identity: self.person
                )
                try Data(try provider.sign(draft).utf8).write(to: folder.appending(path: source.file))
                sources.append(source)
            }
        }
        try JSONEncoder().encode(sources).write(to: folder.appending(path: "sources.json"))
    }

    private static func draft(
        _ provider: TestIdentityProvider,
        _ expectations: Expectations,
        _ signing: ResponseDraft.Signing
    ) throws -> ResponseDraft {
        var draft = provider.draft(
            to: expectations,
            attributes: [Attribute(name: "email", texts: [self.person]), Attribute(name: "roles", texts: ["LABELER"])],
            signing: signing
        )
        let confirmations = draft.assertion?.subject?.confirmations ?? []
        draft.assertion?.subject = Subject(nameID: NameID(value: self.person), confirmations: confirmations)
        return draft
    }
}
