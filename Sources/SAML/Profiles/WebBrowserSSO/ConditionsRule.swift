/// saml-core 2.5.1: "If any sub-element or attribute … is determined to be invalid, then the assertion is invalid", and a
/// condition that is not understood makes it indeterminate: it is refused (saml-security D07).
struct ConditionsRule {
    let window: ValidityWindow

    func check(_ conditions: Conditions?) throws(ResponseRejection) -> Finding {
        let wanted = CheckedValue.instant("valid at", self.window.now)
        guard let conditions else { return Finding(wanted: wanted, got: "no Conditions") }
        for condition in conditions.conditions {
            switch condition {
            case .audienceRestriction, .oneTimeUse, .proxyRestriction: continue
            case .unknown(let name):
                throw ResponseRejection(
                    .xmlInvalid,
                    rule: "ConditionsRule",
                    wanted: "conditions that are understood",
                    got: name
                )
            }
        }
        if let notBefore = conditions.notBefore, !self.window.hasReached(notBefore) {
            throw ResponseRejection(
                .expiredOrNotYetValid,
                rule: "ConditionsRule",
                wanted: "NotBefore at or before \(SAMLInstant.format(self.window.now))",
                got: SAMLInstant.format(notBefore)
            )
        }
        if let notOnOrAfter = conditions.notOnOrAfter, self.window.hasPassed(notOnOrAfter) {
            throw ResponseRejection(
                .expiredOrNotYetValid,
                rule: "ConditionsRule",
                wanted: "NotOnOrAfter after \(SAMLInstant.format(self.window.now))",
                got: SAMLInstant.format(notOnOrAfter)
            )
        }
        return Finding(wanted: wanted, got: .period(conditions.notBefore, conditions.notOnOrAfter))
    }
}
