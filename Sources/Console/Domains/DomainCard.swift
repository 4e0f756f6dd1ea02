import FoundationEssentials
import Workspaces

/// A domain as the page shows it: claimed, on the way, or failed.
struct DomainCard {
    let id: String
    let name: String
    let state: String
    let isClaimed: Bool
    let isWaiting: Bool
    let isFailed: Bool
    let words: String
    let trouble: String?
    let recordName: String
    let recordText: String
    let canVerify: Bool
    let needsNewClaim: Bool
    /// What has to come before the domain is given up; `nil` where nothing has to.
    let removalConfirmation: FreshSignIn?
    let canRemove: Bool
    /// Why the domain cannot be given up; `nil` where it can.
    let removalRefusal: String?

    /// Every domain of a workspace, by name; a claim that was begun anew says more than the one that lapsed.
    static func all(
        _ claimed: [ClaimedDomain],
        claims: [DomainClaim],
        of configured: ConfiguredWorkspace,
        confirmation: FreshSignIn?
    ) -> [DomainCard] {
        let names = Set(claimed.map(\.domain)).union(claims.map(\.domain)).sorted { $0.value < $1.value }
        return names.enumerated()
            .map { number, name in
                DomainCard(
                    number: number,
                    name: name,
                    claimed: claimed.first { $0.domain == name },
                    claim: claims.first { $0.domain == name },
                    isNeeded: configured.needs(name),
                    confirmation: confirmation
                )
            }
    }

    private init(
        number: Int,
        name: EmailDomain,
        claimed: ClaimedDomain?,
        claim: DomainClaim?,
        isNeeded: Bool,
        confirmation: FreshSignIn?
    ) {
        let state = claim.map(\.state) ?? (claimed?.lapsedAt == nil ? .claimed : .failed)
        self.id = "domain-\(number)"
        self.name = name.value
        self.isClaimed = state == .claimed
        self.isWaiting = state == .inProgress
        self.isFailed = state == .failed
        self.trouble = claim?.problem
        self.removalRefusal = isNeeded ? AdministrationRefusal.lastDomain(name).description : nil
        self.removalConfirmation = claimed == nil || isNeeded ? nil : confirmation
        self.canRemove = self.removalConfirmation == nil && !isNeeded
        self.recordName = claim?.recordName ?? ""
        self.recordText = claim?.recordText ?? ""
        self.canVerify = claim?.isOpen ?? false
        self.needsNewClaim = state == .failed && !self.canVerify
        switch state {
        case .claimed:
            self.state = "Claimed"
            self.words =
                switch claimed?.proof {
                case .operatorOverride?: "By the word of whoever runs Portico."
                case .dns?, nil: "By its record, which is looked for every day: leave it there."
                }
        case .inProgress:
            self.state = "In progress"
            self.words =
                "Publish this TXT record where the DNS of \(name) is kept. It is looked for every few minutes until "
                + (claim.map { ReadableDate.time($0.expiresAt) } ?? "then") + "."
        case .failed:
            self.state = "Failed"
            let isLapsed = claimed?.lapsedAt != nil
            let away = "The record has been away for a week. Members stay, and nobody new comes in."
            self.words =
                switch (isLapsed, self.canVerify) {
                case (_, true): away + " Publish it again."
                case (true, false): away + " Claim the domain again for a new one."
                case (false, false): "The record did not appear within 24 hours. Claim the domain again for a new one."
                }
        }
    }
}
