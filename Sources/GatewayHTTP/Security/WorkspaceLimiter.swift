package import FoundationEssentials
package import Workspaces

/// Bounds the sign-ins of one workspace, begun and answered, whoever asks for them: what one workspace draws upon itself
/// must not take the others' time.
///
/// It is far above what one network may do, so that nobody keeps the people of a workspace out from a single one.
package struct WorkspaceLimiter: Sendable {
    private let attempts: AttemptLimiter

    /// Makes a limiter with full buckets; the defaults let 3,000 people in at once and a hundred in a second after that.
    package init(_ limits: AttemptLimiter.Limits = .init(capacity: 3_000, refillPerSecond: 100)) {
        self.attempts = AttemptLimiter(limits: limits)
    }

    /// Takes the token of an attempt at a workspace.
    ///
    /// - Returns: `nil` when it may go on, otherwise the time until a token is there.
    package func admit(_ workspace: WorkspaceID, now: Date) -> Duration? {
        self.attempts.admit(key: withUnsafeBytes(of: workspace.uuid.uuid) { Array($0) }, now: now)
    }
}
