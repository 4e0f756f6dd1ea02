/// One value of an attribute (saml-core 2.7.3.1.1).
package enum AttributeValue: Hashable, Sendable {
    /// The whole text content, untrimmed; empty for an empty or a nil value.
    case text(String)
    /// A value with element children, which no rule of Portico reads (behavior V2).
    case structured
}
