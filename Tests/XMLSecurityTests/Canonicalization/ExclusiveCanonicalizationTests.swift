import Testing

@testable import XMLSecurity

@Suite("Exclusive canonicalization")
struct ExclusiveCanonicalizationTests {
    @Test(
        "writes what the recommendation says",
        arguments: [
            ("<a/>", [], "<a></a>"),
            ("<a  c = '1'\n b='2' />", [], #"<a b="2" c="1"></a>"#),
            ("<a>&lt;&gt;&amp;&quot;&apos;&#13;&#9;\n</a>", [], "<a>&lt;&gt;&amp;\"'&#xD;\t\n</a>"),
            (
                "<a b='&lt;&gt;&amp;&quot;&apos;&#13;&#9;&#10;\n'/>", [],
                #"<a b="&lt;>&amp;&quot;'&#xD;&#x9;&#xA; "></a>"#
            ),
            ("<a>\u{e9}\u{1F469}</a>", [], "<a>\u{e9}\u{1F469}</a>"),
            ("<o xmlns='urn:o' xmlns:p='urn:p'><a/></o>", [], #"<a xmlns="urn:o"></a>"#),
            ("<o xmlns:p='urn:p'><a p:b=''/></o>", [], #"<a xmlns:p="urn:p" p:b=""></a>"#),
            ("<o xmlns:p='urn:p'><p:a xmlns:q='urn:q'><b/></p:a></o>", [], #"<p:a xmlns:p="urn:p"><b></b></p:a>"#),
            (
                "<o xmlns:p='urn:p'><a><p:b/><p:b/></a></o>", [],
                #"<a><p:b xmlns:p="urn:p"></p:b><p:b xmlns:p="urn:p"></p:b></a>"#
            ),
            (
                "<a xmlns='urn:o'><b xmlns=''><c xmlns='urn:o'/></b></a>", [],
                #"<a xmlns="urn:o"><b xmlns=""><c xmlns="urn:o"></c></b></a>"#
            ),
            (
                "<p:a xmlns:p='urn:p'><p:b xmlns:p='urn:q'/><p:b/></p:a>", [],
                #"<p:a xmlns:p="urn:p"><p:b xmlns:p="urn:q"></p:b><p:b></p:b></p:a>"#
            ),
            (
                "<q:a xmlns:q='urn:1' xmlns:p='urn:2' p:z='' q:z='' z=''/>", [],
                #"<q:a xmlns:p="urn:2" xmlns:q="urn:1" z="" q:z="" p:z=""></q:a>"#
            ),
            ("<a xml:lang='de' b=''/>", [], #"<a b="" xml:lang="de"></a>"#),
            ("<o xmlns:p='urn:p' xml:lang='de'><a/></o>", ["p", "missing"], #"<a xmlns:p="urn:p"></a>"#),
            ("<o xmlns:p='urn:p'><a><b/></a></o>", ["p"], #"<a xmlns:p="urn:p"><b></b></a>"#),
            ("<a xmlns:p='urn:p'><b xmlns:p='urn:q'/></a>", ["p"], #"<a xmlns:p="urn:p"><b xmlns:p="urn:q"></b></a>"#),
            (
                "<o xmlns='urn:o'><p:a xmlns:p='urn:p'/></o>", ["#default"],
                #"<p:a xmlns="urn:o" xmlns:p="urn:p"></p:a>"#
            ),
            (
                "<a xmlns='urn:o'><p:b xmlns='' xmlns:p='urn:p'/></a>", ["#default"],
                #"<a xmlns="urn:o"><p:b xmlns="" xmlns:p="urn:p"></p:b></a>"#
            ),
        ]
    )
    func canonicalForm(document: String, prefixes: [String], expected: String) throws {
        let root = try XMLDocument.parse(Array(document.utf8)).root
        let element = root.name.localName == "o" ? try #require(root.childElements.first) : root
        let bytes = ExclusiveCanonicalization.bytes(of: element, without: nil, prefixes: prefixes)
        #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test(
        "writes nothing where a namespace has no canonical form, used or not, inside or outside",
        arguments: [
            "<a><b xmlns:p='relative'/></a>", "<a xmlns:p='//host'><b/></a>",
            "<a><b/><c xmlns:p='a/b:c'/></a>", "<a xmlns:p='urn:x?a=1&amp;b=2'><b/></a>",
        ]
    )
    func noCanonicalForm(document: String) throws {
        let root = try XMLDocument.parse(Array(document.utf8)).root
        for element in [root] + root.childElements {
            #expect(ExclusiveCanonicalization.bytes(of: element, without: nil, prefixes: []) == nil)
        }
    }

    @Test func leavesAnElementOut() throws {
        let root = try XMLDocument.parse(Array("<a>1<b>2</b>3<b>4</b></a>".utf8)).root
        let bytes = ExclusiveCanonicalization.bytes(of: root, without: root.childElements[0], prefixes: [])
        #expect(bytes == Array("<a>13<b>4</b></a>".utf8))
    }

    @Test("writes what libxml2 writes", arguments: UInt64(0)..<40)
    func writesWhatLibxml2Writes(seed: UInt64) throws {
        var documents = DocumentGenerator(seed: seed)
        for _ in 0..<50 {
            let text = documents.next()
            let root = try XMLDocument.parse(Array(text.utf8)).root
            for element in Self.elements(in: root) {
                let excluded = element.childElements.last
                for prefixes in [[], ["p"], ["#default", "q", "missing"]] {
                    let bytes = ExclusiveCanonicalization.bytes(of: element, without: excluded, prefixes: prefixes)
                    let opinion = LibraryCanonicalization.bytes(of: element, without: excluded, prefixes: prefixes)
                    #expect(bytes == opinion, "\(text) at \(element.name), \(prefixes)")
                }
            }
        }
    }

    @Test func writesOtherProjectsMessagesAsLibxml2Does() throws {
        var count = 0
        for row in CorpusRow.all {
            let bytes = try Fixture.bytes("corpora/" + row.file)
            guard let decoded = row.isBase64 ? StrictBase64.decode(bytes) : bytes,
                let root = try? XMLDocument.parse(decoded).root
            else { continue }
            for element in Self.elements(in: root) {
                let written = ExclusiveCanonicalization.bytes(of: element, without: nil, prefixes: ["xs", "#default"])
                let opinion = LibraryCanonicalization.bytes(of: element, without: nil, prefixes: ["xs", "#default"])
                #expect(written == opinion, "\(row.file)")
                count += 1
            }
        }
        #expect(count > 500)
    }

    private static func elements(in element: XMLElement) -> [XMLElement] {
        [element] + element.childElements.flatMap(Self.elements)
    }
}
