package import SAML
import XMLSecurity

/// The HTTP-POST binding (saml-bindings 3.5) on the receiving side: the value of the form field `SAMLResponse`.
///
/// A message is never inflated here (saml-security C06), and nothing is looked up: the same text always has the same
/// outcome, without a clock and without a network.
package enum HTTPPostBinding {
    /// The largest form field that is looked at: base64 of the largest message, with room for line breaks.
    package static var maximumFieldLength: Int { XMLLimits.samlMessage.byteCount / 2 * 3 }

    /// Decodes a Response and checks its structure; nothing of it is verified yet.
    ///
    /// - Parameter samlResponse: The form field, percent-decoded.
    /// - Returns: A Response that is well-formed and of the grammar, and that nobody has verified.
    /// - Throws: `tooLarge`, or `xmlInvalid` for what is not strict base64 (saml-security C10), not well-formed, not of
    ///   the grammar, or has more than one assertion.
    package static func decodeResponse(_ samlResponse: String) throws(ResponseRejection) -> ReceivedResponse {
        try ReceivedResponse(try self.decode(samlResponse))
    }

    /// Decodes and parses a form field.
    static func decode(_ field: String) throws(ResponseRejection) -> XMLDocument {
        guard field.utf8.count <= self.maximumFieldLength else {
            throw ResponseRejection(.tooLarge, rule: "HTTPPostBinding", got: "\(field.utf8.count) characters")
        }
        guard let bytes = StrictBase64.decode(field), !bytes.isEmpty else {
            throw ResponseRejection(.xmlInvalid, rule: "HTTPPostBinding", wanted: "base64")
        }
        return try self.parse(bytes)
    }

    private static func parse(_ bytes: [UInt8]) throws(ResponseRejection) -> XMLDocument {
        do throws(XMLRejection) {
            return try XMLDocument.parse(bytes, limits: .samlMessage)
        } catch {
            throw ResponseRejection(error)
        }
    }
}
