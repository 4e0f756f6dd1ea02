package import FoundationEssentials

/// How and when the person authenticated at the identity provider (saml-core 2.7.2).
package struct AuthnStatement: Hashable, Sendable {
    /// When the person authenticated.
    package let authnInstant: Date
    /// The identity provider's name for its session, which single logout uses.
    package let sessionIndex: String?
    /// When the session must be over, exclusive.
    package let sessionNotOnOrAfter: Date?
    /// The class of authentication, as a URI.
    package let authnContextClassRef: String?

    /// Makes a statement from the parts of a message.
    package init(
        authnInstant: Date,
        sessionIndex: String? = nil,
        sessionNotOnOrAfter: Date? = nil,
        authnContextClassRef: String? = nil
    ) {
        self.authnInstant = authnInstant
        self.sessionIndex = sessionIndex
        self.sessionNotOnOrAfter = sessionNotOnOrAfter
        self.authnContextClassRef = authnContextClassRef
    }
}
