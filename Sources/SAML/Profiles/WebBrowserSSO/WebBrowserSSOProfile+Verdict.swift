/// The same for callers that want the verdict and keep no list.
extension WebBrowserSSOProfile {
    /// Refuses a Response around an assertion in plain text that itself claims to be a failure, or somebody else's.
    ///
    /// - Throws: `statusNotSuccess` or `issuerMismatch`.
    package func checkClaims(_ header: ResponseHeader) throws(ResponseRejection) {
        var checks = ResponseCheckList()
        self.checkClaims(header, assertionIsEncrypted: false, checks: &checks)
        try checks.conclude(())
    }

    /// Refuses an assertion that itself claims to be somebody else's.
    ///
    /// - Parameter assertionIssuer: The Issuer that the assertion claims, `nil` when there is no assertion.
    /// - Throws: `issuerMismatch`; `xmlInvalid` when a Response that claims success has no assertion.
    package func checkClaims(assertionIssuer: Issuer?) throws(ResponseRejection) {
        var checks = ResponseCheckList()
        self.checkClaims(checks: &checks) { () throws(ResponseRejection) in assertionIssuer }
        try checks.conclude(())
    }

    /// Applies every rule of the profile.
    ///
    /// - Parameters:
    ///   - assertion: The assertion, read from signed bytes.
    ///   - header: The Response around it, read from signed bytes where `signedParts` covers the Response.
    ///   - signedParts: The parts that carried a valid signature.
    ///   - certificateFingerprint: The pinned certificate that verified them.
    /// - Returns: The assertion, for this workspace and this request.
    /// - Throws: The rejection of the first rule that fails.
    package func validate(
        _ assertion: Assertion,
        in header: ResponseHeader,
        signedParts: SignedParts,
        certificateFingerprint: String
    ) throws(ResponseRejection) -> ValidatedAssertion {
        var checks = ResponseCheckList()
        let validated = self.validate(
            assertion,
            in: header,
            signedParts: signedParts,
            certificateFingerprint: certificateFingerprint,
            checks: &checks
        )
        return try checks.conclude(validated)
    }
}
