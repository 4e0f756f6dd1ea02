import XMLSecurity

/// Bytes as the value of a parameter of HTTP-Redirect.
enum QueryValue {
    /// The bytes as DEFLATE that does not compress (RFC 1951 3.2.4), so that a message can be changed letter by letter.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let content = bytes.prefix(65_535)
        let length = UInt16(content.count)
        return [1, UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8)] + content
    }

    /// The base64 of the bytes, every character escaped.
    static func escaped(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var escaped: [UInt8] = []
        for byte in StrictBase64.encode(bytes).utf8 {
            escaped.append(UInt8(ascii: "%"))
            escaped.append(digits[Int(byte >> 4)])
            escaped.append(digits[Int(byte & 15)])
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
