package import FoundationEssentials

/// What a logout message must agree with: the workspace's configuration and the time.
package struct LogoutExpectations: Hashable, Sendable {
    /// The workspace's identity provider.
    package var identityProvider: EntityID
    /// The workspace's single logout URL that the message came to, compared character by character.
    package var singleLogoutService: String
    /// The present.
    package var now: Date
    /// How far the identity provider's clock may differ from ours; at most ``Expectations/maximumClockSkew`` is used.
    package var clockSkew: Duration

    /// Makes the expectations of one message.
    package init(
        identityProvider: EntityID,
        singleLogoutService: String,
        now: Date,
        clockSkew: Duration = Expectations.maximumClockSkew
    ) {
        self.identityProvider = identityProvider
        self.singleLogoutService = singleLogoutService
        self.now = now
        self.clockSkew = clockSkew
    }
}
