/// How large a head may be that goes on over HTTP/2.
enum HeadSize {
    /// What everybody takes as one frame (RFC 9113, 4.2); the library does not write CONTINUATION.
    private static let frameSize = 16_384

    /// Whether a head becomes one frame, whatever HPACK makes of it.
    ///
    /// The codes of letters, digits and common signs have at most 8 bits, those of the tab and the backslash at most 24, those of
    /// other visible bytes at most 15, and those of bytes beyond ASCII at most 30 (RFC 7541, appendix B).
    /// A byte that is no UTF-8 becomes U+FFFD towards an upstream, which has three such bytes.
    static func fits(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count > Self.frameSize / 12 else { return true }
        let beyondASCII = String(validating: head, as: UTF8.self) == nil ? 12 : 4
        var bound = 0
        for byte in head {
            bound += byte < 0x80 ? Self.longestCode(of: byte) : beyondASCII
        }
        return bound <= Self.frameSize
    }

    /// The longest code of a byte of ASCII, in bytes.
    private static func longestCode(of byte: UInt8) -> Int {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: 1
        case 0x20, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: ";"),
            UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "&"):
            1
        case 0x09, UInt8(ascii: "\\"): 3
        case _: 2
        }
    }
}
