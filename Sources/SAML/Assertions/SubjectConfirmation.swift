/// One way in which the presenter of an assertion may be confirmed (saml-core 2.4.1.1).
package struct SubjectConfirmation: Hashable, Sendable {
    /// The method of the Web Browser SSO profile (saml-profiles 3.3).
    package static let bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer"

    /// The Method URI.
    package let method: String
    /// The constraints on this confirmation, when there are any.
    package let data: SubjectConfirmationData?

    /// Makes a confirmation from the parts of a message.
    package init(method: String, data: SubjectConfirmationData?) {
        self.method = method
        self.data = data
    }
}
