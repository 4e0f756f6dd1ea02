import FoundationEssentials

/// saml-core 3.4.1: asked with ForceAuthn, the identity provider has to authenticate the person directly, whatever session
/// it has.
///
/// The AuthnInstant proves that it did (saml-security D14).
///
/// The request is not proof enough: somebody who sends the browser to the identity provider without ForceAuthn gets a
/// response too.
struct ForceAuthnRule {
    let authenticatedSince: Date?
    let window: ValidityWindow

    func check(_ statement: AuthnStatement) throws(ResponseRejection) -> Finding {
        let got = CheckedValue.instant("AuthnInstant", statement.authnInstant)
        guard let authenticatedSince else {
            return Finding(wanted: "any time: no new authentication was asked for", got: got)
        }
        // AuthnInstant is often written in whole seconds, which the skew makes up for as well.
        let earliest = authenticatedSince.addingTimeInterval(-self.window.skew - 1)
        guard statement.authnInstant >= earliest else {
            throw ResponseRejection(
                .authnContextRefused,
                rule: "ForceAuthnRule",
                wanted: "AuthnInstant at or after \(SAMLInstant.format(authenticatedSince))",
                got: SAMLInstant.format(statement.authnInstant)
            )
        }
        return Finding(wanted: .instant("AuthnInstant at or after", authenticatedSince), got: got)
    }
}
