/// Knows texts that are slow to compare.
///
/// Swift compares texts by canonical equivalence, for which it sorts each run of combining marks, in time that grows
/// with the square of the run: one `==` of a text with 64 KB of marks takes more than a second. No language needs ten
/// in a row; the bound is that of the Stream-Safe Text Format (Unicode Standard Annex 15, section 13).
enum StreamSafeText {
    /// The most marks in a row.
    static let maximumRun = 30

    /// Whether a text may be compared; this looks at each scalar once.
    ///
    /// Marks are told by their general category and not by their combining class, which is 0 for some that decompose
    /// into marks with another, such as U+0F73.
    static func contains(_ text: String) -> Bool {
        var run = 0
        for scalar in text.unicodeScalars {
            guard scalar.value >= 0x300, Self.isMark(scalar) else {
                run = 0
                continue
            }
            run += 1
            guard run <= Self.maximumRun else { return false }
        }
        return true
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        case _: false
        }
    }
}
