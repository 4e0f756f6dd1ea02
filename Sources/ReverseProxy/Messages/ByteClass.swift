/// The classes of bytes that RFC 9110 and RFC 3986 name, without a global or a call.
enum ByteClass {
    /// A byte of a token (RFC 9110, 5.6.2), of which methods and field names consist.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        // One digit for each of the 128 bytes of ASCII: a constant of the program, where a global would be checked for its
        // initialization at each access.
        let table: StaticString =
            """
            0000000000000000000000000000000001011111001101101111111111000000\
            0111111111111111111111111110001111111111111111111111111111101010
            """
        return byte < 128 && table.utf8Start[Int(byte)] == UInt8(ascii: "1")
    }

    /// A byte of a host's name or IPv4 address: letters, digits, `-._`.
    @inline(__always)
    static func isHostName(_ byte: UInt8) -> Bool {
        Self.isIn(byte, low: 0x03FF_6000_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)
    }

    /// A byte of a host with an optional port: letters, digits, `-._:[]`.
    @inline(__always)
    static func isHost(_ byte: UInt8) -> Bool {
        Self.isIn(byte, low: 0x07FF_6000_0000_0000, high: 0x07FF_FFFE_AFFF_FFFE)
    }

    /// An unreserved byte of a URI (RFC 3986, 2.3).
    @inline(__always)
    static func isUnreserved(_ byte: UInt8) -> Bool {
        Self.isIn(byte, low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    }

    /// A byte that a request target may hold: visible ASCII but `#`.
    @inline(__always)
    static func isTarget(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#")
    }

    /// A byte of a field value: tab, space, visible ASCII, and bytes of other character sets (RFC 9110, 5.5).
    @inline(__always)
    static func isFieldValue(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte != 0x7F) || byte == 0x09
    }

    /// A decimal digit.
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39
    }

    /// White space within a line.
    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    /// An ASCII letter in lower case, and every other byte but digits as a hyphen: how header names are compared where
    /// trust hangs on them, because CGI and its heirs read `X_Role`, `X.Role` and `X-Role` as one name.
    @inline(__always)
    static func folded(_ byte: UInt8) -> UInt8 {
        let letter = byte | 0x20
        if letter >= 0x61 && letter <= 0x7A { return letter }
        return Self.isDigit(byte) ? byte : UInt8(ascii: "-")
    }

    /// Whether ``folded(_:)`` takes a byte for a hyphen that is none.
    @inline(__always)
    static func isHyphenTwin(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: "-") && Self.folded(byte) == UInt8(ascii: "-")
    }

    /// An ASCII letter in lower case.
    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }

    @inline(__always)
    private static func isIn(_ byte: UInt8, low: UInt64, high: UInt64) -> Bool {
        if byte < 64 { return (low &>> UInt64(byte)) & 1 == 1 }
        return byte < 128 && (high &>> UInt64(byte - 64)) & 1 == 1
    }
}
