package import FoundationEssentials

/// A domain that a workspace claims by a DNS record, from the day it is asked for (behavior D1).
package struct DomainClaim: Hashable, Sendable {
    /// How far the claim has come.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// The record has not been seen yet, and there is time.
        case inProgress = "in_progress"
        /// The record was seen, and not missed for a week since.
        case claimed
        /// The record was not published in time, or is gone.
        case failed
    }

    /// How long the record may take to appear.
    package static let timeToPublish = Duration.seconds(24 * 3_600)
    /// How long a record may be away that was there.
    package static let timeToReturn = Duration.seconds(7 * 24 * 3_600)

    /// The domain.
    package let domain: EmailDomain
    /// What has to be published.
    package let token: DomainClaimToken
    /// How far the claim has come.
    package var state: State
    /// When the claim was asked for.
    package let requestedAt: Date
    /// When servers last answered a question for the record.
    package var checkedAt: Date?
    /// When the record was last seen.
    package var seenAt: Date?
    /// When the servers first said that the record is gone; `nil` while it is there.
    package var missingSince: Date?
    /// What is wrong with the record, or with asking for it; `nil` while nothing is.
    package var problem: String?

    /// Begins a claim.
    package init(domain: EmailDomain, token: DomainClaimToken, requestedAt: Date) {
        self.init(domain: domain, token: token, state: .inProgress, requestedAt: requestedAt)
    }

    /// Puts a claim together.
    package init(
        domain: EmailDomain,
        token: DomainClaimToken,
        state: State,
        requestedAt: Date,
        checkedAt: Date? = nil,
        seenAt: Date? = nil,
        missingSince: Date? = nil,
        problem: String? = nil
    ) {
        self.domain = domain
        self.token = token
        self.state = state
        self.requestedAt = requestedAt
        self.checkedAt = checkedAt
        self.seenAt = seenAt
        self.missingSince = missingSince
        self.problem = problem
    }

    /// The name of the record: below the domain, so that it stands apart from the domain's own.
    package var recordName: String { "_portico-challenge.\(self.domain)" }

    /// The text of the record, whole.
    package var recordText: String { "portico-domain-verification=\(self.token.text)" }

    /// Until when the record can be published for the first time.
    package var expiresAt: Date { self.requestedAt.advanced(by: Self.timeToPublish) }

    /// Whether looking for the record can still change anything.
    package var isOpen: Bool { self.state != .failed || self.seenAt != nil }

    /// When the record is looked for again: soon while somebody waits for it, once a day afterwards (behavior D5).
    ///
    /// - Returns: `nil` for a claim whose time is over.
    package func nextCheck(after now: Date) -> Date? {
        guard self.isOpen else { return nil }
        return now.addingTimeInterval(self.state == .inProgress ? 300 : 24 * 3_600)
    }
}
