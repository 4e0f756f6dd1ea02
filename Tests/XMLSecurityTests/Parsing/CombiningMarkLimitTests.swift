import Testing

@testable import XMLSecurity

@Suite("Combining marks in a row")
struct CombiningMarkLimitTests {
    private static let allowed = String(repeating: "\u{300}", count: CombiningMarkLimit.maximumRun)
    private static let refused = allowed + "\u{316}"
    private static let escaped = String(repeating: "&#x300;", count: CombiningMarkLimit.maximumRun + 1)

    @Test(
        "are refused wherever a reader could compare them",
        arguments: [
            "<a>\(refused)</a>", "<a>o<b/>o\(refused)</a>", "<a>\(escaped)</a>", "<a b='\(refused)'/>",
            "<a b='\(escaped)'/>", "<a b='1' ID='o\(refused)'/>", "<a\(refused)/>", "<a b\(refused)='1'/>",
            "<a><b xml:id='o\(refused)'/></a>", "<a>\(allowed)&#x300;</a>",
            "<a>\(String(repeating: "\u{1D165}", count: CombiningMarkLimit.maximumRun + 1))</a>",
        ]
    )
    func refusesLongRuns(text: String) {
        #expect(throws: XMLRejection.tooManyMarks) { try XMLDocument.parse(Array(text.utf8)) }
    }

    @Test(
        "are accepted as languages use them",
        arguments: [
            "<a>o\(allowed)</a>", "<a>\(allowed)o\(allowed)</a>", "<a b='o\(allowed)'>o\(allowed)</a>",
            "<a>Vie\u{302}\u{323}t, \u{5E9}\u{5C1}\u{5B8}, \u{0E01}\u{0E35}\u{0E48}, 漢字, \u{1F469}\u{200D}\u{1F680}</a>",
        ]
    )
    func acceptsShortRuns(text: String) throws {
        _ = try XMLDocument.parse(Array(text.utf8))
    }

    /// Canonically equal texts are other bytes, and so other names and other identifiers.
    @Test func namesAndIdentifiersAreBytes() throws {
        #expect(XMLName("", "\u{212A}eyInfo") != XMLName("", "KeyInfo"))
        #expect(XMLName("urn:\u{212A}", "a") != XMLName("urn:K", "a"))
        let root = try XMLDocument.parse(Array("<a ID='K'><b ID='\u{212A}' \u{212A}='1'/></a>".utf8)).root
        #expect(root.childElements.first?.attribute("K") == nil)
    }
}
