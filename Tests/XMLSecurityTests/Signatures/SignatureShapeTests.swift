import Foundation
import Testing

@testable import XMLSecurity

/// A validly signed message, one defect each, and the exact rejection: the shape is refused before any cryptography.
@Suite("Shape of a signature")
struct SignatureShapeTests {
    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let rejection: SignatureRejection
        let find: String
        let replacement: String

        init(_ testDescription: String, _ rejection: SignatureRejection, _ find: String, _ replacement: String) {
            self.testDescription = testDescription
            self.rejection = rejection
            self.find = find
            self.replacement = replacement
        }

        private static let c14n = XMLNamespace.exclusiveCanonicalization
        private static let enveloped = "<ds:Transform Algorithm=\"\(XMLNamespace.envelopedSignature)\"/>"
        private static let exclusive = "<ds:Transform Algorithm=\"\(c14n)\"/>"
        private static let more = "http://www.w3.org/2001/04/xmldsig-more#"
        private static let xpath = "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"/>"

        static let all: [Defect] = [
            Defect(
                "another namespace",
                .unsigned,
                "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"",
                "xmlns:ds=\"urn:x\""
            ),
            Defect(
                "two signatures",
                .severalSignatures,
                "</ds:Signature>",
                "</ds:Signature><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>"
            ),
            Defect("identifier missing", .identifierMissing, "ID=\"_a1\"", "Id=\"_a1\""),
            Defect("identifier with a quote", .identifierMissing, "ID=\"_a1\"", "ID=\"_a1&apos;)\""),
            Defect("identifier in a namespace", .identifierMissing, "ID=\"_a1\"", "saml:ID=\"_a1\""),
            Defect("Object", .malformed(.signature), "</ds:SignatureValue>", "</ds:SignatureValue><ds:Object/>"),
            Defect(
                "two SignedInfo",
                .malformed(.signature),
                "<ds:SignatureValue>",
                "<ds:SignedInfo/><ds:SignatureValue>"
            ),
            Defect("text in Signature", .malformed(.signature), "<ds:SignedInfo>", "x<ds:SignedInfo>"),
            Defect("attribute on Signature", .malformed(.signature), "<ds:Signature ", "<ds:Signature x=\"1\" "),
            Defect(
                "two KeyInfo",
                .malformed(.signature),
                "</ds:Signature>",
                "<ds:KeyInfo/><ds:KeyInfo/></ds:Signature>"
            ),
            Defect(
                "KeyInfo before the value",
                .malformed(.signature),
                "<ds:SignatureValue>",
                "<ds:KeyInfo/><ds:SignatureValue>"
            ),
            Defect(
                "two references",
                .malformed(.signedInfo),
                "</ds:SignedInfo>",
                "<ds:Reference URI=\"#_a1\"/></ds:SignedInfo>"
            ),
            Defect("text in SignedInfo", .malformed(.signedInfo), "<ds:Reference", "x<ds:Reference"),
            Defect("URI of another element", .referenceElsewhere, "URI=\"#_a1\"", "URI=\"#_r1\""),
            Defect("empty URI", .referenceElsewhere, "URI=\"#_a1\"", "URI=\"\""),
            Defect("no URI", .referenceElsewhere, "URI=\"#_a1\"", ""),
            Defect("external URI", .referenceElsewhere, "URI=\"#_a1\"", "URI=\"http://127.0.0.1/\""),
            Defect("file URI", .referenceElsewhere, "URI=\"#_a1\"", "URI=\"file:///etc/passwd\""),
            Defect("XPointer to the root", .referenceElsewhere, "URI=\"#_a1\"", "URI=\"#xpointer(/)\""),
            Defect(
                "XPointer to the identifier",
                .referenceElsewhere,
                "URI=\"#_a1\"",
                "URI=\"#xpointer(id(&apos;_a1&apos;))\""
            ),
            Defect(
                "XPath injection",
                .referenceElsewhere,
                "URI=\"#_a1\"",
                "URI=\"#_a1&apos;)|id(&apos;_a1\""
            ),
            Defect("Type of a manifest", .malformed(.reference), "URI=\"#_a1\"", "URI=\"#_a1\" Type=\"urn:x\""),
            Defect(
                "inclusive canonicalization",
                .canonicalizationRefused,
                "<ds:CanonicalizationMethod Algorithm=\"\(c14n)\"/>",
                "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>"
            ),
            Defect(
                "canonicalization with comments",
                .canonicalizationRefused,
                "<ds:CanonicalizationMethod Algorithm=\"\(c14n)\"/>",
                "<ds:CanonicalizationMethod Algorithm=\"\(c14n)WithComments\"/>"
            ),
            Defect(
                "remove-xml-tags",
                .canonicalizationRefused,
                "<ds:CanonicalizationMethod Algorithm=\"\(c14n)\"/>",
                "<ds:CanonicalizationMethod Algorithm=\"http://www.aleksey.com/xmlsec/2002/12#remove-xml-tags-transform\"/>"
            ),
            Defect("HMAC", .signatureAlgorithmRefused(more + "hmac-sha256"), more + "rsa-sha256", more + "hmac-sha256"),
            Defect(
                "RSA with MD5",
                .signatureAlgorithmRefused(more + "rsa-md5"),
                more + "rsa-sha256",
                more + "rsa-md5"
            ),
            Defect("RSA-PSS", .signatureAlgorithmRefused("urn:pss"), more + "rsa-sha256", "urn:pss"),
            Defect(
                "HMACOutputLength",
                .malformed(.signatureMethod),
                more + "rsa-sha256\"/>",
                more + "rsa-sha256\"><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>"
            ),
            Defect("no transforms", .transformsRefused, enveloped + "\n" + exclusive, ""),
            Defect("enveloped alone", .transformsRefused, exclusive, ""),
            Defect("canonicalization alone", .transformsRefused, enveloped, ""),
            Defect("a third transform", .transformsRefused, enveloped, enveloped + exclusive),
            Defect("XPath", .transformsRefused, exclusive, xpath),
            Defect(
                "transforms in another order",
                .transformsRefused,
                enveloped + "\n" + exclusive,
                exclusive + enveloped
            ),
            Defect(
                "XSLT inside a transform",
                .malformed(.transform),
                enveloped,
                "<ds:Transform Algorithm=\"\(XMLNamespace.envelopedSignature)\"><ds:XPath/></ds:Transform>"
            ),
            Defect(
                "seventeen prefixes",
                .prefixListRefused,
                exclusive,
                prefixList((0..<17).map { "p\($0)" }.joined(separator: " "))
            ),
            Defect("a prefix with a quote", .prefixListRefused, exclusive, prefixList("a&apos;b")),
            Defect("a prefix with a colon", .prefixListRefused, exclusive, prefixList("a:b")),
            Defect(
                "two prefix lists",
                .malformed(.transform),
                exclusive,
                prefixList("a").replacingOccurrences(of: "</ds:Transform>", with: "<x/></ds:Transform>")
            ),
            Defect(
                "SHA-1",
                .digestAlgorithmRefused(DigestAlgorithm.sha1.rawValue),
                DigestAlgorithm.sha256.rawValue,
                DigestAlgorithm.sha1.rawValue
            ),
            Defect("unknown digest", .digestAlgorithmRefused("urn:x"), DigestAlgorithm.sha256.rawValue, "urn:x"),
            Defect(
                "digest of another length",
                .valueMalformed(.digestValue),
                DigestAlgorithm.sha256.rawValue,
                DigestAlgorithm.sha512.rawValue
            ),
            Defect(
                "element in the digest",
                .valueMalformed(.digestValue),
                "</ds:DigestValue>",
                "<x/></ds:DigestValue>"
            ),
            Defect("no base64 in the digest", .valueMalformed(.digestValue), "</ds:DigestValue>", "*</ds:DigestValue>"),
            Defect("digest twice", .valueMalformed(.digestValue), "</ds:DigestValue>", "AAAA</ds:DigestValue>"),
            Defect(
                "no base64 in the value",
                .valueMalformed(.signatureValue),
                "</ds:SignatureValue>",
                "=</ds:SignatureValue>"
            ),
            Defect(
                "element in the value",
                .valueMalformed(.signatureValue),
                "</ds:SignatureValue>",
                "<x/></ds:SignatureValue>"
            ),
        ]

