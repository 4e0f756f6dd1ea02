import Testing

@testable import XMLSecurity

/// xmlsec1 made every signature here and in other projects' messages, or verifies it: what it digests is what
/// ``SignatureVerifier`` reads from, byte for byte.
@Suite("xmlsec1's opinion of a signature")
struct SecondOpinionTests {
    /// Content of an attribute value that canonicalizers write in different ways when they are wrong.
    static let contents = [
        "team_ADMIN", "<x xmlns='urn:x'><y xmlns=''/><p:z xmlns:p='urn:p' p:b='2' a='1' xml:lang='de'/></x>",
        "<p:x xmlns:p='urn:p'><p:y xmlns:p='urn:q'><p:z xmlns:p='urn:p'/></p:y></p:x>",
        "<x b='1' a='2' c=\"&quot;&lt;&amp;'&#9;&#10;&#13;\"/>&lt;&gt;&amp;&#13;\r\n \u{e9}\u{1F469}",
        "<saml:x xmlns:unused='urn:u'/><x xmlns:a='urn:b' xmlns:b='urn:a' b:z='1' a:z='2' z='3'/>",
    ]

    @Test(arguments: contents, [[], ["xs"], ["#default", "saml", "samlp", "missing"]])
    func digestsTheSameBytes(content: String, prefixes: [String]) throws {
        let message = Message.unsigned.replacing("team_ADMIN", with: content)
        for identifier in ["_a1", "_r1"] {
            let bytes = try XMLSigner.sign(
                Array(message.utf8),
                elementID: identifier,
                key: try Message.key.get(),
                options: XMLSigner.Options(inclusiveNamespaces: prefixes)
            )
            let root = try XMLDocument.parse(bytes).root
            let element = try #require(identifier == "_r1" ? root : root.firstChild(named: Message.assertion))
            try self.expectAgreement(on: element, [try Message.certificate.get()], policy: .standard)
        }
    }

    @Test(arguments: CorpusRow.all)
    func digestsTheSameBytesOfOtherProjectsMessages(row: CorpusRow) throws {
        let bytes = try Fixture.bytes("corpora/" + row.file)
        let certificates = try row.certificates
            .flatMap { try SigningCertificate.parse(try Fixture.text("corpora/" + $0), policy: .legacy) }
        guard let decoded = row.isBase64 ? StrictBase64.decode(bytes) : bytes,
            let root = try? XMLDocument.parse(decoded).root
        else { return }
        for element in [root] + root.children(named: Message.assertion) {
            guard
                (try? SignatureVerifier(certificates: certificates, policy: .legacy).verify(element)) != nil
            else { continue }
            try self.expectAgreement(on: element, certificates, policy: .legacy)
        }
    }

    @Test func refusesWhatWasChanged() throws {
        let text = try Message.signed().replacing("team_ADMIN", with: "team_OWNER")
        let assertion = try Message.assertion(in: text)
        let certificate = try Message.certificate.get()
        #expect(try XMLSecOpinion.digestedBytes(of: assertion, certificate: certificate) == nil)
    }

    private func expectAgreement(
        on element: XMLElement,
        _ certificates: [SigningCertificate],
        policy: AlgorithmPolicy
    ) throws {
        let verified = try SignatureVerifier(certificates: certificates, policy: policy).verify(element)
        let digested = try XMLSecOpinion.digestedBytes(of: element, certificate: verified.signature.certificate)
        #expect(digested == verified.element.tree.bytes)
    }
}
