import FoundationEssentials

/// The Web Browser SSO profile (saml-profiles 4.1) as the service provider sees it: the only maker of a
/// ``ValidatedAssertion``.
///
/// The order is that of behavior V, as rulings 1 settle it, and the first failure decides:
///
///     limits and structure        SAMLBindings, before there is a value
///     the stored request          the caller, by InResponseTo
///     Status, Issuer              checkClaims: on claims by anybody, so it can only refuse
///     signatures                  SAMLBindings, under the workspace's certificates
///     everything                  validate: Status and Issuer again, from signed bytes where they are signed,
///                                 then Destination, Recipient, audience, times, InResponseTo
///     replay                      the store, by ValidatedAssertion.id
///
/// Every rule reports to a ``ResponseCheckList``, whose first failure is the refusal; see there.
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

    /// Checks what a Response itself claims about its outcome and its sender.
    ///
    /// - Parameters:
    ///   - header: What stands around the assertion, by anybody.
    ///   - assertionIsEncrypted: Whether the Response encloses an encrypted assertion, and so must name its issuer.
    ///   - checks: Takes `statusNotSuccess` or `issuerMismatch`.
    package func checkClaims(
        _ header: ResponseHeader,
        assertionIsEncrypted: Bool,
        checks: inout ResponseCheckList
    ) {
        checks.check(.claimedStatus) { () throws(ResponseRejection) in try StatusRule().check(header.status) }
        checks.check(.claimedResponseIssuer) { () throws(ResponseRejection) in
            try self.issuerRule.check(header.issuer, isRequired: assertionIsEncrypted)
        }
    }

    /// Checks what an assertion itself claims about its sender.
    ///
    /// - Parameters:
    ///   - checks: Takes `issuerMismatch`; `xmlInvalid` when a Response that claims success has no assertion.
    ///   - assertionIssuer: Reads the Issuer that the assertion claims, `nil` when there is no assertion.
    package func checkClaims(
        checks: inout ResponseCheckList,
        assertionIssuer: () throws(ResponseRejection) -> Issuer?
    ) {
        checks.check(.claimedAssertionIssuer) { () throws(ResponseRejection) in
            guard let issuer = try assertionIssuer() else {
                throw ResponseRejection(.xmlInvalid, rule: "WebBrowserSSOProfile", wanted: "one Assertion", got: "none")
            }
            return try self.issuerRule.check(issuer)
        }
    }

    /// Applies every rule of the profile.
    ///
    /// - Parameters:
    ///   - assertion: The assertion, read from signed bytes.
    ///   - header: The Response around it, read from signed bytes where `signedParts` covers the Response.
    ///   - signedParts: The parts that carried a valid signature.
    ///   - certificateFingerprint: The pinned certificate that verified them.
    ///   - checks: What was checked before; takes every rule.
    /// - Returns: The assertion, for this workspace and this request; nil when a check failed, now or before.
    package func validate(
        _ assertion: Assertion,
        in header: ResponseHeader,
        signedParts: SignedParts,
        certificateFingerprint: String,
        checks: inout ResponseCheckList
    ) -> ValidatedAssertion? {
        self.checkOrigin(assertion, in: header, signedParts: signedParts, checks: &checks)
        self.checkAddressees(assertion, in: header, responseIsSigned: signedParts.coversResponse, checks: &checks)
        let statement = self.checkAuthentication(assertion.authnStatements, checks: &checks)
        guard let statement, checks.rejection == nil else { return nil }
        return ValidatedAssertion(
            assertion,
            issuer: self.expectations.identityProvider,
            statement: statement,
            replayableUntil: Self.replayableUntil(assertion),
            certificateFingerprint: certificateFingerprint
        )
    }

    // MARK: - Rules

    /// The rules that ``validate(_:in:signedParts:certificateFingerprint:checks:)`` makes, in their order.
    package static let rules: [ResponseCheck.Rule] = [
        .status, .responseIssuer, .assertionIssuer, .signaturePolicy, .destination, .audience, .responseAge,
        .assertionAge, .conditions, .bearerConfirmation, .inResponseTo, .authnStatement, .forcedAuthentication,
        .authnContext,
    ]

    private var issuerRule: IssuerRule { IssuerRule(identityProvider: self.expectations.identityProvider) }

    private var window: ValidityWindow { ValidityWindow(self.expectations) }

    /// Who says it, and what of it is signed.
    private func checkOrigin(
        _ assertion: Assertion,
        in header: ResponseHeader,
        signedParts: SignedParts,
        checks: inout ResponseCheckList
    ) {
        checks.check(.status) { () throws(ResponseRejection) in try StatusRule().check(header.status) }
        checks.check(.responseIssuer) { () throws(ResponseRejection) in
            try self.issuerRule.check(header.issuer, isRequired: signedParts.coversResponse)
        }
        checks.check(.assertionIssuer) { () throws(ResponseRejection) in
            try self.issuerRule.check(assertion.issuer)
        }
        checks.check(.signaturePolicy) { () throws(ResponseRejection) in
            try SignaturePolicyRule(policy: self.signaturePolicy).check(signedParts)
        }
    }

    /// Whom it is for, when, and for which request.
    private func checkAddressees(
        _ assertion: Assertion,
        in header: ResponseHeader,
        responseIsSigned: Bool,
        checks: inout ResponseCheckList
    ) {
        let expected = self.expectations
        let window = self.window
        checks.check(.destination) { () throws(ResponseRejection) in
            try DestinationRule(endpoint: expected.assertionConsumerService)
                .check(header.destination, responseIsSigned: responseIsSigned)
        }
        checks.check(.audience) { () throws(ResponseRejection) in
            try AudienceRestrictionRule(serviceProvider: expected.serviceProvider).check(assertion.conditions)
        }
        checks.check(.responseAge) { () throws(ResponseRejection) in
            try MessageLifetimeRule(window: window).check(header.issueInstant)
        }
        checks.check(.assertionAge) { () throws(ResponseRejection) in
            try MessageLifetimeRule(window: window).check(assertion.issueInstant)
        }
        checks.check(.conditions) { () throws(ResponseRejection) in
            try ConditionsRule(window: window).check(assertion.conditions)
        }
        checks.check(.bearerConfirmation) { () throws(ResponseRejection) in
            try BearerConfirmationRule(
                assertionConsumerService: expected.assertionConsumerService,
                requestID: expected.requestID,
                window: window
            )
            .check(assertion.subject)
        }
        checks.check(.inResponseTo) { () throws(ResponseRejection) in
            try InResponseToRule(requestID: expected.requestID)
                .check(header.inResponseTo, responseIsSigned: responseIsSigned)
        }
    }

    /// How the person authenticated.
    private func checkAuthentication(
        _ statements: [AuthnStatement],
        checks: inout ResponseCheckList
    ) -> AuthnStatement? {
        let window = self.window
        let statement = checks.value(.authnStatement) { () throws(ResponseRejection) in
            try AuthnStatementRule(window: window).check(statements)
        }
        guard let statement else {
            checks.skip([.forcedAuthentication, .authnContext], because: .authnStatement)
            return nil
        }
        checks.check(.forcedAuthentication) { () throws(ResponseRejection) in
            try ForceAuthnRule(authenticatedSince: self.expectations.authenticatedSince, window: window)
                .check(statement)
        }
        checks.check(.authnContext) { () throws(ResponseRejection) in
            try AuthnContextRule(requested: self.expectations.requestedAuthnContext).check(statement)
        }
        return statement
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
