/// The white space of XML (XML 1.0, section 2.3): space, TAB, CR and LF.
///
/// Only these are trimmed (behavior Q17). Unicode knows more, and a no-break space around a role value must make the
/// value different, not equal.
enum XMLWhitespace {
    /// Returns the text without white space at both ends.
    static func trimming(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !Self.contains($0) }),
            let last = scalars.lastIndex(where: { !Self.contains($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    private static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\t", "\r", "\n": true
        case _: false
        }
    }
}
