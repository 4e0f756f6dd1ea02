import FoundationEssentials
import SAML
import SAMLTesting
import XMLSecurity

private let issuer = "<saml:Issuer>https://idp.example/saml</saml:Issuer>"
private let namespace = "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\""
private let forged =
    "<saml:Assertion \(namespace) ID=\"_forged\" Version=\"2.0\" IssueInstant=\"2026-03-01T12:00:00Z\">\(issuer)"
    + "<saml:Subject><saml:NameID>owner@company-a.example</saml:NameID></saml:Subject></saml:Assertion>"

extension EncryptionDefect {
    /// saml-security E03, E07 and E08: the plaintext is held to what every message is held to.
    static let plaintexts: [EncryptionDefect] = [
        .plaintext("no XML", "no XML"),
        .plaintext("blanks", "  "),
        .plaintext("two assertions", forged + forged.replacing("_forged", with: "_2")),
        .plaintext("text behind the assertion", forged + "x"),
        .plaintext("content of an assertion", issuer),
        .plaintext("a namespace that the message around declares", forged.replacing(" " + namespace, with: "")),
        .plaintext(
            "a Response",
            "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">\(forged)</samlp:Response>"
        ),
        .plaintext("an encrypted assertion", "<saml:EncryptedAssertion \(namespace)/>"),
        .plaintext("an assertion of SAML 1.1", "<Assertion xmlns=\"urn:oasis:names:tc:SAML:1.0:assertion\"/>"),
        .edit("DOCTYPE", "<saml:Assertion", "<!DOCTYPE x><saml:Assertion"),
        .edit(
            "an external entity",
            "<saml:Assertion",
            "<!DOCTYPE x [<!ENTITY x SYSTEM \"http://127.0.0.1:1/x\">]><saml:Assertion"
        ),
        .edit("an entity", "_transient", "&x;"),
        .edit("a comment", "_transient", "_trans<!-- x -->ient"),
        .edit("a CDATA section", "_transient", "<![CDATA[_transient]]>"),
        .edit("a processing instruction", "<saml:Subject>", "<?x y?><saml:Subject>"),
        .edit("an undeclared prefix", "<saml:Subject>", "<x:y/><saml:Subject>"),
        .edit("an encrypted NameID", "<saml:Subject>", "<saml:Subject><saml:EncryptedID/>"),
        .edit(
            "an encrypted attribute",
            "</saml:AttributeStatement>",
            "<saml:EncryptedAttribute/></saml:AttributeStatement>"
        ),
        .edit("Advice", "</saml:Conditions>", "</saml:Conditions><saml:Advice/>"),
        .edit("an assertion in the Subject", "<saml:Subject>", "<saml:Subject>" + forged),
        .edit("two identifiers of one value", "<saml:Subject>", "<saml:Subject ID=\"_x\" xml:id=\"_x\">"),
        EncryptionDefect("octets that are no UTF-8", .xmlInvalid) { $0.plaintext = [0x3C, 0x61, 0x3E, 0xFF] },
        EncryptionDefect("a NUL octet", .xmlInvalid) { $0.plaintext = Array(forged.utf8) + [0] },
        EncryptionDefect("UTF-16", .xmlInvalid) { $0.plaintext = [0xFF, 0xFE] + forged.utf8.flatMap { [$0, 0] } },
        EncryptionDefect("depth", .xmlInvalid) { $0.plaintext = Array(String(repeating: "<a>", count: 300).utf8) },
    ]

    /// saml-security E02: our certificate is public, so that anybody can encrypt anything to us.
    static let forgeries: [EncryptionDefect] = [
        .forgery("an assertion that nobody signed") { $0.plaintext = Array(forged.utf8) },
        EncryptionDefect("an assertion whose signature was cut out", .signatureInvalid, signing: .nothing) { _ in },
        .forgery("another person") { $0.replaceInPlaintext("ann@company-a", with: "eve@company-a") },
        .forgery("an assertion that a stranger signed") {
            let stranger = try Exchange.stranger()
            let options = XMLSigner.Options(certificate: stranger.certificate)
            $0.plaintext = try XMLSigner.sign(
                Array(forged.utf8),
                elementID: "_forged",
                key: stranger.key,
                options: options
            )
        },
        EncryptionDefect("the same inside a signed Response", .signatureInvalid, signing: .response) {
            let stranger = try Exchange.stranger()
            $0.plaintext = try XMLSigner.sign(Array(forged.utf8), elementID: "_forged", key: stranger.key)
        },
    ]

    /// The defects that AES-CBC hides from the outside, in a Response whose signature is valid.
    static let unprotected: [EncryptionDefect] =
        plaintexts.map { EncryptionDefect($0.testDescription, .decryptionFailed, signing: .response, $0.apply) }
        + forgeries.filter { $0.signing == .response }
        .map { EncryptionDefect($0.testDescription, .decryptionFailed, signing: .response, $0.apply) }
        + [
            EncryptionDefect("another person", .decryptionFailed, signing: .both) {
                $0.replaceInPlaintext("ann@company-a", with: "eve@company-a")
            },
            EncryptionDefect("another's key", .decryptionFailed, signing: .response) {
                $0.recipient = try EncryptedExchange.others()[0].certificate
            },
            EncryptionDefect("a key of zeros", .decryptionFailed, signing: .response) {
                $0.alterKey = { $0.map { _ in 0 } }
            },
            EncryptionDefect("no whole blocks", .decryptionFailed, signing: .response) {
                $0.alterContent = { $0.dropLast() }
            },
            EncryptionDefect("no block", .decryptionFailed, signing: .response) {
                $0.alterContent = { Array($0.prefix(16)) }
            },
            EncryptionDefect("no padding where it should be", .decryptionFailed, signing: .response) {
                $0.alterContent = { $0.dropLast(16) }
            },
            EncryptionDefect("a changed block", .decryptionFailed, signing: .response) {
                $0.alterContent = { content in content.enumerated().map { $0 == 40 ? $1 ^ 0x80 : $1 } }
            },
            EncryptionDefect("a changed vector", .decryptionFailed, signing: .response) {
                $0.alterContent = { content in content.enumerated().map { $0 == 0 ? $1 ^ 0x80 : $1 } }
            },
        ]

    private static func plaintext(_ testDescription: String, _ text: String) -> EncryptionDefect {
        EncryptionDefect(testDescription, .xmlInvalid) { $0.plaintext = Array(text.utf8) }
    }

    private static func edit(_ testDescription: String, _ text: String, _ replacement: String) -> EncryptionDefect {
        EncryptionDefect(testDescription, .xmlInvalid) { $0.replaceInPlaintext(text, with: replacement) }
    }

    private static func forgery(
        _ testDescription: String,
        _ apply: @escaping @Sendable (inout AssertionEncryption) throws -> Void
    ) -> EncryptionDefect {
        EncryptionDefect(testDescription, .signatureInvalid, apply)
    }
}
