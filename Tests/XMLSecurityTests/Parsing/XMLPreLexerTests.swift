import Testing

@testable import XMLSecurity

@Suite("Pre-lexer")
struct XMLPreLexerTests {
    @Test(arguments: [
        "<a/>", "<?xml version=\"1.0\"?><a/>", "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<a/>",
        "\u{FEFF}<a/>", "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>", "<a b='>' c=\"/>\"><d/></a>",
        "<a>é &lt;!-- no comment --&gt;</a>", "<a xmlns = 'urn:x' b = '1'/>",
    ])
    func accepts(text: String) throws {
        try XMLPreLexer.check(Array(text.utf8), limits: .samlMessage)
    }

    @Test(
        arguments: [
            ("", .empty),
            ("<a>\u{0}</a>", .containsNUL),
            ("<a/>\u{0}<b/>", .containsNUL),
            ("<!DOCTYPE a><a/>", .forbiddenMarkup),
            ("<a><!-- x --></a>", .forbiddenMarkup),
            ("<a><![CDATA[x]]></a>", .forbiddenMarkup),
            ("<a><?php x?></a>", .processingInstruction),
            (" <?xml version=\"1.0\"?><a/>", .processingInstruction),
            ("<?xml version=\"1.1\"?><a/>", .processingInstruction),
            ("<?xml version=\"1.0\" bogus=\"1\"?><a/>", .processingInstruction),
            ("<?xml-stylesheet href='x'?><a/>", .processingInstruction),
            ("<?xml encoding=\"UTF-8\"?><a/>", .processingInstruction),
            ("<?xml version=\"1.0\"", .processingInstruction),
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>", .notUTF8),
            ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", .notUTF8),
            ("<a", .malformed),
            ("<a b='", .malformed),
            ("<a b='<'/>", .malformed),
            ("<a <b/></a>", .malformed),
            ("</a>", .malformed),
            ("<", .malformed),
        ] as [(String, XMLRejection)]
    )
    func refuses(text: String, rejection: XMLRejection) {
        #expect(throws: rejection) { try XMLPreLexer.check(Array(text.utf8), limits: .samlMessage) }
    }

