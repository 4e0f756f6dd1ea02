import Testing

@testable import ReverseProxy

@Suite("traceparent")
struct TraceParentTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"
    private static let span = "b7ad6b7169203331"

    @Test(
        "A valid one is read, of version 00 and of later ones",
        arguments: [
            ("00-\(Self.trace)-\(Self.span)-01", true), ("00-\(Self.trace)-\(Self.span)-00", false),
            ("00-\(Self.trace)-\(Self.span)-03", true), ("01-\(Self.trace)-\(Self.span)-01", true),
            ("fe-\(Self.trace)-\(Self.span)-01-what-comes", true),
        ]
    )
    func valid(_ text: String, _ isSampled: Bool) throws {
        let parent = try #require(TraceParent(text))
        #expect(parent.traceID == Self.trace && parent.spanID == Self.span && parent.isSampled == isSampled)
        #expect(TraceParent("\(parent)") == parent)
    }

    @Test(
        "Anything else is none",
        arguments: [
            "", "00", "ff-\(Self.trace)-\(Self.span)-01", "00-\(Self.trace)-\(Self.span)-01-x",
            "00-\(Self.trace)-\(Self.span)-011", "01-\(Self.trace)-\(Self.span)-011", "00-\(Self.trace)-\(Self.span)-1",
            "00-\(Self.trace.uppercased())-\(Self.span)-01", "0g-\(Self.trace)-\(Self.span)-01",
            "00-00000000000000000000000000000000-\(Self.span)-01", "00-\(Self.trace)-0000000000000000-01",
            "00_\(Self.trace)_\(Self.span)_01", " 00-\(Self.trace)-\(Self.span)-01",
            "00-\(Self.trace)-\(Self.span)-0\u{e9}",
        ]
    )
    func invalid(_ text: String) {
        #expect(TraceParent(text) == nil)
    }
}
