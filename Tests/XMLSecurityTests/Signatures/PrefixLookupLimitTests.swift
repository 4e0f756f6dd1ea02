import Testing

@testable import XMLSecurity

/// What canonicalization would look up is counted before it begins.
@Suite("Limit on lookups of prefixes")
struct PrefixLookupLimitTests {
    /// A list of prefixes in the CanonicalizationMethod of SignedInfo, where signers seldom write one.
    private static func ownList(_ prefixes: [String], in text: String) throws -> String {
        let method = "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\""
        let list =
            "<ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\""
            + prefixes.joined(separator: " ") + "\"/>"
        try #require(text.contains(method + "/>"))
        return text.replacing(method + "/>", with: method + ">" + list + "</ds:CanonicalizationMethod>")
    }

    private static func signed(_ content: String, prefixes: [String] = []) throws -> String {
        let message = Message.unsigned.replacing("team_ADMIN", with: content)
        let options = XMLSigner.Options(inclusiveNamespaces: prefixes)
        let key = try Message.key.get()
        let bytes = try XMLSigner.sign(Array(message.utf8), elementID: "_a1", key: key, options: options)
        return String(decoding: bytes, as: UTF8.self)
    }

    private let prefixes = (0..<16).map { "p\($0)" }
    private let elements = String(repeating: "<a/>", count: 1500)

    @Test func countsThePrefixesOfSignedInfoToo() throws {
        let hostile = try Self.ownList(self.prefixes, in: try Self.signed(self.elements))
        #expect(throws: SignatureRejection.prefixListRefused) { try Message.verify(hostile) }
        let harmless = try Self.ownList(["p0"], in: try Self.signed(self.elements))
        // The list is not what was signed.
        #expect(throws: SignatureRejection.noKeyMatches) { try Message.verify(harmless) }
    }

    @Test func countsTheDeclarationsInScope() throws {
        let declarations = (0..<50).map { " xmlns:n\($0)=\"u:\($0)\"" }.joined()
        let list = Array(self.prefixes.prefix(3))
        try Message.verify(try Self.signed("<x>\(self.elements)</x>", prefixes: list))
        let hostile = try Self.signed("<x\(declarations)>\(self.elements)</x>", prefixes: list)
        #expect(throws: SignatureRejection.prefixListRefused) { try Message.verify(hostile) }
    }

    @Test func countsWhatStandsOutsideOfTheSignedElement() throws {
        let text = try Self.signed("team_ADMIN", prefixes: self.prefixes)
        try Message.verify(text)
        let start = try #require(text.firstRange(of: "<saml:Assertion"))
        let hostile = text[..<start.lowerBound] + "<x>\(self.elements)</x>" + text[start.lowerBound...]
        #expect(throws: SignatureRejection.prefixListRefused) { try Message.verify(String(hostile)) }
    }

    @Test func refusesALongPrefix() throws {
        try Message.verify(try Self.signed("team_ADMIN", prefixes: [String(repeating: "p", count: 32)]))
        let hostile = try Self.signed("team_ADMIN", prefixes: [String(repeating: "p", count: 33)])
        #expect(throws: SignatureRejection.prefixListRefused) { try Message.verify(hostile) }
    }
}
