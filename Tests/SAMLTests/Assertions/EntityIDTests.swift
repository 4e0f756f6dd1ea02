import SAML
import Testing

@Suite("Entity identifiers")
struct EntityIDTests {
    @Test(arguments: [
        "portico", "https://idp.example/saml?x=1#y", "urn:example:idp", "name with spaces",
        String(repeating: "a", count: 1024),
    ])
    func accepts(_ text: String) {
        #expect(EntityID(text)?.value == text)
    }

    @Test(arguments: [
        "", " portico", "portico\n", "por\u{0}tico", "\u{a0}portico", String(repeating: "a", count: 1025),
    ])
    func refuses(_ text: String) {
        #expect(EntityID(text) == nil)
    }

    @Test
    func comparesBytes() {
        #expect(EntityID("caf\u{e9}") != EntityID("cafe\u{301}"))
        #expect(EntityID("Portico") != EntityID("portico"))
        #expect(Set([EntityID("caf\u{e9}"), EntityID("cafe\u{301}")]).count == 2)
    }
}
