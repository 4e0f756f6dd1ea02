import Foundation
import FuzzingOracle
import SAML
import SAMLTesting
import XMLSecurity

/// Makes documents for second opinions: signed now, because other programs look at the clock.
enum Preparation {
    private static let person = "ann@company-a.example"

    /// Writes documents and `cases.json`.
    ///
    /// - Parameters:
    ///   - folder: An empty folder.
    ///   - count: How many of each kind to make of each signed message.
    /// - Throws: What the file system or the identity provider throws.
    static func write(to folder: String, documents count: Int) throws {
        let folder = URL(filePath: folder)
        let provider = try TestIdentityProvider(key: .rsa(bits: 2048))
        let exchange = Exchange(
            serviceProvider: "https://sp.example/metadata",
            identityProvider: provider.entityID.value,
            assertionConsumerService: "https://portico.example/saml/acs",
            requestID: MessageID.random().value,
            certificate: provider.certificate.pem,
            now: Date().timeIntervalSince1970.rounded()
        )
        var cases: [Case] = []
        func add(_ document: [UInt8], _ source: String) throws {
            let file = "\(cases.count).xml"
            try Data(document).write(to: folder.appending(path: file))
            cases.append(Case(file: file, source: source, exchange: exchange))
        }
        for (name, signing) in [
            ("assertion", ResponseDraft.Signing.assertion), ("Response", .response), ("both", .both),
        ] {
            let message = try self.message(provider, try exchange.expectations(), signing)
            try add(Array(message.utf8), "signed \(name)")
            let engine = WrappingEngine(message: message, identity: self.person, forged: "eve@b.example")
            let step = max(1, engine.count / count)
            for number in stride(from: 0, to: engine.count, by: step) {
                if let document = engine.document(number) { try add(document, "transplanted, signed \(name)") }
            }
            for number in 0..<count {
                let script = Mutation.script(number: number)
                if let document = Mutation.apply(script, to: [message]) { try add(document, "changed, signed \(name)") }
            }
        }
        try JSONEncoder().encode(cases).write(to: folder.appending(path: "cases.json"))
    }

    private static func message(
        _ provider: TestIdentityProvider,
        _ expectations: Expectations,
        _ signing: ResponseDraft.Signing
    ) throws -> String {
        var draft = provider.draft(
            to: expectations,
            attributes: [Attribute(name: "email", texts: [self.person]), Attribute(name: "roles", texts: ["LABELER"])],
            signing: signing
        )
        let confirmations = draft.assertion?.subject?.confirmations ?? []
        draft.assertion?.subject = Subject(nameID: NameID(value: self.person), confirmations: confirmations)
        return try provider.sign(draft)
    }
}
