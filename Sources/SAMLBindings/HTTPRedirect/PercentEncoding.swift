/// The escapes of a query (RFC 3986 2.1).
enum PercentEncoding {
    /// What a plus sign means.
    enum Plus {
        /// A space, as forms write it.
        case space
        /// It is refused, because it is a plus sign to some and a space to others.
        case refused
    }

    /// Escapes everything but the unreserved characters of RFC 3986 2.3, so that no reader can disagree about it.
    static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            case _:
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The octets of a value; nil for an incomplete escape, and for what has to be escaped.
    static func decode(_ text: Substring, plus: Plus) -> [UInt8]? {
        var octets: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch (byte, plus) {
            case (UInt8(ascii: "%"), _):
                guard let high = rest.popFirst().flatMap(self.digit), let low = rest.popFirst().flatMap(self.digit)
                else { return nil }
                octets.append(high << 4 | low)
            case (UInt8(ascii: "+"), .space): octets.append(UInt8(ascii: " "))
            case (UInt8(ascii: "+"), .refused), (0...0x20, _), (UInt8(ascii: "#"), _), (0x7F..., _): return nil
            case (_, _): octets.append(byte)
            }
        }
        return octets
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case _: nil
        }
    }
}
