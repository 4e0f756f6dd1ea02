/// One condition of an assertion.
package enum Condition: Hashable, Sendable {
    /// The assertion is meant for these audiences, any one of them (saml-core 2.5.1.4).
    case audienceRestriction([String])
    /// The assertion is to be used once, which is true of every assertion here (saml-core 2.5.1.5).
    case oneTimeUse
    /// The assertion limits further assertions made from it, and Portico makes none (saml-core 2.5.1.6).
    case proxyRestriction
    /// A condition that Portico does not know, by its type's name.
    case unknown(String)
}
