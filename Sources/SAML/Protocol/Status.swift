/// The outcome that a Response reports (saml-core 3.2.2.1).
package struct Status: Hashable, Sendable {
    /// The top-level code of a Response that carries an assertion (saml-core 3.2.2.2).
    package static let success = "urn:oasis:names:tc:SAML:2.0:status:Success"

    /// The top-level status code, a URI.
    package let code: String
    /// The second-level status code, when there is one.
    package let subordinateCode: String?
    /// The identity provider's words, which are shown only escaped.
    package let message: String?

    /// Whether everything was done that was asked for: a success with a subordinate code is a partial one (saml-core
    /// 3.2.2.2, 3.7.3).
    package var isComplete: Bool { self.code.isExactly(Self.success) && self.subordinateCode == nil }

    /// Makes a status from the parts of a message.
    package init(code: String, subordinateCode: String? = nil, message: String? = nil) {
        self.code = code
        self.subordinateCode = subordinateCode
        self.message = message
    }
}
