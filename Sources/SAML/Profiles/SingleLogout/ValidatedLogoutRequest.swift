package import FoundationEssentials

/// A request to end sessions that passed every rule of the Single Logout profile for one workspace.
///
/// Only ``SingleLogoutProfile`` makes one. Which sessions it ends is the store's to find: those of this workspace alone,
/// whose sign-in had exactly this ``nameID`` and one of these session indexes (saml-security F11).
package struct ValidatedLogoutRequest: Hashable, Sendable {
    /// The identifier that our response must name.
    package let id: MessageID
    /// The identity provider, equal to the workspace's.
    package let issuer: EntityID
    /// The person.
    package let nameID: NameID
    /// The sessions to end; none means all of the person's.
    package let sessionIndexes: [String]
    /// The instant from which on the request can no longer pass the rules, so that its replay key may be forgotten.
    package let replayableUntil: Date
    /// The SHA-256 fingerprint of the pinned certificate that verified the signature.
    package let certificateFingerprint: String

    /// Takes what the profile found; only the profile calls it.
    init(_ request: LogoutRequest, issuer: EntityID, replayableUntil: Date, certificateFingerprint: String) {
        self.id = request.id
        self.issuer = issuer
        self.nameID = request.nameID
        self.sessionIndexes = request.sessionIndexes
        self.replayableUntil = replayableUntil
        self.certificateFingerprint = certificateFingerprint
    }
}
