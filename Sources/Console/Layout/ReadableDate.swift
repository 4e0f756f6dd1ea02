package import FoundationEssentials

/// Instants for people to read, in UTC and without a locale.
package enum ReadableDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Such as `21 Nov 2026`.
    static func day(_ date: Date) -> String {
        let parts = Self.parts(date)
        return "\(parts.day) \(parts.month) \(parts.year)"
    }

    /// Such as `21 Nov`.
    static func shortDay(_ date: Date) -> String {
        let parts = Self.parts(date)
        return "\(parts.day) \(parts.month)"
    }

    /// Such as `21 Nov 2026, 18:05 UTC`.
    package static func time(_ date: Date) -> String {
        "\(Self.day(date)), \(Self.parts(date).time) UTC"
    }

    /// The days that are left until an instant, begun ones not counted; negative when it has passed.
    static func days(until date: Date, from now: Date) -> Int {
        Int((date.timeIntervalSince(now) / 86_400).rounded(.down))
    }

    private static func parts(_ date: Date) -> (year: Substring, month: String, day: Int, time: Substring) {
        // 2026-11-21T18:05:00Z
        let text = date.formatted(.iso8601)
        let numbers = text.prefix { $0 != "T" }.split(separator: "-")
        let time = text.drop { $0 != "T" }.dropFirst().prefix(5)
        guard numbers.count == 3, let month = Int(numbers[1]), Self.months.indices.contains(month - 1) else {
            return (Substring(text), "", 0, time)
        }
        return (numbers[0], Self.months[month - 1], Int(numbers[2]) ?? 0, time)
    }
}
