internal import Crypto

/// 256 bits as four words, so that a key of a dictionary costs no allocation.
struct Bits256: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    private init(_ words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    /// Takes bits from a random number generator.
    init(using generator: inout some RandomNumberGenerator) {
        self.words = (generator.next(), generator.next(), generator.next(), generator.next())
    }

    /// Takes 32 bytes.
    ///
    /// - Returns: `nil` for any other number of bytes.
    init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        var words: [UInt64] = [0, 0, 0, 0]
        for (index, byte) in bytes.enumerated() { words[index >> 3] = words[index >> 3] << 8 | UInt64(byte) }
        self.words = (words[0], words[1], words[2], words[3])
    }

    /// Takes 43 characters of base64url without padding (RFC 4648, section 5).
    ///
    /// - Returns: `nil` unless the text is the one encoding of 32 bytes: the two bits that are left over must be zero.
    init?(base64URL text: Span<UInt8>) {
        guard text.count == 43 else { return nil }
        var words = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
        for index in 0..<43 {
            guard let digit = Self.digit(text[index]) else { return nil }
            // The last character carries four bits of the value, the others six.
            let width = index == 42 ? 4 : 6
            if width == 4, digit & 0b11 != 0 { return nil }
            let bits = width == 4 ? digit >> 2 : digit
            words.0 = words.0 << UInt64(width) | words.1 >> UInt64(64 - width)
            words.1 = words.1 << UInt64(width) | words.2 >> UInt64(64 - width)
            words.2 = words.2 << UInt64(width) | words.3 >> UInt64(64 - width)
            words.3 = words.3 << UInt64(width) | bits
        }
        self.words = words
    }

    /// The 32 bytes.
    var bytes: [UInt8] {
        let words = [self.words.0, self.words.1, self.words.2, self.words.3]
        return words.flatMap { word in
            stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    /// The 43 characters of base64url.
    var base64URL: String { Base64URL.text(self.bytes) }

    /// The SHA-256 of the 32 bytes.
    var sha256: Bits256 {
        var input = (
            self.words.0.bigEndian, self.words.1.bigEndian, self.words.2.bigEndian, self.words.3.bigEndian
        )
        var hash = SHA256()
        withUnsafeBytes(of: &input) { hash.update(bufferPointer: $0) }
        return hash.finalize()
            .withUnsafeBytes { digest in
                let word = { (index: Int) in
                    UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
                }
                return Bits256((word(0), word(1), word(2), word(3)))
            }
    }

    static func == (left: Bits256, right: Bits256) -> Bool {
        left.words == right.words
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(self.words.0)
        hasher.combine(self.words.1)
        hasher.combine(self.words.2)
        hasher.combine(self.words.3)
    }

    private static func digit(_ character: UInt8) -> UInt64? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        case _: nil
        }
    }
}