    @Test(arguments: [
        "<a><!----></a>", "<!-- > --><a/><!-- < -->", "<a><!-- <b> &c; ' --><b/></a>", "<a><!--é--></a>",
    ])
    func passesOverCommentsWhereTheyAreDropped(text: String) throws {
        try XMLPreLexer.check(Array(text.utf8), limits: .samlMessage, comments: .dropped)
        #expect(throws: XMLRejection.forbiddenMarkup) {
            try XMLPreLexer.check(Array(text.utf8), limits: .samlMessage)
        }
    }

    @Test(arguments: [
        "<a><!-- x", "<a><!--", "<a><!-", "<a><!-- x --", "<a><!-- x -- y --></a>", "<a><!-- x ---></a>",
        "<a><!---></a>",
        "<a><!-x--></a>", "<a><![CDATA[x]]></a>", "<!DOCTYPE a><a/>", "<!-- x --><!DOCTYPE a><a/>",
    ])
    func refusesOtherMarkupWhereCommentsAreDropped(text: String) {
        #expect(throws: XMLRejection.forbiddenMarkup) {
            try XMLPreLexer.check(Array(text.utf8), limits: .samlMessage, comments: .dropped)
        }
    }

    @Test func refusesWhatIsNotUTF8() {
        #expect(throws: XMLRejection.notUTF8) { try XMLPreLexer.check([0x3C, 0xFF, 0x2F, 0x3E], limits: .samlMessage) }
        #expect(throws: XMLRejection.notUTF8) {
            try XMLPreLexer.check(Array("<a>".utf8) + [0xC0, 0x80] + Array("</a>".utf8), limits: .samlMessage)
        }
    }

    @Test func refusesUTF16() {
        let bytes: [UInt8] = [0xFF, 0xFE, 0x3C, 0x00, 0x61, 0x00, 0x2F, 0x00, 0x3E, 0x00]
        #expect(throws: XMLRejection.containsNUL) { try XMLPreLexer.check(bytes, limits: .samlMessage) }
    }

    /// A limit: the document that just meets it, by a count, and the rejection one above.
    struct Limit: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let largest: Int
        let rejection: XMLRejection
        let document: @Sendable (Int) -> String

        static let all = [
            Limit(testDescription: "attributes on one tag", largest: 64, rejection: .tooManyAttributes) { count in
                "<a " + (0..<count).map { "b\($0)='x'" }.joined(separator: " ") + "/>"
            },
            Limit(testDescription: "attributes in all", largest: 2304, rejection: .tooManyAttributes) { count in
                let eight = "<b " + (0..<8).map { "b\($0)=''" }.joined(separator: " ") + "/>"
                let rest = String(repeating: "<b c=''/>", count: count % 8)
                return "<a>" + String(repeating: eight, count: count / 8) + rest + "</a>"
            },
            Limit(testDescription: "tags full of attributes", largest: 32, rejection: .tooManyAttributes) { count in
                let full = "<b " + (0..<64).map { "b\($0)=''" }.joined(separator: " ") + "/>"
                return "<a>" + String(repeating: full, count: count) + "</a>"
            },
            Limit(testDescription: "namespaces on one tag", largest: 64, rejection: .tooManyNamespaces) { count in
                "<a " + (0..<count).map { "xmlns:b\($0)='u'" }.joined(separator: " ") + "/>"
            },
            Limit(testDescription: "namespaces in scope", largest: 64, rejection: .tooManyNamespaces) { count in
                let half = (0..<32).map { "xmlns:b\($0)='u'" }.joined(separator: " ")
                let rest = (32..<count).map { "xmlns:b\($0)='u'" }.joined(separator: " ")
                return "<a \(half)><b \(rest)/></a>"
            },
            Limit(testDescription: "namespaces in all", largest: 2304, rejection: .tooManyNamespaces) { count in
                let four = "<b xmlns='u' xmlns:c='u' xmlns:d='u' xmlns:e='u'/>"
                let rest = String(repeating: "<b xmlns='u'/>", count: count % 4)
                return "<a>" + String(repeating: four, count: count / 4) + rest + "</a>"
            },
            Limit(testDescription: "elements", largest: 1600, rejection: .tooManyElements) { count in
                "<a>" + String(repeating: "<b/>", count: count - 1) + "</a>"
            },
            Limit(testDescription: "nodes in all", largest: 4200, rejection: .tooManyElements) { count in
                let three = "<b xmlns='u' c=''/>"
                return "<a>" + String(repeating: "<b/>", count: (count - 1) % 3)
                    + String(repeating: three, count: (count - 1) / 3) + "</a>"
            },
            Limit(testDescription: "depth", largest: 64, rejection: .tooDeep) { count in
                String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
            },
            Limit(testDescription: "bytes", largest: 393_216, rejection: .tooLarge) { count in
                "<a>" + String(repeating: "x", count: count - 7) + "</a>"
            },
        ]
    }

    @Test(arguments: Limit.all)
    func allowsTheLimitAndNoMore(limit: Limit) throws {
        try XMLPreLexer.check(Array(limit.document(limit.largest).utf8), limits: .samlMessage)
        #expect(throws: limit.rejection) {
            try XMLPreLexer.check(Array(limit.document(limit.largest + 1).utf8), limits: .samlMessage)
        }
    }

    @Test func refusesManyNodesDeepDown() {
        let leaf = "<b " + (0..<60).map { "c\($0)=''" }.joined(separator: " ") + "/>"
        let text =
            String(repeating: "<a>", count: 60) + String(repeating: leaf, count: 36)
            + String(repeating: "</a>", count: 60)
        #expect(throws: XMLRejection.tooDeep) { try XMLPreLexer.check(Array(text.utf8), limits: .samlMessage) }
    }

    @Test func refusesALongNamespaceNameUsedOften() {
        let name = String(repeating: "u", count: 10_000)
        let text = "<a xmlns:p='\(name)'>" + String(repeating: "<p:b/>", count: 500) + "</a>"
        #expect(throws: XMLRejection.tooMuchExpansion) {
            try XMLPreLexer.check(Array(text.utf8), limits: .samlMessage)
        }
    }

    @Test func aThousandVerboseRolesFit() throws {
        let value = """
              <saml2:AttributeValue
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:type="xs:string"
              >
                company-with-a-long-name_REVIEWER
              </saml2:AttributeValue>

            """
        let text =
            "<saml2:Attribute xmlns:saml2='urn:oasis:names:tc:SAML:2.0:assertion' Name='roles'>"
            + String(repeating: value, count: 1000) + "</saml2:Attribute>"
        #expect(try XMLDocument.parse(Array(text.utf8)).root.childElements.count == 1000)
    }
}
