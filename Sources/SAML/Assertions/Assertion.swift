package import FoundationEssentials

/// What an identity provider says about one person (saml-core 2.3.3), as a value that nobody has checked yet.
///
/// `SAMLBindings` makes one only from signed bytes; ``WebBrowserSSOProfile`` turns it into a ``ValidatedAssertion``.
package struct Assertion: Hashable, Sendable {
    /// The identifier, by which a replay is recognized.
    package var id: MessageID
    /// When the identity provider made the assertion.
    package var issueInstant: Date
    /// The identity provider.
    package var issuer: Issuer
    /// The person, absent only in messages that the profile refuses.
    package var subject: Subject?
    /// The limits of use, absent only in messages that the profile refuses.
    package var conditions: Conditions?
    /// The statements about the authentication; the profile wants exactly one.
    package var authnStatements: [AuthnStatement]
    /// The attributes of every attribute statement in the order of the message.
    package var attributes: [Attribute]

    /// Makes an assertion from the parts of a message.
    package init(
        id: MessageID,
        issueInstant: Date,
        issuer: Issuer,
        subject: Subject?,
        conditions: Conditions?,
        authnStatements: [AuthnStatement],
        attributes: [Attribute]
    ) {
        self.id = id
        self.issueInstant = issueInstant
        self.issuer = issuer
        self.subject = subject
        self.conditions = conditions
        self.authnStatements = authnStatements
        self.attributes = attributes
    }
}
