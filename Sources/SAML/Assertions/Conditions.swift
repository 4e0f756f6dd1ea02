package import FoundationEssentials

/// What limits the use of an assertion (saml-core 2.5.1).
package struct Conditions: Hashable, Sendable {
    /// The start of validity, inclusive.
    package let notBefore: Date?
    /// The end of validity, exclusive.
    package let notOnOrAfter: Date?
    /// The single conditions in the order of the message; all of them must hold.
    package let conditions: [Condition]

    /// Makes the conditions from the parts of a message.
    package init(notBefore: Date? = nil, notOnOrAfter: Date? = nil, conditions: [Condition]) {
        self.notBefore = notBefore
        self.notOnOrAfter = notOnOrAfter
        self.conditions = conditions
    }
}
