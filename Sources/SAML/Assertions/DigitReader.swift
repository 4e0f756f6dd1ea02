/// Reads runs of ASCII digits of a known length, and the signs between them, from the front of a text.
struct DigitReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
        self.bytes = Array(text.utf8)
    }

    /// Whether everything was read.
    var isAtEnd: Bool { self.index == self.bytes.count }

    /// Reads the signs if they are next.
    ///
    /// - Returns: Whether they were.
    mutating func skip(_ signs: String) -> Bool {
        var end = self.index
        for sign in signs.utf8 {
            guard end < self.bytes.count, self.bytes[end] == sign else { return false }
            end += 1
        }
        self.index = end
        return true
    }

    /// Reads exactly this many digits, or nothing.
    mutating func number(of digits: Int) -> Int? {
        guard self.bytes.count - self.index >= digits else { return nil }
        var number = 0
        for index in self.index..<(self.index + digits) {
            let byte = self.bytes[index]
            guard Self.isDigit(byte) else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        self.index += digits
        return number
    }

    /// Reads at least one digit and at most the given number, as what stands behind a decimal point.
    ///
    /// - Returns: `nil` when there is no digit or there are more.
    mutating func fraction(ofAtMost digits: Int) -> Double? {
        let run = self.bytes[self.index...].prefix(while: Self.isDigit)
        guard !run.isEmpty, run.count <= digits else { return nil }
        self.index = run.endIndex
        let scale = run.reduce(1.0) { scale, _ in scale * 10 }
        return run.reduce(0.0) { $0 * 10 + Double($1 - UInt8(ascii: "0")) } / scale
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
