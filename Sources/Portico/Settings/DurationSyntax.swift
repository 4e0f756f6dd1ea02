/// The spelling of durations in settings: `90s`, `15m`, `24h`, `400d`, `250ms`, or several of them as `1h30m`.
enum DurationSyntax {
    private static let remedy = "write a number and a unit (ms, s, m, h, d), such as 15m or 24h"

    /// Reads a duration, a bare number being refused because nobody can see its unit.
    static func parse(_ text: String) throws(SettingProblem) -> Duration {
        var rest = Substring(text)
        var total = Duration.zero
        repeat {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let count = Int64(digits), count < 1_000_000_000, let factor = Self.length(ofUnit: unit) else {
                throw SettingProblem("is not a duration", Self.remedy)
            }
            total += factor * count
        } while !rest.isEmpty
        return total
    }

    /// Spells a duration with the largest unit that divides it.
    static func spell(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        guard attoseconds == 0 else { return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms" }
        for (unit, length) in [("d", Int64(86_400)), ("h", 3600), ("m", 60)]
        where seconds != 0 && seconds % length == 0 {
            return "\(seconds / length)\(unit)"
        }
        return "\(seconds)s"
    }

    private static func length(ofUnit unit: Substring) -> Duration? {
        switch unit {
        case "ms": .milliseconds(1)
        case "s": .seconds(1)
        case "m": .seconds(60)
        case "h": .seconds(3600)
        case "d": .seconds(86_400)
        default: nil
        }
    }
}
