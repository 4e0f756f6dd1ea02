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

    /// What holds a ciphertext, a key or a signature.
    private static let copied = [
        "saml:EncryptedAssertion", "xenc:EncryptedData", "xenc:EncryptedKey", "xenc:CipherData", "ds:Signature",
    ]

    /// The parts of the encryption copied before every element of the message and to its end, together with a forged
    /// ciphertext of the same length: whatever is accepted still names the person that was signed.
    @Test(arguments: [ResponseDraft.Signing.assertion, .both])
    func neverChangesThePersonWhereverACiphertextIsCopied(_ signing: ResponseDraft.Signing) throws {
        let exchange = try EncryptedExchange.make()
        var draft = exchange.identityProvider.draft(
            to: exchange.expectations,
            attributes: [Attribute(name: "email", texts: ["ann@company-a.example"])],
            signing: signing
        )
        var encryption = AssertionEncryption(
            for: try EncryptedExchange.recipient().certificate,
            placement: .retrievalMethod
        )
        draft.encryption = encryption
        let message = try exchange.identityProvider.sign(draft)
        encryption.replaceInPlaintext("ann@", with: "eve@")
        draft.encryption = encryption
        let name = "saml:EncryptedAssertion"
        let forgedCiphertext = try element(name, of: try exchange.identityProvider.sign(draft))
        let signed = Array(message.utf8)
        let forged = Array(try replacing(try element(name, of: message), with: forgedCiphertext, in: message).utf8)
        try #require(signed.count == forged.count && signed != forged)
        let spans = ElementSpan.all(in: signed)
        let copies = spans.filter { span in
            Self.copied.contains { signed[(span.whole.lowerBound + 1)...].starts(with: ($0 + " ").utf8) }
                || Self.copied.contains { signed[(span.whole.lowerBound + 1)...].starts(with: ($0 + ">").utf8) }
        }
        #expect(spans.count > 15 && copies.count >= 5)
        var refused = 0
        for copied in copies {
            for target in spans {
                for transplant in copied.transplants(to: target, signed: signed, forged: forged) {
                    guard let validated = try? exchange.receive(String(decoding: transplant, as: UTF8.self)) else {
                        refused += 1
                        continue
                    }
                    try #require(validated.values(ofAttribute: "email") == [.text("ann@company-a.example")])
                }
            }
        }
        #expect(refused > copies.count * spans.count)
    }

    /// The text from the first start tag of this name to the last end tag.
    private func element(_ name: String, of message: String) throws -> String {
        let start = try #require(message.firstRange(of: "<" + name + " ")).lowerBound
        let end = try #require(message.ranges(of: "</" + name + ">").last).upperBound
        return String(message[start..<end])
    }
}
