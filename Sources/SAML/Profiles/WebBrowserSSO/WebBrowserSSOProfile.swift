import FoundationEssentials

/// The Web Browser SSO profile (saml-profiles 4.1) as the service provider sees it: the only maker of a
/// ``ValidatedAssertion``.
///
/// The order is that of behavior V, as rulings 1 settle it, and the first failure ends it:
///
///     limits and structure        SAMLBindings, before there is a value
///     the stored request          the caller, by InResponseTo
///     Status, Issuer              checkClaims: on claims by anybody, so it can only refuse
///     signatures                  SAMLBindings, under the workspace's certificates
///     everything                  validate: Status and Issuer again, from signed bytes where they are signed,
///                                 then Destination, Recipient, audience, times, InResponseTo
///     replay                      the store, by ValidatedAssertion.id
package struct WebBrowserSSOProfile: Sendable {
    private let expectations: Expectations
    private let signaturePolicy: SignaturePolicy

    /// Makes the profile for one Response.
    ///
    /// - Parameters:
    ///   - expectations: What the Response must agree with.
    ///   - signaturePolicy: The signatures that the workspace asks for.
    package init(_ expectations: Expectations, signaturePolicy: SignaturePolicy) {
        self.expectations = expectations
        self.signaturePolicy = signaturePolicy
    }

    /// Refuses a Response that itself claims to be a failure, or somebody else's.
    ///
    /// - Throws: `statusNotSuccess` or `issuerMismatch`.
    package func checkClaims(_ header: ResponseHeader) throws(ResponseRejection) {
        try StatusRule().check(header.status)
        try IssuerRule(identityProvider: self.expectations.identityProvider)
            .check(header.issuer, responseIsSigned: false)
    }

    /// Refuses an assertion that itself claims to be somebody else's.
    ///
    /// - Parameter assertionIssuer: The Issuer that the assertion claims, `nil` when there is no assertion.
    /// - Throws: `issuerMismatch`; `xmlInvalid` when a Response that claims success has no assertion.
    package func checkClaims(assertionIssuer: Issuer?) throws(ResponseRejection) {
        guard let assertionIssuer else {
            throw ResponseRejection(.xmlInvalid, rule: "WebBrowserSSOProfile", wanted: "one Assertion", got: "none")
        }
        try IssuerRule(identityProvider: self.expectations.identityProvider).check(assertionIssuer)
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
        let expected = self.expectations
        let window = ValidityWindow(expected)
        let responseIsSigned = signedParts.coversResponse

        try StatusRule().check(header.status)
        let issuerRule = IssuerRule(identityProvider: expected.identityProvider)
        try issuerRule.check(header.issuer, responseIsSigned: responseIsSigned)
        try issuerRule.check(assertion.issuer)
        try SignaturePolicyRule(policy: self.signaturePolicy).check(signedParts)

        try DestinationRule(endpoint: expected.assertionConsumerService)
            .check(header.destination, responseIsSigned: responseIsSigned)
        try AudienceRestrictionRule(serviceProvider: expected.serviceProvider).check(assertion.conditions)
        try MessageLifetimeRule(window: window).check(header.issueInstant)
        try MessageLifetimeRule(window: window).check(assertion.issueInstant)
        if let conditions = assertion.conditions {
            try ConditionsRule(window: window).check(conditions)
        }
        try BearerConfirmationRule(
            assertionConsumerService: expected.assertionConsumerService,
            requestID: expected.requestID,
            window: window
        )
        .check(assertion.subject)
        try InResponseToRule(requestID: expected.requestID)
            .check(header.inResponseTo, responseIsSigned: responseIsSigned)
        let statement = try AuthnStatementRule(window: window).check(assertion.authnStatements)
        try ForceAuthnRule(authenticatedSince: expected.authenticatedSince, window: window).check(statement)

        return ValidatedAssertion(
            assertion,
            issuer: expected.identityProvider,
            statement: statement,
            replayableUntil: Self.replayableUntil(assertion),
            certificateFingerprint: certificateFingerprint
        )
    }

    /// The end of every chance to pass the rules again, under the greatest clock skew that can be configured.
    private static func replayableUntil(_ assertion: Assertion) -> Date {
        let lifetimeEnd = assertion.issueInstant.addingTimeInterval(MessageLifetimeRule.maximumAge)
        let confirmationEnd = assertion.subject?.confirmations.compactMap(\.data?.notOnOrAfter).max()
        let ends = [lifetimeEnd, assertion.conditions?.notOnOrAfter, confirmationEnd].compactMap(\.self)
        let skew = Expectations.maximumClockSkew / .seconds(1)
        return (ends.min() ?? lifetimeEnd).addingTimeInterval(skew + 1)
    }
}
