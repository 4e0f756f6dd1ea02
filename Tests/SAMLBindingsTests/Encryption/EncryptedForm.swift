import SAMLTesting
import Testing
import XMLSecurity

/// A way to write the one encrypted element, legal or not, around a ciphertext that is right.
struct EncryptedForm: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let apply: @Sendable (inout AssertionEncryption) -> Void

    init(_ testDescription: String, _ apply: @escaping @Sendable (inout AssertionEncryption) -> Void) {
        self.testDescription = testDescription
        self.apply = apply
    }

    /// A form that is one replacement in the text.
    static func edit(
        _ testDescription: String,
        _ text: String,
        _ replacement: String,
        placement: AssertionEncryption.Placement = .keyInfo
    ) -> EncryptedForm {
        EncryptedForm(testDescription) {
            $0.placement = placement
            $0.replace(text, with: replacement)
        }
    }

    private static let issuerSerial =
        "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=x</ds:X509IssuerName>"
        + "<ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>"

    /// What identity providers in the field write.
    static let legal: [EncryptedForm] = [
        .edit(
            "ADFS: issuer and serial number",
            afterKeyMethod,
            afterKeyMethod + "<ds:KeyInfo>\(issuerSerial)</ds:KeyInfo>"
        ),
        .edit(
            "a certificate in the key's KeyInfo",
            afterKeyMethod,
            afterKeyMethod
                + "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        ),
        .edit("a key name", afterKeyMethod, afterKeyMethod + "<ds:KeyInfo><ds:KeyName>x</ds:KeyName></ds:KeyInfo>"),
        .edit("Shibboleth: a recipient", "<xenc:EncryptedKey ", "<xenc:EncryptedKey Recipient=\"portico\" "),
        .edit("no Type", " Type=\"http://www.w3.org/2001/04/xmlenc#Element\"", ""),
        .edit("no identifiers", " Id=\"_data\"", ""),
        .edit("a KeyInfo with an Id", "<ds:KeyInfo>", "<ds:KeyInfo Id=\"_k\">"),
        .edit("white space around the parts", "<xenc:EncryptedData ", "\n  <xenc:EncryptedData "),
        .edit("line breaks in the value", "<xenc:CipherValue>", "<xenc:CipherValue>\n&#13;\n"),
        .edit(
            "a retrieval method without a type",
            " Type=\"http://www.w3.org/2001/04/xmlenc#EncryptedKey\"",
            "",
            placement: .retrievalMethod
        ),
        EncryptedForm("OAEP 1.1 without a mask, which is SHA-1's") {
            $0.transport = .oaep(digest: .sha256, mask: nil)
        },
        EncryptedForm("OAEP 1.1 with a mask of SHA-1 that is named") {
            $0.transport = .oaep(digest: .sha256, mask: .sha1)
        },
        .edit("a list of references inside", keyEnd, references("#_data") + keyEnd),
        .edit("no list of references beside", references("#_data"), "", placement: .retrievalMethod),
    ]
}

private let afterKeyMethod = "</xenc:EncryptionMethod>"
private let keyEnd = "</xenc:EncryptedKey>"

/// A list with one reference to data.
func references(_ uri: String) -> String {
    "<xenc:ReferenceList><xenc:DataReference URI=\"\(uri)\"/></xenc:ReferenceList>"
}
