/// What came of asking storage for a session.
package enum SessionLoadOutcome: String, Sendable, Hashable, CaseIterable {
    /// The session.
    case found
    /// There is no such session, or it is over.
    case absent
    /// Storage did not answer in time.
    case failed
    /// Too many sessions were wanted at once, so storage was not asked.
    case refused
}
