import Testing

@testable import XMLSecurity

@Suite("Strict parsing")
struct XMLDocumentTests {
    @Test(
        arguments: [
            ("<a></b>", .malformed),
            ("<a/><b/>", .malformed),
            ("<a/>trailing", .malformed),
            ("text", .malformed),
            ("<a b='1' b='2'/>", .malformed),
            ("<a>&undefined;</a>", .malformed),
            ("<a b='&undefined;'/>", .malformed),
            ("<a>&#0;</a>", .malformed),
            ("<a>&#x1;</a>", .malformed),
            ("<a>\u{1}</a>", .malformed),
            ("<a>]]></a>", .malformed),
            ("<a xml:id='2' b='1' c='2' d='3'/>", .malformed),
            ("<p:a/>", .namespaceMalformed),
            ("<a p:b='1'/>", .namespaceMalformed),
            ("<a xmlns:p=''/>", .namespaceMalformed),
            ("<a xmlns='relative'/>", .namespaceMalformed),
            ("<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>", .namespaceMalformed),
            ("<a ID='1'><b ID='1'/></a>", .duplicateID),
            ("<a ID='1'><b id='1'/></a>", .duplicateID),
            ("<a ID='a1'><b xml:id='a1'/></a>", .duplicateID),
            ("<a xmlns:p='urn:p' ID='1' p:iD='1'/>", .duplicateID),
            ("<a ID=''/>", .duplicateID),
        ] as [(String, XMLRejection)]
    )
    func refuses(text: String, rejection: XMLRejection) {
        do {
            _ = try XMLDocument.parse(Array(text.utf8))
            Issue.record("accepted")
        } catch .malformed where rejection == .namespaceMalformed {
            // libxml2 reports some bad namespaces as errors of the document itself.
        } catch {
            #expect(error == rejection)
        }
    }

    @Test(arguments: ["ID", "xml:id", "p:iD"])
    func countsIdentifiers(name: String) throws {
        func document(_ count: Int) -> [UInt8] {
            let elements = (0..<count).map { "<b \(name)='a\($0)'/>" }.joined()
            return Array("<a xmlns:p='urn:p'>\(elements)</a>".utf8)
        }
        _ = try XMLDocument.parse(document(64))
        #expect(throws: XMLRejection.tooManyIdentifiers) { try XMLDocument.parse(document(65)) }
    }

    @Test func readsNamesAttributesAndText() throws {
        let text = """
            <?xml version="1.0"?><p:a xmlns:p="urn:p" xmlns="urn:d" b="1 &amp; 2" p:b="3">\
            <c>x &lt;y&gt; \u{1F600}&#13;</c> <p:c/><c/></p:a>
            """
        let root = try XMLDocument.parse(Array(text.utf8)).root
        #expect(root.name == XMLName("urn:p", "a"))
        #expect(root.isNamed(XMLName("urn:p", "a")))
        #expect(!root.isNamed(XMLName("urn:d", "a")))
        #expect(!root.isNamed(XMLName("urn:p", "b")))
        #expect(
            root.attributes == [
                XMLAttribute(name: XMLName("", "b"), value: "1 & 2"),
                XMLAttribute(name: XMLName("urn:p", "b"), value: "3"),
            ]
        )
        #expect(root.attribute("b") == "1 & 2")
        #expect(root.attribute(XMLName("urn:p", "b")) == "3")
        #expect(root.attribute("c") == nil)
        #expect(root.childElements.map(\.name.localName) == ["c", "c", "c"])
        #expect(root.children(named: XMLName("urn:d", "c")).count == 2)
        let child = try #require(root.firstChild(named: XMLName("urn:d", "c")))
        #expect(try child.text() == "x <y> \u{1F600}\r")
        #expect(child.parent?.isSameNode(as: root) == true)
        #expect(root.parent == nil)
        #expect(!root.hasCharacterData)
        #expect(child.hasCharacterData)
        #expect(throws: XMLRejection.notTextOnly) { try root.text() }
    }

    @Test func anElementKeepsItsDocumentAlive() throws {
        func child() throws -> XMLElement {
            try #require(try XMLDocument.parse(Array("<a><b c='1'>x</b></a>".utf8)).root.childElements.first)
        }
        let element = try child()
        #expect(try element.text() == "x")
        #expect(element.attribute("c") == "1")
    }

    @Test func doesNotTurnEntitiesIntoText() throws {
        let root = try XMLDocument.parse(Array("<a b='&#65;&quot;&lt;'>&amp;&apos;</a>".utf8)).root
        #expect(root.attribute("b") == "A\"<")
        #expect(try root.text() == "&'")
    }

    /// The text around a comment is one, and there is no node of the comment anywhere.
    @Test func dropsCommentsWhereTold() throws {
        let text = "<!-- a --><a>x<!-- <b/> -->y<c/><!-- d --></a><!-- e -->"
        let root = try XMLDocument.parse(Array(text.utf8), comments: .dropped).root
        #expect(root.childElements.count == 1)
        let inner = "<a>x<!-- <b/> -->y</a>"
        #expect(try XMLDocument.parse(Array(inner.utf8), comments: .dropped).root.text() == "xy")
    }
}
