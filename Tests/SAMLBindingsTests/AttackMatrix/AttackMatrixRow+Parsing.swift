import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

private let nameID = "_transient"
private let doctype = "<samlp:Response "

extension AttackMatrixRow {
    /// What readers of XML may understand differently (saml-security A16, A18 to A23, C01, C02, C07 to C12).
    static let parsing: [AttackMatrixRow] = identifiers + namespaces + documentTypes + markup + encodings

    private static let identifiers: [AttackMatrixRow] = [
        ("a second ID", "<saml:Subject>", "<saml:Subject ID=\"$\">"),
        ("a second ID in another case", "<saml:Subject>", "<saml:Subject Id=\"$\">"),
        ("xml:id", "<saml:Subject>", "<saml:Subject xml:id=\"$\">"),
        ("an ID in a namespace", "<saml:Subject>", "<saml:Subject xmlns:x=\"urn:x\" x:ID=\"$\">"),
        ("both spellings on the assertion", "<saml:Assertion ", "<saml:Assertion id=\"$\" "),
        ("an ID in KeyInfo", "<ds:KeyInfo>", "<ds:KeyInfo Id=\"$\">"),
    ]
    .map { attack, text, replacement in
        .parser("A16", attack, .duplicateID) {
            let message = try $0.message()
            let identifier = try MessageParts.referredIdentifier(of: message)
            return PostedMessage(
                try replacing(text, with: replacement.replacing("$", with: identifier), in: message)
            )
        }
    }

    private static let namespaces: [AttackMatrixRow] = [
        .signature("A18", "the digest of nothing", .valueMalformed(.digestValue)) {
            let message = try $0.message()
            let digest = try MessageParts.element("ds:DigestValue", of: message)
            let empty = "<ds:DigestValue>47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=</ds:DigestValue>"
            return PostedMessage(try replacing(digest, with: empty, in: message))
        },
        .signature(
            "A18",
            "a namespace name that cannot be canonicalized",
            .libraryFailure,
            replacing: "<saml:Subject>",
            with: "<saml:Subject xmlns:x=\"1\">"
        ),
        .parser(
            "A18",
            "a relative default namespace",
            .malformed,
            replacing: "<saml:Subject>",
            with: "<saml:Subject xmlns=\"1\">"
        ),
        .parser(
            "A19",
            "a prefix that nobody declared",
            .namespaceMalformed,
            replacing: "<saml:Subject>",
            with: "<saml:Subject><x:y/>"
        ),
        .parser("A19", "a namespace by default of a DTD", .forbiddenMarkup) {
            let declaration = "<!DOCTYPE r [<!ATTLIST samlp:Response xmlns:saml CDATA \"urn:x\">]>"
            return try .edited($0, doctype, declaration + doctype)
        },
        .grammar("A20", "an ID in SAML's namespace beside the ID", at: "/Response/Assertion/@ID") {
            try .edited($0, "<saml:Assertion ", "<saml:Assertion saml:ID=\"_other\" ")
        },
        .grammar("A20", "a foreign attribute on the assertion", at: "/Response/Assertion/@IssueInstant") {
            try .edited($0, "<saml:Assertion ", "<saml:Assertion xmlns:x=\"urn:x\" x:IssueInstant=\"1\" ")
        },
    ]

    private static let documentTypes: [AttackMatrixRow] = [
        ("A21", "an entity in the ID", "<!DOCTYPE r [<!ENTITY e \"_a\">]>"),
        ("C01", "an external DTD", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/x.dtd\">"),
        ("C01", "an external entity", "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"),
        ("C01", "a parameter entity", "<!DOCTYPE r [<!ENTITY % e SYSTEM \"http://127.0.0.1:9/x\">%e;]>"),
        (
            "C02", "a billion laughs",
            "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY e \"&b;&b;&b;&b;\">]>"
        ),
    ]
    .map { row, attack, declaration in
        .parser(row, attack, .forbiddenMarkup) {
            let message = try replacing(nameID, with: "&e;", in: try $0.message())
            return PostedMessage(try replacing(doctype, with: declaration + doctype, in: message))
        }
    }

