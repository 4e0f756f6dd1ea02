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
        guard let text = unsafe text else { return }
        let bytes = unsafe XMLCharacters.bytes(of: text)
        var index = 0
        while index < bytes.count {
            // Almost all text is ASCII, which has no marks: eight bytes at once.
            if index + 8 <= bytes.count,
                unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & Self.beyondASCII == 0
            {
                self.run = 0
                index += 8
                continue
            }
            let (value, width) = unsafe Self.scalar(in: bytes, at: index)
            index += width
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

    /// The bits that only bytes outside of ASCII have.
    private static let beyondASCII: UInt64 = 0x8080_8080_8080_8080

    /// The scalar that begins at an index, and how many bytes it has, never more than there are.
    private static func scalar(in bytes: UnsafeRawBufferPointer, at index: Int) -> (value: UInt32, width: Int) {
        let first = unsafe UInt32(bytes[index])
        let width = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard width > 1 else { return (first, 1) }
        var value = first & (0x7F >> UInt32(width))
        for offset in 1..<width {
            guard index + offset < bytes.count else { return (value, offset) }
            let byte = unsafe UInt32(bytes[index + offset])
            guard byte & 0xC0 == 0x80 else { return (value, offset) }
            value = value << 6 | byte & 0x3F
        }
        return (value, width)
    }
}
