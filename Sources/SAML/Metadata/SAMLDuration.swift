/// The form in which metadata writes a length of time: `xs:duration`, such as `PT24H`, `P7D` or `P0Y0M7DT0H0M0.000S`.
///
/// A year counts as 365 days and a month as 30: the lengths tell how long a copy may be kept, where that is near enough.
/// Fractions of a second are read and dropped.
package enum SAMLDuration {
    private static let dateUnits = [("Y", 365 * 86_400), ("M", 30 * 86_400), ("D", 86_400)]
    private static let timeUnits = [("H", 3600), ("M", 60), ("S", 1)]
    /// Ten digits of years are still no overflow.
    private static let maximumDigits = 10

    /// Reads a length of time.
    ///
    /// - Returns: `nil` for everything that differs from the form, and for negative lengths.
    package static func parse(_ text: String) -> Duration? {
        var rest = Substring(text).utf8
        guard rest.popFirst() == UInt8(ascii: "P") else { return nil }
        guard let days = Self.sum(&rest, Self.dateUnits) else { return nil }
        var seconds = days.seconds
        var parts = days.parts
        if rest.first == UInt8(ascii: "T") {
            rest = rest.dropFirst()
            guard let time = Self.sum(&rest, Self.timeUnits), time.parts > 0 else { return nil }
            seconds += time.seconds
            parts += time.parts
        }
        guard parts > 0, rest.isEmpty else { return nil }
        return .seconds(seconds)
    }

    /// Reads numbers with units, each unit at most once and in this order.
    private static func sum(
        _ rest: inout Substring.UTF8View,
        _ units: [(name: String, seconds: Int)]
    ) -> (seconds: Int, parts: Int)? {
        var units = units[...]
        var seconds = 0
        var parts = 0
        while let first = rest.first, Self.isDigit(first) {
            let digits = rest.prefix(while: Self.isDigit)
            guard digits.count <= Self.maximumDigits else { return nil }
            rest = rest.dropFirst(digits.count)
            let hasFraction = rest.first == UInt8(ascii: ".")
            if hasFraction {
                rest = rest.dropFirst()
                let fraction = rest.prefix(while: Self.isDigit)
                guard !fraction.isEmpty else { return nil }
                rest = rest.dropFirst(fraction.count)
            }
            guard let name = rest.popFirst(),
                let index = units.firstIndex(where: { $0.name.utf8.elementsEqual([name]) }),
                !hasFraction || units[index].name == "S"
            else { return nil }
            seconds += units[index].seconds * digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            parts += 1
            units = units[(index + 1)...]
        }
        return (seconds, parts)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
