/// Which parts of a Response an identity provider must sign for its assertion to be accepted.
///
/// A signature that is there must be valid under every policy (saml-security A09).
package enum SignaturePolicy: String, Hashable, Sendable, CaseIterable {
    /// The Response or the assertion, whichever the identity provider signs.
    case either
    /// The assertion itself.
    case assertion
    /// The Response around it.
    case response
    /// The Response and the assertion.
    case both
}
