import SAML
import SAMLTesting
import Testing

@Suite("Signature wrapping around and inside encrypted assertions")
struct EncryptedWrappingTests {
    private static let plaintextAttacks: [SignatureWrapping] = [.xsw3, .xsw4, .xsw5, .xsw6, .xsw8, .advice]

    /// saml-security E03: what is wrapped inside the plaintext, encrypted to our public certificate.
    @Test(arguments: plaintextAttacks)
    func isRefusedInThePlaintext(_ attack: SignatureWrapping) throws {
        let exchange = try EncryptedExchange.make()
        let signed = try exchange.message(signing: .assertion)
        let wrapped = try attack.apply(to: signed, identity: "ann@company-a.example", forged: "eve@company-a.example")
        let encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
        exchange.expectRefusal(try #require(try encryption.encryptAssertions(in: wrapped)), .xmlInvalid)
    }

    /// The transplants of a message whose assertion is signed, encrypted afterwards.
    @Test func neverChangesThePersonWhateverStandsInThePlaintext() throws {
        let exchange = try EncryptedExchange.make()
        let signed = try exchange.message(signing: .assertion)
        let engine = WrappingEngine(message: signed, identity: "ann@", forged: "eve@")
        let encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
        func encrypted(_ document: [UInt8]) throws -> String? {
            try encryption.encryptAssertions(in: String(decoding: document, as: UTF8.self))
        }
        let unchanged = try exchange.receive(try #require(try encrypted(engine.unchanged)))
        var refused = 0
        // A prime step meets every kind of transplant at every place in turn.
        for number in stride(from: 0, to: engine.count, by: 61) {
            guard let document = engine.document(number), let message = try encrypted(document) else { continue }
            guard let validated = try? exchange.receive(message) else {
                refused += 1
                continue
            }
            try #require(AssertedBytes(validated) == AssertedBytes(unchanged), "document \(number)")
        }
        #expect(refused > 250)
    }

    /// The transplants of a message together with a forged ciphertext and its key: whatever is accepted still names the
    /// person that was signed.
    @Test(arguments: [ResponseDraft.Signing.assertion, .response, .both])
    func neverChangesThePersonWhereverACiphertextGoes(_ signing: ResponseDraft.Signing) throws {
        let exchange = try EncryptedExchange.make()
        let draft = exchange.identityProvider.draft(
            to: exchange.expectations,
            attributes: [Attribute(name: "email", texts: ["ann@company-a.example"])],
            signing: signing
        )
        let engine = try WrappingEngine(
            encrypting: draft,
            by: exchange.identityProvider,
            for: try EncryptedExchange.recipient().certificate,
            identity: "ann@",
            forged: "eve@"
        )
        let unchanged = try exchange.receive(String(decoding: engine.unchanged, as: UTF8.self))
        #expect(unchanged.values(ofAttribute: "email") == [.text("ann@company-a.example")])
        var refused = 0
        // A prime step meets every kind of transplant at every place in turn.
        for number in stride(from: 0, to: engine.count, by: 29) {
            guard let document = engine.document(number) else { continue }
            guard let validated = try? exchange.receive(String(decoding: document, as: UTF8.self)) else {
                refused += 1
                continue
            }
            try #require(AssertedBytes(validated) == AssertedBytes(unchanged), "document \(number)")
        }
        #expect(refused > 250)
    }
}