    private static let markup: [AttackMatrixRow] =
        ([
            ("A22", "a comment in the NameID", .forbiddenMarkup, nameID, "_trans<!-- x -->ient"),
            ("A22", "a comment in an attribute's value", .forbiddenMarkup, "ann@", "ann@<!---->"),
            ("A23", "a processing instruction in the NameID", .processingInstruction, nameID, "_trans<?x y?>ient"),
            ("A23", "a CDATA section in the NameID", .forbiddenMarkup, nameID, "<![CDATA[_transient]]>"),
            ("C01", "an entity that is not declared", .malformed, nameID, "&e;"),
            ("C07", "a NUL in the NameID", .containsNUL, nameID, "a\u{0}b"),
            ("C07", "a NUL behind the message", .containsNUL, "</samlp:Response>", "</samlp:Response>\u{0}<x/>"),
            ("C07", "a reference to NUL", .malformed, nameID, "a&#0;b"),
            ("C07", "a reference to a control character", .malformed, nameID, "a&#1;b"),
            ("C07", "a control character", .malformed, nameID, "a\u{1}b"),
            ("C09", "text behind the message", .malformed, "</samlp:Response>", "</samlp:Response>x"),
            ("C09", "a second root", .malformed, "</samlp:Response>", "</samlp:Response><x/>"),
            ("C09", "a message without its end", .malformed, "</samlp:Response>", ""),
            (
                "C12", "a style sheet", .processingInstruction, doctype,
                "<?xml-stylesheet href=\"http://127.0.0.1:9/x\"?>" + doctype
            ),
        ] as [(String, String, XMLRejection, String, String)])
        .map { row, attack, rejection, text, replacement in
            .parser(row, attack, rejection, replacing: text, with: replacement)
        } + [
            .grammar("C11", "an element that SAML does not have", at: "/Response/Assertion/Person") {
                try .edited($0, "<saml:Subject>", "<saml:Person/><saml:Subject>")
            },
            .grammar("C11", "a statement in the Response", at: "/Response") {
                try .edited($0, "<samlp:Status>", "<saml:Statement/><samlp:Status>")
            },
            .grammar("C12", "XInclude", at: "/Response/Assertion/include") {
                let include = "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"/etc/passwd\"/>"
                return try .edited($0, "<saml:Subject>", include + "<saml:Subject>")
            },
            .grammar("C12", "xml:base", at: "/Response/Assertion/@base") {
                try .edited($0, "<saml:Assertion ", "<saml:Assertion xml:base=\"http://127.0.0.1:9/\" ")
            },
        ]

    private static let encodings: [AttackMatrixRow] = [
        .parser("C08", "UTF-16", .containsNUL) {
            PostedMessage([0xFF, 0xFE] + (try $0.message()).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        },
        .parser("C08", "bytes that are not UTF-8", .notUTF8) {
            PostedMessage(Array((try $0.message()).utf8.map { $0 == UInt8(ascii: "@") ? 0xC0 : $0 }))
        },
        .parser("C08", "a surrogate in three bytes", .notUTF8) {
            PostedMessage(
                Array((try $0.message()).utf8.flatMap { $0 == UInt8(ascii: "@") ? [0xED, 0xA0, 0x80] : [$0] })
            )
        },
        .parser("C08", "Latin-1 declared", .notUTF8) { try withEncoding("ISO-8859-1", $0) },
        .parser("C08", "UTF-7 declared", .notUTF8) { try withEncoding("UTF-7", $0) },
        .parser("C08", "UTF-16 declared", .notUTF8) { try withEncoding("UTF-16", $0) },
    ]

    private static func withEncoding(_ name: String, _ exchange: Exchange) throws -> PostedMessage {
        let message = try exchange.message()
        let start = try #require(message.firstRange(of: doctype)?.lowerBound)
        return PostedMessage("<?xml version=\"1.0\" encoding=\"\(name)\"?>" + message[start...])
    }
}
