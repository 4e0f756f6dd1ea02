import SAML
import Testing

@Suite("Message identifiers")
struct MessageIDTests {
    @Test(arguments: ["_a", "A", "z9", "_0.1-2", "_" + String(repeating: "0", count: 127)])
    func accepts(_ text: String) {
        #expect(MessageID(text)?.value == text)
    }

    @Test(arguments: [
        "", "0a", "-a", ".a", "a b", " a", "a:b", "a'", "#a", "\u{e9}a", "a\n", "a')|id('b", "a\u{301}",
        "_" + String(repeating: "0", count: 128),
    ])
    func refuses(_ text: String) {
        #expect(MessageID(text) == nil)
    }

    @Test
    func makesIdentifiersOf160RandomBits() {
        let made = Set((0..<1000).map { _ in MessageID.random() })
        #expect(made.count == 1000)
        #expect(made.allSatisfy { MessageID($0.value) == $0 && $0.value.utf8.count == 41 })
    }
}
