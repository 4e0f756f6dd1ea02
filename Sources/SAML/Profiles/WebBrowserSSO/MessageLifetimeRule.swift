import FoundationEssentials

/// Rulings 4: a message is accepted for ten minutes after its IssueInstant, give or take the clock skew.
///
/// How long the assertion itself is valid is no reason to refuse it.
struct MessageLifetimeRule {
    /// How old a message may be, in seconds.
    static let maximumAge: TimeInterval = 600

    let window: ValidityWindow

    @discardableResult
    func check(_ issueInstant: Date) throws(ResponseRejection) -> Finding {
        let isFresh =
            self.window.hasReached(issueInstant) && !self.window.isOlder(issueInstant, than: Self.maximumAge)
        guard isFresh else {
            throw ResponseRejection(
                .expiredOrNotYetValid,
                rule: "MessageLifetimeRule",
                wanted: "an IssueInstant of the ten minutes before \(SAMLInstant.format(self.window.now))",
                got: SAMLInstant.format(issueInstant)
            )
        }
        return Finding(
            wanted: .instant("an IssueInstant of the ten minutes before", self.window.now),
            got: .instant("", issueInstant)
        )
    }
}
