package import SAML

/// Everything that a validated assertion says about the person, as bytes: equal only when each of them is.
///
/// `String` compares by canonical equivalence, which would hide a difference.
package struct AssertedBytes: Hashable, Sendable {
    private let parts: [[UInt8]]

    /// Takes the parts of an assertion that a gateway acts upon.
    package init(_ assertion: ValidatedAssertion) {
        var parts = [assertion.id.value, assertion.issuer.value, assertion.sessionIndex ?? ""]
        if let nameID = assertion.nameID {
            parts += [nameID.value, nameID.format ?? "", nameID.nameQualifier ?? "", nameID.spNameQualifier ?? ""]
        }
        for attribute in assertion.attributes {
            parts.append(attribute.name)
            for value in attribute.values {
                switch value {
                case .text(let text): parts.append("=" + text)
                case .structured: parts.append("structured")
                }
            }
        }
        self.parts = parts.map { Array($0.utf8) }
    }
}
