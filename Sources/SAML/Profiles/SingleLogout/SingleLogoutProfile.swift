import FoundationEssentials

/// The Single Logout profile (saml-profiles 4.4) as the service provider sees it.
///
/// Every message must be signed (4.4.3.1), which `SAMLBindings` verifies before there is a value; so a Destination is
/// required too (saml-bindings 3.4.5.2, 3.5.5.2).
package struct SingleLogoutProfile: Sendable {
    private let expectations: LogoutExpectations

    /// Makes the profile for one message.
    package init(_ expectations: LogoutExpectations) {
        self.expectations = expectations
    }

    /// Refuses a message that itself claims to be somebody else's, before its signature is looked at.
    ///
    /// - Throws: `issuerMismatch`.
    package func checkClaims(_ issuer: Issuer) throws(ResponseRejection) {
        try IssuerRule(identityProvider: self.expectations.identityProvider).check(issuer)
    }

    /// Applies every rule to a request, read from signed bytes.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - certificateFingerprint: The pinned certificate that verified it.
    /// - Returns: The request, for this workspace.
    /// - Throws: `issuerMismatch`, `recipientMismatch` or `expiredOrNotYetValid`.
    package func validate(
        _ request: LogoutRequest,
        certificateFingerprint: String
    ) throws(ResponseRejection) -> ValidatedLogoutRequest {
        try self.check(issuer: request.issuer, destination: request.destination, issueInstant: request.issueInstant)
        if let end = request.notOnOrAfter, self.window.hasPassed(end) {
            throw ResponseRejection(
                .expiredOrNotYetValid,
                rule: "LogoutRequest/@NotOnOrAfter",
                wanted: "an end after \(SAMLInstant.format(self.expectations.now))",
                got: SAMLInstant.format(end)
            )
        }
        let lifetimeEnd = request.issueInstant.addingTimeInterval(MessageLifetimeRule.maximumAge)
        let end = min(lifetimeEnd, request.notOnOrAfter ?? lifetimeEnd)
        return ValidatedLogoutRequest(
            request,
            issuer: self.expectations.identityProvider,
            replayableUntil: end.addingTimeInterval(Expectations.maximumClockSkew / .seconds(1) + 1),
            certificateFingerprint: certificateFingerprint
        )
    }

    /// Applies every rule to a response, read from signed bytes.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - requestID: The request of ours that it must answer.
    /// - Returns: What the identity provider did; it may be a failure, which ends nothing that we have ended already.
    /// - Throws: `issuerMismatch`, `recipientMismatch`, `expiredOrNotYetValid` or `requestUnknownOrUsed`.
    package func validate(_ response: LogoutResponse, requestID: MessageID) throws(ResponseRejection) -> Status {
        try self.check(issuer: response.issuer, destination: response.destination, issueInstant: response.issueInstant)
        try InResponseToRule(requestID: requestID).check(response.inResponseTo, responseIsSigned: true)
        return response.status
    }

    private var window: ValidityWindow {
        ValidityWindow(now: self.expectations.now, clockSkew: self.expectations.clockSkew)
    }

    private func check(issuer: Issuer, destination: String?, issueInstant: Date) throws(ResponseRejection) {
        try self.checkClaims(issuer)
        try DestinationRule(endpoint: self.expectations.singleLogoutService).check(destination, responseIsSigned: true)
        try MessageLifetimeRule(window: self.window).check(issueInstant)
    }
}
