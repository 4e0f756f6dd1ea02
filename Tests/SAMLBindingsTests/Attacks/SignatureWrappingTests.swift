import SAML
import SAMLTesting
import Testing
import XMLSecurity

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
}
