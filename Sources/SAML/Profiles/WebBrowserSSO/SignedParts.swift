/// Which parts of a received Response carried a signature that was verified.
///
/// There is no value for "nothing": an assertion without a verified signature is never read.
package enum SignedParts: String, Hashable, Sendable, CaseIterable {
    /// The assertion only; the Response around it is a claim by anybody.
    case assertion
    /// The Response only; its signature covers the assertion.
    case response
    /// The Response and the assertion each.
    case responseAndAssertion

    /// Whether the attributes of the Response itself are covered.
    package var coversResponse: Bool {
        switch self {
        case .assertion: false
        case .response, .responseAndAssertion: true
        }
    }
}
