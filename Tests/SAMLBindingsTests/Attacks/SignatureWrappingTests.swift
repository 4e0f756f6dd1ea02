import SAML
import SAMLTesting
import Testing
import XMLSecurity

@testable import SAMLBindings

@Suite("Signature wrapping")
struct SignatureWrappingTests {
    @Test(arguments: SignatureWrapping.allCases, Exchange.Key.allCases)
    func isRefused(_ attack: SignatureWrapping, _ key: Exchange.Key) throws {
        let exchange = try Exchange(key: key)
        let message = try exchange.message(signing: attack.signing)
        let forged = try attack.apply(to: message, identity: "ann@company-a.example", forged: "eve@company-a.example")
        #expect(forged.contains("eve@company-a.example"))
        #expect(forged.contains("ann@company-a.example") || attack == .xsw5)
        exchange.expectRefusal(forged, .xmlInvalid)
    }

    /// Every element of a signed message, copied before every other element and to its end, the person forged in the
    /// copy or in all the rest: whatever is accepted still names the person that was signed.
    @Test(arguments: [ResponseDraft.Signing.assertion, .response, .both])
    func neverChangesThePersonWhereverAnElementIsCopied(_ signing: ResponseDraft.Signing) throws {
        let exchange = try Exchange()
        let message = try exchange.message(
            signing: signing,
            attributes: [Attribute(name: "email", texts: ["ann@company-a.example"])]
        )
        let signed = Array(message.utf8)
        let forged = Array(message.replacing("ann@", with: "eve@").utf8)
        let spans = ElementSpan.all(in: signed)
        #expect(spans.count > 30)
        var refused = 0
        for copied in spans {
            for target in spans {
                for transplant in copied.transplants(to: target, signed: signed, forged: forged) {
                    guard let validated = try? self.receive(transplant, exchange) else {
                        refused += 1
                        continue
                    }
                    try #require(validated.values(ofAttribute: "email") == [.text("ann@company-a.example")])
                }
            }
        }
        #expect(refused > spans.count * spans.count)
    }
    private func receive(_ bytes: [UInt8], _ exchange: Exchange) throws -> ValidatedAssertion {
        try ReceivedResponse(try XMLDocument.parse(bytes))
            .validate(
                exchange.expectations,
                certificates: [exchange.identityProvider.certificate],
                signaturePolicy: .either
            )
    }
}
