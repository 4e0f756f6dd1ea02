package import FoundationEssentials

/// What must hold for a confirmation to be satisfied (saml-core 2.4.1.2).
package struct SubjectConfirmationData: Hashable, Sendable {
    /// The start of validity, which the Web Browser SSO profile forbids.
    package let notBefore: Date?
    /// The end of validity, exclusive.
    package let notOnOrAfter: Date?
    /// The assertion consumer service that the assertion may be delivered to.
    package let recipient: String?
    /// The request that the assertion answers, as the message has it.
    package let inResponseTo: String?
    /// The network address of the browser as the identity provider saw it, which Portico does not compare.
    package let address: String?

    /// Makes the constraints from the parts of a message.
    package init(
        notBefore: Date? = nil,
        notOnOrAfter: Date? = nil,
        recipient: String? = nil,
        inResponseTo: String? = nil,
        address: String? = nil
    ) {
        self.notBefore = notBefore
        self.notOnOrAfter = notOnOrAfter
        self.recipient = recipient
        self.inResponseTo = inResponseTo
        self.address = address
    }
}
