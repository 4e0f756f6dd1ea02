import Foundation
import Workspaces

/// Where a workspace's metadata comes from and how its refreshes went, as `saml show` and `saml refresh` write it.
struct MetadataStatus: Encodable {
    let url: String
    let refresh: String
    let attemptedAt: Date?
    let refreshedAt: Date?
    let nextRefreshAt: Date?
    let validUntil: Date?
    let failures: Int
    let problem: String?
    let offeredSignInURL: String?
    let pending: Int

    /// Describes a state; nil where the metadata came from no URL.
    init?(_ state: MetadataRefreshState, of identityProvider: IdentityProviderConfiguration) {
        guard let source = identityProvider.metadataSource else { return nil }
        self.url = source.url
        self.refresh = source.mode.rawValue
        self.attemptedAt = state.attemptedAt
        self.refreshedAt = state.refreshedAt
        self.nextRefreshAt = state.dueAt
        self.validUntil = state.validUntil
        self.failures = state.failures
        self.problem = state.problem
        self.offeredSignInURL = state.offeredSignInURL == identityProvider.signInURL ? nil : state.offeredSignInURL
        self.pending = state.proposals.count(where: \.isWaiting)
    }

    /// The status for people.
    var fields: [(name: String, value: String)] {
        var fields = [("IdP metadata", self.url), ("  refresh", self.refresh)]
        fields.append(("  fetched", self.refreshedAt?.formatted(.iso8601) ?? "when it was imported"))
        if let next = self.nextRefreshAt { fields.append(("  next", next.formatted(.iso8601))) }
        if let end = self.validUntil { fields.append(("  valid until", end.formatted(.iso8601))) }
        if let problem = self.problem { fields.append(("  problem", "\(problem) Failed \(self.failures) times.")) }
        if let offered = self.offeredSignInURL {
            fields.append(("  sign-in URL", "\(offered) in the metadata: import it again to take it"))
        }
        if self.pending > 0 { fields.append(("  pending", "\(self.pending): see `portico saml pending`")) }
        return fields
    }
}
