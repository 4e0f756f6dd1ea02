/// saml-profiles 4.1.4.2: an Issuer holds the identity provider's name, and its Format is omitted or the entity format.
///
/// The comparison is exact, white space and case included (saml-security D09). It runs on the claims before the
/// signature, so that another provider's message is refused as such, and again on what the signature covers.
struct IssuerRule {
    let identityProvider: EntityID

    /// Checks the Issuer of an assertion, or of a Response that has one.
    @discardableResult
    func check(_ issuer: Issuer) throws(ResponseRejection) -> Finding {
        guard issuer.value.isExactly(self.identityProvider.value) else {
            throw ResponseRejection(
                .issuerMismatch,
                rule: "IssuerRule",
                wanted: self.identityProvider.value,
                got: issuer.value,
                responsible: .workspaceAdministrator
            )
        }
        if let format = issuer.format, !format.isExactly(Issuer.entityFormat) {
            throw ResponseRejection(.issuerMismatch, rule: "IssuerRule", wanted: Issuer.entityFormat, got: format)
        }
        return Finding(wanted: .text(self.identityProvider.value), got: .text(issuer.value))
    }

    /// Checks the Issuer of a Response, which must be there "if the Response message is signed or if an enclosed assertion
    /// is encrypted" (saml-profiles 4.1.4.2 with its errata).
    func check(_ issuer: Issuer?, isRequired: Bool) throws(ResponseRejection) -> Finding {
        if let issuer {
            return try self.check(issuer)
        }
        guard !isRequired else {
            throw ResponseRejection(.issuerMismatch, rule: "IssuerRule", wanted: self.identityProvider.value)
        }
        return Finding(
            wanted: .text(self.identityProvider.value),
            got: "none, as a Response may have it that is neither signed nor around an encrypted assertion"
        )
    }
}
