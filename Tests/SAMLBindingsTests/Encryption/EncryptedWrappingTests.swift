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
        let assertion = try element("saml:Assertion", of: wrapped)
        let encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
        let message = try replacing(assertion, with: try encryption.encrypt(assertion), in: wrapped)
        exchange.expectRefusal(message, .xmlInvalid)
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

    /// The text from the first start tag of this name to the last end tag.
    private func element(_ name: String, of message: String) throws -> String {
        let start = try #require(message.firstRange(of: "<" + name + " ")).lowerBound
        let end = try #require(message.ranges(of: "</" + name + ">").last).upperBound
        return String(message[start..<end])
    }
}
