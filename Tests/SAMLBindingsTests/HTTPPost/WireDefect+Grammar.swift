import SAML
import SAMLTesting

private let anyAssertion =
    "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_x\" Version=\"2.0\""
    + " IssueInstant=\"2026-03-01T12:00:00Z\"><saml:Issuer>x</saml:Issuer></saml:Assertion>"

extension WireDefect {
    /// What the grammar leaves out, in messages whose Response is signed as it is (saml-security A03, A06, A20, C11).
    static let grammar: [WireDefect] = [
        .edit("Extensions", "<samlp:Status>", "<samlp:Extensions/><samlp:Status>"),
        .edit("StatusDetail", "</samlp:Status>", "<samlp:StatusDetail/></samlp:Status>"),
        .edit("Advice", "</saml:Conditions>", "</saml:Conditions><saml:Advice/>"),
        .edit(
            "an assertion in Advice",
            "</saml:Conditions>",
            "</saml:Conditions><saml:Advice>\(anyAssertion)</saml:Advice>"
        ),
        .edit("two assertions", "</samlp:Response>", anyAssertion + "</samlp:Response>"),
        .edit("an assertion and an encrypted one", "</samlp:Response>", "<saml:EncryptedAssertion/></samlp:Response>"),
        .edit("an assertion in the Subject", "<saml:Subject>", "<saml:Subject>" + anyAssertion),
        .edit(
            "an assertion in a value",
            "</saml:AttributeStatement>",
            "<saml:Attribute Name=\"a\"><saml:AttributeValue>\(anyAssertion)</saml:AttributeValue></saml:Attribute>"
                + "</saml:AttributeStatement>"
        ),
        .edit(
            "an assertion deep in a value",
            "</saml:AttributeStatement>",
            "<saml:Attribute Name=\"a\"><saml:AttributeValue><x>\(anyAssertion)</x></saml:AttributeValue>"
                + "</saml:Attribute></saml:AttributeStatement>"
        ),
        .edit("an encrypted NameID", "<saml:Subject>", "<saml:Subject><saml:EncryptedID/>"),
        .edit(
            "an encrypted attribute",
            "</saml:AttributeStatement>",
            "<saml:EncryptedAttribute/></saml:AttributeStatement>"
        ),
        .edit(
            "an authorization decision",
            "<saml:AttributeStatement>",
            "<saml:AuthzDecisionStatement/><saml:AttributeStatement>"
        ),
        .edit("an unknown statement", "<saml:AttributeStatement>", "<saml:Statement/><saml:AttributeStatement>"),
        .edit("an unknown SAML element", "<saml:Subject>", "<saml:Person/><saml:Subject>"),
        .edit("an element of another vocabulary", "<saml:Subject>", "<x xmlns=\"urn:x\"/><saml:Subject>"),
        .edit("a second Subject", "<saml:Conditions", "<saml:Subject/><saml:Conditions"),
        .edit("a second Status", "<samlp:Status>", "<samlp:Status/><samlp:Status>"),
        .edit("no Status", "<samlp:Status>", "<samlp:Other>", closing: "samlp:Status", "samlp:Other"),
        .edit("children out of order", "</saml:Conditions>", "</saml:Conditions><saml:Subject/>"),
        .edit("text between elements", "<saml:Subject>", "text<saml:Subject>"),
        .edit(
            "data in the confirmation",
            "InResponseTo=\"_request\"/>",
            "InResponseTo=\"_request\">x</saml:SubjectConfirmationData>"
        ),
        .edit(
            "a key in the confirmation",
            "InResponseTo=\"_request\"/>",
            "InResponseTo=\"_request\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/></saml:SubjectConfirmationData>"
        ),
        .edit(
            "an element in the issuer",
            ">https://idp.example/saml</saml:Issuer><samlp",
            "><b>x</b></saml:Issuer><samlp"
        ),
        .edit("Version 1.1", "Version=\"2.0\"", "Version=\"1.1\""),
        .edit("no Version", " Version=\"2.0\"", ""),
        .edit("no IssueInstant", " IssueInstant=\"2026-03-01T12:00:00Z\" Destination", " Destination"),
        .edit("an unknown attribute", "<saml:Conditions ", "<saml:Conditions Other=\"x\" "),
        .edit("an attribute of SAML's namespace", "<saml:Conditions ", "<saml:Conditions saml:NotBefore=\"x\" "),
        .edit("xml:base", "<saml:Conditions ", "<saml:Conditions xml:base=\"http://x\" "),
        .edit(
            "xsi:schemaLocation",
            "<saml:Conditions ",
            "<saml:Conditions xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a b\" "
        ),
        .edit("InResponseTo is no NCName", "InResponseTo=\"_request\">", "InResponseTo=\"a b\">"),
        .edit(
            "XInclude",
            "<saml:Subject>",
            "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"x\"/><saml:Subject>"
        ),
    ]

    private static func edit(_ testDescription: String, _ text: String, _ replacement: String) -> WireDefect {
        .edit(testDescription, .xmlInvalid, text, replacement, signing: .response)
    }

    private static func edit(
        _ testDescription: String,
        _ text: String,
        _ replacement: String,
        closing: String,
        _ closed: String
    ) -> WireDefect {
        WireDefect(testDescription, .xmlInvalid, signing: .response) {
            $0.replace(text, with: replacement)
            $0.replace("</\(closing)>", with: "</\(closed)>")
        }
    }
}
