import SAML
import SAMLTesting
import Testing
import XMLSecurity

private let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
private let exclusiveTransform = "<ds:Transform Algorithm=\"\(exclusive)\"/>"
private let envelopedTransform = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>"
private let canonicalization = "<ds:CanonicalizationMethod Algorithm=\"\(exclusive)\"/>"

extension AttackMatrixRow {
    /// What a reference names and how it is made bytes (saml-security A14, A15, A17, A24, A25).
    static let references: [AttackMatrixRow] = uris + transforms

    private static let uris: [AttackMatrixRow] =
        ([
            ("A14", "an empty URI", ""), ("A14", "no URI", nil), ("A14", "another element's URI", "#_x"),
            ("A14", "an XPointer to the root", "#xpointer(/)"),
            ("A14", "an XPointer to an identifier", "#xpointer(id(&apos;_x&apos;))"),
            ("A15", "a URI of another machine", "http://127.0.0.1:9/x"), ("A15", "a file's URI", "file:///etc/passwd"),
        ] as [(String, String, String?)])
        .map { row, attack, uri in
            .signature(row, attack, .referenceElsewhere) {
                PostedMessage(try MessageParts.withURI(uri, try $0.message()))
            }
        } + [
            .signature("A14", "a URI that ends the XPath's quotes", .referenceElsewhere) {
                let message = try $0.message()
                let identifier = try MessageParts.referredIdentifier(of: message)
                return PostedMessage(
                    try MessageParts.withURI("#\(identifier)&apos;)|id(&apos;\(identifier)", message)
                )
            },
            .signature("A14", "an identifier that ends the XPath's quotes", .identifierMissing) {
                let message = try $0.message()
                let identifier = try MessageParts.referredIdentifier(of: message)
                let quoted = identifier + "&apos;)|id(&apos;x"
                let renamed = try replacing(" ID=\"\(identifier)\"", with: " ID=\"\(quoted)\"", in: message)
                return PostedMessage(try MessageParts.withURI("#" + quoted, renamed))
            },
        ]

    private static let transforms: [AttackMatrixRow] =
        [
            ("XSLT", "http://www.w3.org/TR/1999/REC-xslt-19991116"),
            ("XPath", "http://www.w3.org/TR/1999/REC-xpath-19991116"),
            ("XPath Filter 2", "http://www.w3.org/2002/06/xmldsig-filter2"),
            ("base64", "http://www.w3.org/2000/09/xmldsig#base64"),
        ]
        .flatMap { attack, algorithm -> [AttackMatrixRow] in
            let transform = "<ds:Transform Algorithm=\"\(algorithm)\"/>"
            return [
                .signature(
                    "A17",
                    attack + " as a third transform",
                    .transformsRefused,
                    replacing: envelopedTransform,
                    with: envelopedTransform + transform
                ),
                .signature(
                    "A17",
                    attack + " for the enveloped signature",
                    .transformsRefused,
                    replacing: envelopedTransform,
                    with: transform
                ),
            ]
        } + [
            .signature(
                "A17",
                "two hundred transforms",
                .transformsRefused,
                replacing: exclusiveTransform,
                with: String(repeating: exclusiveTransform, count: 200)
            ),
            .signature(
                "A17",
                "no enveloped signature",
                .transformsRefused,
                replacing: envelopedTransform,
                with: ""
            ),
        ]
        + [
            ("A24", "comments kept", exclusive + "WithComments"),
            ("A24", "inclusive canonicalization", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"),
            ("A24", "inclusive canonicalization 1.1", "http://www.w3.org/2006/12/xml-c14n11"),
            ("A25", "remove-xml-tags", "http://www.aleksey.com/xmlsec/2002/12#remove-xml-tags-transform"),
        ]
        .flatMap { row, attack, algorithm -> [AttackMatrixRow] in
            [
                .signature(
                    row,
                    attack + ", of SignedInfo",
                    .canonicalizationRefused,
                    replacing: canonicalization,
                    with: "<ds:CanonicalizationMethod Algorithm=\"\(algorithm)\"/>"
                ),
                .signature(
                    row,
                    attack + ", of the reference",
                    .transformsRefused,
                    replacing: exclusiveTransform,
                    with: "<ds:Transform Algorithm=\"\(algorithm)\"/>"
                ),
            ]
        }
}
