import ArgumentParser
import Foundation

/// The time of the oldest event to read: a date or time in UTC, or how long ago.
struct AuditSince: Hashable, ExpressibleByArgument {
    private enum Meaning: Hashable {
        case at(Date)
        case ago(Duration)
    }

    private let meaning: Meaning

    /// Reads `2026-11-20`, `2026-11-20T08:00:00Z` or a duration such as `24h`.
    init?(argument: String) {
        if let duration = try? DurationSyntax.parse(argument) {
            self.meaning = .ago(duration)
        } else if let time = try? Date(argument, strategy: .iso8601) {
            self.meaning = .at(time)
        } else if let day = try? Date(argument, strategy: .iso8601.year().month().day()) {
            self.meaning = .at(day)
        } else {
            return nil
        }
    }

    /// The time that is meant.
    func date(now: Date) -> Date {
        switch self.meaning {
        case .at(let date): date
        case .ago(let duration): now.addingTimeInterval(-(duration / .seconds(1)))
        }
    }
}
