import SAMLTesting
import Testing
import XMLSecurity

/// What a browser posts, and under which certificates it is looked at.
struct PostedMessage {
    /// The value of the form field `SAMLResponse`.
    let field: String
    /// The certificates of the workspace; nil for those of the identity provider that the workspace trusts.
    let certificates: [SigningCertificate]?

    /// A field that is not even base64, or not of XML.
    init(field: String) {
        self.field = field
        self.certificates = nil
    }

    /// A message in base64.
    init(_ xml: String, certificates: [SigningCertificate]? = nil) {
        self.field = TestIdentityProvider.formField(xml)
        self.certificates = certificates
    }

    /// The bytes of a message in base64.
    init(_ bytes: [UInt8]) {
        self.field = StrictBase64.encode(bytes)
        self.certificates = nil
    }

    /// A message whose assertion is signed, with one replacement after signing.
    static func edited(_ exchange: Exchange, _ text: String, _ replacement: String) throws -> PostedMessage {
        PostedMessage(try replacing(text, with: replacement, in: try exchange.message()))
    }
}
