/// What came of asking storage for a session.
package enum SessionLoadOutcome: String, Sendable, Hashable, CaseIterable {
    /// The session.
    case found
    /// There is no such session, or it is over.
    case absent
    /// Storage did not answer in time.
    case failed
    /// Too many readings were under way, so storage was not asked.
    case refused
}
