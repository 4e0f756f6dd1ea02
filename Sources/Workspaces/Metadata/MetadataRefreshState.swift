package import FoundationEssentials

/// How the refreshes of a workspace's metadata went, and what waits for an administrator.
package struct MetadataRefreshState: Hashable, Sendable {
    /// When it is fetched next; `nil` where it is not fetched by itself.
    package var dueAt: Date?
    /// When it was fetched last, or should have been.
    package var attemptedAt: Date?
    /// When a fetch succeeded last.
    package var refreshedAt: Date?
    /// The instant from which the metadata that was fetched last must not be used any more.
    package var validUntil: Date?
    /// How many fetches have failed since the last that succeeded.
    package var failures: Int
    /// Why the last fetch failed, in words for people; `nil` when it did not.
    package var problem: String?
    /// The sign-in URL of the metadata, where it is another than the configured one.
    package var offeredSignInURL: String?
    /// The certificates of which metadata and configuration differ.
    package var proposals: [MetadataProposal]

    /// Puts a state together, by default that of metadata that was never fetched anew.
    package init(
        dueAt: Date? = nil,
        attemptedAt: Date? = nil,
        refreshedAt: Date? = nil,
        validUntil: Date? = nil,
        failures: Int = 0,
        problem: String? = nil,
        offeredSignInURL: String? = nil,
        proposals: [MetadataProposal] = []
    ) {
        self.dueAt = dueAt
        self.attemptedAt = attemptedAt
        self.refreshedAt = refreshedAt
        self.validUntil = validUntil
        self.failures = failures
        self.problem = problem
        self.offeredSignInURL = offeredSignInURL
        self.proposals = proposals
    }
}
