package import FoundationEssentials

/// When metadata is fetched next.
///
/// After a success: as long as the document may be kept (`cacheDuration`, saml-metadata 2.3.1), else a day, at least ten
/// minutes and at most a week, and early enough before `validUntil` to try more than once. After a failure: five minutes,
/// twice as long each time, at most six hours. Each is shortened by up to a tenth, so that what was imported together is not
/// fetched together for ever.
package struct MetadataRefreshSchedule: Hashable, Sendable {
    private static let usual = 86_400.0
    private static let shortest = 600.0
    private static let longest = 7 * 86_400.0
    private static let firstRetry = 300.0
    private static let longestRetry = 6 * 3_600.0
    /// The part of the time until the end of validity that may pass first.
    private static let patience = 0.75

    private let shortening: Double

    /// Makes a schedule.
    ///
    /// - Parameter jitter: A random number from 0 to 1: how much of the tenth is taken.
    package init(jitter: Double) {
        self.shortening = 1 - min(max(jitter, 0), 1) / 10
    }

    /// The time after a success.
    package func next(after now: Date, cacheDuration: Duration?, validUntil: Date?) -> Date {
        let kept = cacheDuration.map { Double($0.components.seconds) } ?? Self.usual
        let valid = validUntil.map { $0.timeIntervalSince(now) * Self.patience } ?? Self.longest
        let interval = min(max(min(kept, valid), Self.shortest), Self.longest)
        return now.addingTimeInterval(interval * self.shortening)
    }

    /// The time after a number of failures in a row, of which the first is 1.
    package func retry(after now: Date, failures: Int) -> Date {
        var interval = Self.firstRetry
        for _ in 1..<max(failures, 1) where interval < Self.longestRetry { interval *= 2 }
        return now.addingTimeInterval(min(interval, Self.longestRetry) * self.shortening)
    }
}
