import Testing

@testable import XMLSecurity

@Suite("XML writer")
struct XMLWriterTests {
    @Test func writesElementsAttributesAndText() {
        var writer = XMLWriter()
        writer.element("p:a", ["xmlns:p": "urn:p", "b": nil, "c": "1"]) { writer in
            writer.element("d") { $0.text("x") }
            writer.element("e")
        }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "<p:a xmlns:p=\"urn:p\" c=\"1\"><d>x</d><e/></p:a>")
    }

    @Test(arguments: ["<&>\"'", "]]>", "a\r\n\tb", "</a>", "\" onload=\"", "é\u{1F600}", "  "])
    func whatIsWrittenIsReadBackAsItWas(value: String) throws {
        var writer = XMLWriter()
        writer.element("a", ["b": value]) { $0.text(value) }
        let root = try XMLDocument.parse(writer.bytes).root
        #expect(root.attribute("b") == value)
        #expect(try root.text() == value)
        #expect(root.attributes.count == 1)
    }

    @Test func replacesCharactersThatXMLCannotHold() throws {
        var writer = XMLWriter()
        writer.element("a") { $0.text("x\u{0}\u{1B}\u{FFFE}y") }
        #expect(try XMLDocument.parse(writer.bytes).root.text() == "x\u{FFFD}\u{FFFD}\u{FFFD}y")
    }
}
