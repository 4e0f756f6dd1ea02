/// Eight bytes of a head that are looked at together; the first of them stands in the lowest bits.
///
/// What is found in them is marked by the highest bit of each byte.
struct ByteWord {
    /// How many bytes a word has.
    static let size = 8

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    private let bits: UInt64

    /// Reads the bytes from an offset, behind which there are eight at least.
    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        self.bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Whether each byte is a space or visible ASCII.
    @inline(__always)
    var isPlain: Bool {
        // A borrow or a carry begins at a byte that is marked itself, or is not ASCII.
        ((self.bits &- Self.ones &* 0x20) | (self.bits &+ Self.ones)) & Self.highs == 0
    }

    /// How many bytes come before the first control character, which a tab is, up to eight.
    @inline(__always)
    var countBeforeControl: Int {
        // A borrow marks only bytes behind one that is marked in truth.
        let controls = (self.bits &- Self.ones &* 0x20) & ~self.bits
        let deletes = self.bits ^ (Self.ones &* 0x7F)
        return Self.countBeforeFirst(controls | ((deletes &- Self.ones) & ~deletes))
    }

    /// How many bytes come before the first that is neither a letter of ASCII nor a hyphen, up to eight.
    @inline(__always)
    var countOfLettersAndHyphens: Int { Self.countBeforeFirst(self.othersThanLettersAndHyphens) }

    /// Whether each byte is a letter of ASCII or a hyphen.
    @inline(__always)
    var isLettersAndHyphens: Bool { self.othersThanLettersAndHyphens & Self.highs == 0 }

    /// Whether these bytes, which may stand in a name, are those of another word, letters in any case.
    @inline(__always)
    func isLowercased(to lowercase: ByteWord) -> Bool { self.bits | (Self.ones &* 0x20) == lowercase.bits }

    @inline(__always)
    private var othersThanLettersAndHyphens: UInt64 {
        // Seven bits of each byte are added to, so that nothing is carried into the next.
        let low = self.bits & ~Self.highs
        let lowercased = low | (Self.ones &* 0x20)
        let fromA = lowercased &+ Self.ones &* (0x80 - 0x61)
        let beyondZ = lowercased &+ Self.ones &* (0x80 - 0x7B)
        let notHyphens = (low ^ (Self.ones &* 0x2D)) &+ Self.ones &* 0x7F
        return (~fromA | beyondZ) & notHyphens | self.bits
    }

    @inline(__always)
    private static func countBeforeFirst(_ marks: UInt64) -> Int {
        (marks & Self.highs).trailingZeroBitCount / 8
    }
}
