package import FoundationEssentials

/// What a Response must agree with: the workspace's configuration, the stored request and the time.
package struct Expectations: Hashable, Sendable {
    /// The workspace's SP issuer, which every audience restriction must contain.
    package var serviceProvider: EntityID
    /// The workspace's identity provider.
    package var identityProvider: EntityID
    /// The workspace's only assertion consumer service URL, compared character by character.
    package var assertionConsumerService: String
    /// The stored request that selected the workspace; nil for a Response that must answer none (saml-profiles 4.1.5).
    package var requestID: MessageID?
    /// The earliest authentication that is good enough, when the request asked for a new one; nil for any.
    package var authenticatedSince: Date?
    /// The classes of authentication of which the workspace wants one; nil for any.
    package var requestedAuthnContext: RequestedAuthnContext?
    /// The present.
    package var now: Date
    /// How far the identity provider's clock may differ from ours; at most ``maximumClockSkew`` is used.
    package var clockSkew: Duration

    /// The greatest clock skew that is ever granted: three minutes (behavior V/8).
    package static let maximumClockSkew: Duration = .seconds(180)

    /// Makes the expectations of one sign-in.
    package init(
        serviceProvider: EntityID,
        identityProvider: EntityID,
        assertionConsumerService: String,
        requestID: MessageID?,
        authenticatedSince: Date? = nil,
        requestedAuthnContext: RequestedAuthnContext? = nil,
        now: Date,
        clockSkew: Duration = Self.maximumClockSkew
    ) {
        self.serviceProvider = serviceProvider
        self.identityProvider = identityProvider
        self.assertionConsumerService = assertionConsumerService
        self.requestID = requestID
        self.authenticatedSince = authenticatedSince
        self.requestedAuthnContext = requestedAuthnContext
        self.now = now
        self.clockSkew = clockSkew
    }
}
