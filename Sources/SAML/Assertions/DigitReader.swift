/// Reads runs of ASCII digits of a known length, and the signs between them, from the front of a text.
struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        self.rest = Substring(text).utf8
    }

    /// Whether everything was read.
    var isAtEnd: Bool { self.rest.isEmpty }

    /// Reads the signs if they are next.
    ///
    /// - Returns: Whether they were.
    mutating func skip(_ signs: String) -> Bool {
        guard self.rest.starts(with: signs.utf8) else { return false }
        self.rest = self.rest.dropFirst(signs.utf8.count)
        return true
    }

    /// Reads exactly this many digits, or nothing.
    mutating func number(of digits: Int) -> Int? {
        let run = self.rest.prefix(digits)
        guard run.count == digits, run.allSatisfy(Self.isDigit) else { return nil }
        self.rest = self.rest.dropFirst(digits)
        return run.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Reads at least one digit and at most the given number, as what stands behind a decimal point.
    ///
    /// - Returns: `nil` when there is no digit or there are more.
    mutating func fraction(ofAtMost digits: Int) -> Double? {
        let run = self.rest.prefix(while: Self.isDigit)
        guard !run.isEmpty, run.count <= digits else { return nil }
        self.rest = self.rest.dropFirst(run.count)
        let scale = run.reduce(1.0) { scale, _ in scale * 10 }
        return run.reduce(0.0) { $0 * 10 + Double($1 - UInt8(ascii: "0")) } / scale
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
