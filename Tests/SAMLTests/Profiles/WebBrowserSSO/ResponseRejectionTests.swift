import SAML
import Testing

@Suite("Response rejection")
struct ResponseRejectionTests {
    @Test
    func describesItselfWithoutAWordOfTheMessage() {
        let rejection = ResponseRejection(.issuerMismatch, rule: "IssuerRule", wanted: "a", got: "<script>")
        #expect(rejection.description == "issuer_mismatch (IssuerRule)")
    }

    @Test
    func boundsTheTextOfTheMessage() {
        let rejection = ResponseRejection(
            .xmlInvalid,
            rule: "MessageID",
            got: String(repeating: "e\u{301}", count: 100_000)
        )
        #expect(rejection.got?.unicodeScalars.count == 256)
    }
}
