import CXMLSec
import Testing

@testable import XMLSecurity

@Suite("Elements and their attributes")
struct XMLElementTests {
    @Test func leavesNoAttributeOut() throws {
        let text = "<a xmlns='urn:d' xmlns:p='urn:p' b='' c='&amp;&#38;&lt;' p:b='x&#10;y' xml:lang='en' cc='z'/>"
        let root = try XMLDocument.parse(Array(text.utf8)).root
        #expect(
            root.attributes == [
                XMLAttribute(name: XMLName("", "b"), value: ""),
                XMLAttribute(name: XMLName("", "c"), value: "&&<"),
                XMLAttribute(name: XMLName("urn:p", "b"), value: "x\ny"),
                XMLAttribute(name: XMLName("http://www.w3.org/XML/1998/namespace", "lang"), value: "en"),
                XMLAttribute(name: XMLName("", "cc"), value: "z"),
            ]
        )
        for attribute in root.attributes {
            #expect(root.attribute(attribute.name) == attribute.value)
        }
    }

    /// An attribute whose value cannot be read must not look as if it were not there.
    @Test func refusesADocumentWithAnAttributeOfOtherThingsThanText() throws {
        let document = try XMLDocument.parse(Array("<a><b c='1'/></a>".utf8))
        let element = try #require(document.root.childElements.first)
        guard let attribute = unsafe element.node.pointee.properties,
            let reference = unsafe xmlNewReference(element.tree.pointer, "undefined")
        else {
            Issue.record("no memory")
            return
        }
        unsafe attribute.pointee.last.pointee.next = reference
        unsafe reference.pointee.prev = attribute.pointee.last
        unsafe attribute.pointee.last = reference
        #expect(throws: XMLRejection.unexpectedNode) { try XMLNodeAudit.check(document.root, isASCII: true) }
    }

    @Test(
        arguments: [
            ("urn:d", "name", true), ("urn:d", "nam", false), ("urn:d", "name1", false), ("urn:d", "", false),
            ("urn:", "name", false), ("urn:dd", "name", false), ("", "name", false), ("urn:d", "name\u{0}", false),
            ("urn:d", "n\u{0}me", false),
        ]
    )
    func comparesTheWholeName(namespace: String, localName: String, isSame: Bool) throws {
        let root = try XMLDocument.parse(Array("<name xmlns='urn:d'/>".utf8)).root
        let name = XMLName(namespace, localName)
        #expect(root.isNamed(name) == isSame)
        #expect((root.name == name) == isSame)
    }

    @Test func anElementWithoutANamespaceIsNamedByTheEmptyOne() throws {
        let root = try XMLDocument.parse(Array("<name/>".utf8)).root
        #expect(root.isNamed(XMLName("", "name")))
        #expect(!root.isNamed(XMLName("urn:d", "name")))
    }
}
