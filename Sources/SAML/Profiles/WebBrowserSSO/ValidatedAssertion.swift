package import FoundationEssentials

/// An assertion that passed every rule of the Web Browser SSO profile for one workspace and one stored request.
///
/// Only ``WebBrowserSSOProfile`` makes one. Whether it was used before is the one question left, which the store
/// answers with a unique key of issuer and identifier (rulings 3).
package struct ValidatedAssertion: Hashable, Sendable {
    /// The assertion's identifier.
    package let id: MessageID
    /// The identity provider, equal to the workspace's.
    package let issuer: EntityID
    /// The identifier of the person, when the assertion has one.
    package let nameID: NameID?
    /// When the identity provider made the assertion.
    package let issueInstant: Date
    /// The attributes in the order of the message.
    package let attributes: [Attribute]
    /// The identity provider's name for its session.
    package let sessionIndex: String?
    /// When a session made from the assertion must be over, exclusive.
    package let sessionNotOnOrAfter: Date?
    /// When the person authenticated at the identity provider.
    package let authnInstant: Date?
    /// The class of authentication, as a URI.
    package let authnContextClassRef: String?
    /// The instant from which on the assertion can no longer pass the rules, so that its replay key may be forgotten.
    package let replayableUntil: Date
    /// The SHA-256 fingerprint of the pinned certificate whose key verified the signature, `AB:CD:…`.
    package let certificateFingerprint: String

    /// Takes what the profile found; only the profile calls it.
    init(
        _ assertion: Assertion,
        issuer: EntityID,
        statement: AuthnStatement,
        replayableUntil: Date,
        certificateFingerprint: String
    ) {
        self.id = assertion.id
        self.issuer = issuer
        self.nameID = assertion.subject?.nameID
        self.issueInstant = assertion.issueInstant
        self.attributes = assertion.attributes
        self.sessionIndex = statement.sessionIndex
        self.sessionNotOnOrAfter = statement.sessionNotOnOrAfter
        self.authnInstant = statement.authnInstant
        self.authnContextClassRef = statement.authnContextClassRef
        self.replayableUntil = replayableUntil
        self.certificateFingerprint = certificateFingerprint
    }

    /// The values of every attribute with this exact name, merged in the order of the message.
    ///
    /// - Returns: `nil` when the assertion has no attribute of that name; an empty array when it has one without values.
    package func values(ofAttribute name: String) -> [AttributeValue]? {
        let named = self.attributes.filter { $0.name.isExactly(name) }
        return named.isEmpty ? nil : named.flatMap(\.values)
    }
}
