/// saml-profiles 4.1.3.5: with HTTP-POST the assertion must be signed, by itself or by the Response around it; the
/// workspace may ask for more (behavior V/5).
struct SignaturePolicyRule {
    let policy: SignaturePolicy

    func check(_ parts: SignedParts) throws(ResponseRejection) -> Finding {
        let isSatisfied =
            switch (self.policy, parts) {
            case (.either, _), (_, .responseAndAssertion): true
            case (.assertion, .assertion), (.response, .response): true
            case (.assertion, .response), (.response, .assertion), (.both, .assertion), (.both, .response): false
            }
        guard isSatisfied else {
            throw ResponseRejection(
                .signatureInvalid,
                rule: "SignaturePolicyRule",
                wanted: self.policy.rawValue,
                got: parts.rawValue
            )
        }
        return Finding(wanted: .text(self.policy.rawValue), got: .text(parts.rawValue))
    }
}