        private static func prefixList(_ prefixes: String) -> String {
            """
            <ds:Transform Algorithm="\(self.c14n)"><e:InclusiveNamespaces xmlns:e="\(self.c14n)" \
            PrefixList="\(prefixes)"/></ds:Transform>
            """
        }
    }

    @Test(arguments: Defect.all)
    func refuses(defect: Defect) throws {
        let text = try Message.signed()
        try #require(text.contains(defect.find))
        let mutated = text.replacingOccurrences(of: defect.find, with: defect.replacement)
        #expect(throws: defect.rejection) { try Message.verify(mutated) }
    }

    /// Sixteen prefixes are looked up on each element, from there to the root: twice this cost tens of milliseconds.
    @Test(arguments: [(600, 55), (1500, 1)])
    func refusesManyPrefixesForManyElements(elements: Int, depth: Int) throws {
        let content =
            String(repeating: "<x>", count: depth) + String(repeating: "<x/>", count: elements)
            + String(repeating: "</x>", count: depth)
        let message = Message.unsigned.replacing("team_ADMIN", with: content)
        func signed(_ prefixes: [String]) throws -> String {
            let options = XMLSigner.Options(inclusiveNamespaces: prefixes)
            let key = try Message.key.get()
            let bytes = try XMLSigner.sign(Array(message.utf8), elementID: "_a1", key: key, options: options)
            return String(decoding: bytes, as: UTF8.self)
        }
        try Message.verify(try signed([]))
        let prefixes = (0..<16).map { "p\($0)" }
        let refused = try signed(prefixes)
        #expect(throws: SignatureRejection.prefixListRefused) { try Message.verify(refused) }
    }

    /// The most that a person with many roles brings along, under the prefixes of an old OpenSAML.
    @Test func acceptsEightPrefixesForAThousandRoles() throws {
        let value = "<saml:AttributeValue>team_ADMIN</saml:AttributeValue>"
        let message = Message.unsigned.replacing(
            "</saml:Attribute>",
            with: String(repeating: value, count: 1000) + "</saml:Attribute>"
        )
        let prefixes = ["code", "ds", "kind", "rw", "saml", "samlp", "typens", "#default"]
        let options = XMLSigner.Options(inclusiveNamespaces: prefixes)
        let bytes = try XMLSigner.sign(
            Array(message.utf8),
            elementID: "_a1",
            key: try Message.key.get(),
            options: options
        )
        try Message.verify(String(decoding: bytes, as: UTF8.self))
    }

    @Test func refusesWithoutASignature() throws {
        #expect(throws: SignatureRejection.unsigned) { try Message.verify(Message.unsigned) }
    }

    /// The digests of nothing fit any document whose canonicalization failed at the sender's.
    @Test(arguments: [DigestAlgorithm.sha256, .sha384, .sha512])
    func refusesTheDigestOfNothing(algorithm: DigestAlgorithm) throws {
        var text = try Message.signed(options: XMLSigner.Options(digest: algorithm))
        let begin = try #require(text.firstRange(of: "<ds:DigestValue>"))
        let end = try #require(text.firstRange(of: "</ds:DigestValue>"))
        let digest = try #require(algorithm.digest([]))
        text.replaceSubrange(begin.upperBound..<end.lowerBound, with: StrictBase64.encode(digest))
        #expect(throws: SignatureRejection.valueMalformed(.digestValue)) { try Message.verify(text) }
    }

    @Test func refusesASignatureThatWasMovedToTheResponse() throws {
        var text = try Message.signed()
        let begin = try #require(text.firstRange(of: "<ds:Signature "))
        let end = try #require(text.firstRange(of: "</ds:Signature>"))
        let signature = String(text[begin.lowerBound..<end.upperBound])
        text.removeSubrange(begin.lowerBound..<end.upperBound)
        let assertion = try #require(text.firstRange(of: "<saml:Assertion"))
        text.insert(contentsOf: signature, at: assertion.lowerBound)
        let verifier = SignatureVerifier(certificates: [try Message.certificate.get()])
        let root = try XMLDocument.parse(Array(text.utf8)).root
        #expect(throws: SignatureRejection.referenceElsewhere) { try verifier.verify(root) }
        #expect(throws: SignatureRejection.unsigned) {
            try verifier.verify(try #require(root.firstChild(named: Message.assertion)))
        }
        #expect(SignatureVerifier.hasSignature(root))
    }

    /// A Kelvin sign is canonically equal to a `K`, and another identifier.
    @Test func theReferenceNamesTheIdentifierByteForByte() throws {
        let text = """
            <SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">\
            <CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>\
            <SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>\
            <Reference URI="#\u{212A}"/></SignedInfo>
            """
        let signedInfo = try XMLDocument.parse(Array(text.utf8)).root
        #expect(throws: SignatureRejection.referenceElsewhere) {
            try SignedInfoShape.read(signedInfo, identifier: "K", policy: .standard)
        }
    }
}
