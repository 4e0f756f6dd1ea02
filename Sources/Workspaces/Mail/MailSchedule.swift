package import FoundationEssentials

/// When a mail is tried again that no server took.
package enum MailSchedule {
    /// How often a mail is tried: for about seven hours, after which somebody has to look.
    package static let maximumAttempts = 14
    /// How long a mail is left to the node that took it: longer than its conversation takes.
    package static let claimLength: TimeInterval = 300
    private static let firstPause = 30.0
    private static let longestPause = 3_600.0

    /// The time of the next attempt.
    ///
    /// - Parameters:
    ///   - attempts: How many there were.
    ///   - now: The present.
    /// - Returns: `nil` when there were enough.
    package static func next(after attempts: Int, now: Date) -> Date? {
        guard attempts < Self.maximumAttempts else { return nil }
        var pause = Self.firstPause
        for _ in 1..<max(attempts, 1) where pause < Self.longestPause { pause *= 2 }
        return now.addingTimeInterval(min(pause, Self.longestPause))
    }
}
