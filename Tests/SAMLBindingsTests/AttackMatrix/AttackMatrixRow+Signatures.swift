import SAML
import SAMLTesting
import Testing
import XMLSecurity

private let signatureNamespace = "http://www.w3.org/2000/09/xmldsig#"

extension AttackMatrixRow {
    /// Where a signature stands and what it covers (saml-security A01 to A13), on messages signed before.
    static let signatures: [AttackMatrixRow] = [
        .signature("A01", "every signature removed", .unsigned) {
            let message = try $0.message()
            return PostedMessage(try replacing(try MessageParts.signature(of: message), with: "", in: message))
        },
        .signature("A01", "a workspace without certificates", .noCertificate) {
            PostedMessage(try $0.message(), certificates: [])
        },
        .grammar("A04", "a decoy signature in the StatusDetail", at: "/Response/Status/StatusDetail") {
            let message = try $0.message()
            let decoy =
                "<samlp:StatusDetail>\(try MessageParts.signature(of: message))</samlp:StatusDetail></samlp:Status>"
            return PostedMessage(try replacing("</samlp:Status>", with: decoy, in: message))
        },
        .signature("A05", "the assertion's signature moved to the Response", .referenceElsewhere) {
            let message = try $0.message()
            let moved = try MessageParts.signature(of: message)
            let unsigned = try replacing(moved, with: "", in: message)
            return PostedMessage(try replacing("<samlp:Status>", with: moved + "<samlp:Status>", in: unsigned))
        },
        .signature("A05", "the Response's signature moved to the assertion", .referenceElsewhere) {
            let message = try $0.message(signing: .response)
            let moved = try MessageParts.signature(of: message)
            let unsigned = try replacing(moved, with: "", in: message)
            return PostedMessage(try replacing("<saml:Subject>", with: moved + "<saml:Subject>", in: unsigned))
        },
        .grammar("A06", "a second assertion behind the signed one", at: "/Response/Assertion") {
            let message = try $0.message()
            let forged = try MessageParts.forgedAssertion(from: message)
            return PostedMessage(try replacing("</samlp:Response>", with: forged + "</samlp:Response>", in: message))
        },
        .grammar("A06", "a second assertion before the signed one", at: "/Response/Assertion") {
            let message = try $0.message()
            let forged = try MessageParts.forgedAssertion(from: message)
            return PostedMessage(try replacing("</samlp:Status>", with: "</samlp:Status>" + forged, in: message))
        },
        .signature(
            "A10",
            "a second Reference",
            .malformed(.signedInfo),
            replacing: "</ds:SignedInfo>",
            with: "<ds:Reference URI=\"#_x\"/></ds:SignedInfo>"
        ),
        .grammar(
            "A11",
            "a Manifest in an Object",
            at: "/Response/Assertion/Signature/Object"
        ) {
            try .edited(
                $0,
                "</ds:Signature>",
                "<ds:Object><ds:Manifest Id=\"m\"><ds:Reference URI=\"#_x\"/></ds:Manifest></ds:Object></ds:Signature>"
            )
        },
        .signature(
            "A11",
            "a Reference of the type Manifest",
            .malformed(.reference),
            replacing: "<ds:Reference ",
            with: "<ds:Reference Type=\"\(signatureNamespace)Manifest\" "
        ),
        .signature("A12", "two SignedInfo", .malformed(.signature)) {
            let message = try $0.message()
            let signedInfo = try MessageParts.element("ds:SignedInfo", of: message)
            let other = try replacing("URI=\"#", with: "URI=\"#_x", in: signedInfo)
            return PostedMessage(try replacing(signedInfo, with: signedInfo + other, in: message))
        },
        .parser(
            "A13",
            "a comment in the DigestValue",
            .forbiddenMarkup,
            replacing: "</ds:DigestValue>",
            with: "<!-- x --></ds:DigestValue>"
        ),
        .signature(
            "A13",
            "an element in the DigestValue",
            .valueMalformed(.digestValue),
            replacing: "</ds:DigestValue>",
            with: "<ds:X/></ds:DigestValue>"
        ),
    ]
}
