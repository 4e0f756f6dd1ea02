/// Percent-encoding of RFC 3986, 2.1.
enum PercentEncoding {
    /// The three characters that stand for a byte.
    static func escape(_ byte: UInt8) -> [UInt8] {
        [UInt8(ascii: "%"), Self.hexDigit(byte >> 4), Self.hexDigit(byte & 0xF)]
    }

    /// The upper-case digit of a number below 16.
    static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// The number of a digit; `nil` for any other byte.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case _: nil
        }
    }

    /// Decodes every triplet once.
    ///
    /// - Returns: `nil` when a percent sign is not followed by two digits.
    static func decode(_ bytes: some Collection<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(Self.hexValue), let low = iterator.next().flatMap(Self.hexValue)
            else { return nil }
            decoded.append(high << 4 | low)
        }
        return decoded
    }

    /// Encodes a text for the value of a query parameter: everything but unreserved characters and slashes.
    static func encodeQueryValue(_ bytes: some Collection<UInt8>) -> [UInt8] {
        bytes.flatMap { byte in
            ByteClass.isUnreserved(byte) || byte == UInt8(ascii: "/") ? [byte] : Self.escape(byte)
        }
    }
}
