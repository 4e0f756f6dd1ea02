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
        var checks = ResponseCheckList()
        let received = self.decodeResponse(samlResponse, checks: &checks)
        return try checks.conclude(received)
    }

    /// Decodes a Response, check by check; nothing of it is verified yet.
    ///
    /// - Parameters:
    ///   - samlResponse: The form field, percent-decoded.
    ///   - checks: A list without checks; takes `tooLarge` or `xmlInvalid`.
    /// - Returns: What ``decodeResponse(_:)`` returns; nil when a check failed.
    package static func decodeResponse(_ samlResponse: String, checks: inout ResponseCheckList) -> ReceivedResponse? {
        let bytes = checks.value(.encoding) { () throws(ResponseRejection) in
            let bytes = try self.bytes(of: samlResponse)
            return (bytes, Finding(wanted: "base64 of a bounded length", got: "base64"))
        }
        guard let bytes else {
            checks.skip([.document, .structure] + ReceivedResponse.rules, because: .encoding)
            return nil
        }
        let document = checks.value(.document) { () throws(ResponseRejection) in
            (try self.parse(bytes), Finding(wanted: "strict XML", got: "a document that is"))
        }
        guard let document else {
            checks.skip([.structure] + ReceivedResponse.rules, because: .document)
            return nil
        }
        let header = checks.value(.structure) { () throws(ResponseRejection) in
            let header = try ReceivedResponse.header(of: document)
            return (header, Finding(wanted: "a Response of the grammar", got: "a Response of the grammar"))
        }
        guard let header else {
            checks.skip(ReceivedResponse.rules, because: .structure)
            return nil
        }
        return ReceivedResponse(header: header, document: document)
    }

    /// Decodes and parses a form field.
    static func decode(_ field: String) throws(ResponseRejection) -> XMLDocument {
        try self.parse(try self.bytes(of: field))
    }

    private static func bytes(of field: String) throws(ResponseRejection) -> [UInt8] {
        guard field.utf8.count <= self.maximumFieldLength else {
            throw ResponseRejection(
                .tooLarge,
                rule: "HTTPPostBinding",
                wanted: "at most \(self.maximumFieldLength) characters",
                got: "\(field.utf8.count) characters"
            )
        }
        guard let bytes = StrictBase64.decode(field), !bytes.isEmpty else {
            throw ResponseRejection(.xmlInvalid, rule: "HTTPPostBinding", wanted: "base64")
        }
        return bytes
    }

    private static func parse(_ bytes: [UInt8]) throws(ResponseRejection) -> XMLDocument {
        do throws(XMLRejection) {
            return try XMLDocument.parse(bytes, limits: .samlMessage)
        } catch {
            throw ResponseRejection(error)
        }
    }
}
