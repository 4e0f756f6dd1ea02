import FoundationEssentials
package import HTTPTypes
package import Workspaces

/// What anybody may know of an error: a code, its words and the id under which the log has the rest (rulings 9).
///
/// Two failures with one code make the same page and the same JSON, but for the id (saml-security D18).
package struct PublicError: Hashable, Sendable {
    /// The code of behavior section 4, or of ``RequestRefusal``.
    package let code: String
    /// The status of the response.
    package let status: HTTPResponse.Status
    /// What happened, in a few words.
    package let title: String
    /// One sentence: what the person can do.
    package let advice: String

    /// The public face of a refusal; codes that are for the audit log only are replaced.
    package init(_ code: RefusalCode) {
        let code = code.shownToMembers
        self.code = code.rawValue
        self.status = HTTPResponse.Status(code: code.httpStatus)
        self.title = code.title
        self.advice = code.memberAdvice
    }

    /// The public face of a request that nobody could be asked about.
    package init(_ refusal: RequestRefusal) {
        self.code = refusal.rawValue
        self.status = refusal.status
        self.title = refusal.title
        self.advice = refusal.advice
    }

    /// The public face of an error that the data plane names itself, in the data plane's own words.
    ///
    /// - Parameters:
    ///   - code: The code.
    ///   - status: The status of the response.
    ///   - title: What happened, in a few words.
    ///   - advice: What the person can do.
    package init(code: String, status: Int, title: String, advice: String) {
        self.code = code
        self.status = HTTPResponse.Status(code: status)
        self.title = title
        self.advice = advice
    }

    /// The error for a program: `code`, `message`, `request_id` and, where a session is missing, `sign_in_url`
    /// (interface 3).
    package func json(requestID: Workspaces.RequestID, signInURL: String) -> [UInt8] {
        struct Body: Encodable {
            let code: String
            let message: String
            let requestID: String
            let signInURL: String?

            enum CodingKeys: String, CodingKey {
                case code
                case message
                case requestID = "request_id"
                case signInURL = "sign_in_url"
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = Body(
            code: self.code,
            message: "\(self.title). \(self.advice)",
            requestID: requestID.value,
            signInURL: self.code == RefusalCode.sessionRequired.rawValue ? signInURL : nil
        )
        guard let data = try? encoder.encode(body) else { preconditionFailure("Strings are always JSON.") }
        return Array(data)
    }
}
