/// The person that an assertion is about, and how the presenter of the assertion is to be confirmed (saml-core 2.4).
package struct Subject: Hashable, Sendable {
    /// The identifier of the person, which may be absent or transient.
    package let nameID: NameID?
    /// The ways of confirmation; one that is satisfied is enough.
    package let confirmations: [SubjectConfirmation]

    /// Makes a subject from the parts of a message.
    package init(nameID: NameID?, confirmations: [SubjectConfirmation]) {
        self.nameID = nameID
        self.confirmations = confirmations
    }
}
