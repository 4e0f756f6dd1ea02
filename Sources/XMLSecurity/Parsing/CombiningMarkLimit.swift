import CXMLSec

/// Refuses text with more than thirty combining marks one behind the other, the bound of the Stream-Safe Text Format
/// (Unicode Standard Annex 15, section 13).
///
/// Swift compares texts by canonical equivalence, for which it sorts each run of marks, in time that grows with the
/// square of the run: one comparison of a text with 64 KB of marks takes more than a second. No language needs ten.
struct CombiningMarkLimit {
    /// The most marks in a row.
    static let maximumRun = 30

    private var run = 0

    /// Reads a text, or the next part of one.
    ///
    /// - Parameter text: UTF-8 as libxml2 has checked it, or nil for no text.
    /// - Throws: `tooManyMarks`.
    mutating func check(_ text: UnsafePointer<xmlChar>?) throws(XMLRejection) {
        guard var next = unsafe text else { return }
        while unsafe next.pointee != 0 {
            let (value, width) = unsafe Self.scalar(at: next)
            unsafe next += width
            guard value >= 0x300, let scalar = Unicode.Scalar(value),
                scalar.properties.canonicalCombiningClass != .notReordered
            else {
                self.run = 0
                continue
            }
            self.run += 1
            guard self.run <= Self.maximumRun else { throw .tooManyMarks }
        }
    }

    /// The scalar that begins at a byte, and how many bytes it has; a NUL is never passed.
    private static func scalar(at text: UnsafePointer<xmlChar>) -> (value: UInt32, width: Int) {
        let first = unsafe UInt32(text[0])
        let width = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard width > 1 else { return (first, 1) }
        var value = first & (0x7F >> UInt32(width))
        for index in 1..<width {
            let byte = unsafe UInt32(text[index])
            guard byte & 0xC0 == 0x80 else { return (value, index) }
            value = value << 6 | byte & 0x3F
        }
        return (value, width)
    }
}
