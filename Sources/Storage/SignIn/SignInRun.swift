package import FoundationEssentials

/// How the latest sign-ins of a workspace went, as far back as they are kept.
package struct SignInRun: Hashable, Sendable {
    /// When somebody came in last; nil where nobody did.
    package let lastDoneAt: Date?
    /// How many were refused since, but for those whose identity provider reported a failure.
    package let refusedSince: Int

    /// Puts a run together.
    package init(lastDoneAt: Date? = nil, refusedSince: Int = 0) {
        self.lastDoneAt = lastDoneAt
        self.refusedSince = refusedSince
    }
}
