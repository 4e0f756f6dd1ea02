/// Writes bytes in base64url without padding (RFC 4648, section 5), as cookies and JSON web tokens want them.
enum Base64URL {
    /// The characters of some bytes.
    static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var pending: UInt32 = 0
        var pendingBits = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            pendingBits += 8
            while pendingBits >= 6 {
                pendingBits -= 6
                text.append(alphabet[Int(pending >> UInt32(pendingBits) & 63)])
            }
        }
        if pendingBits > 0 { text.append(alphabet[Int(pending << UInt32(6 - pendingBits) & 63)]) }
        return text
    }

    /// The characters of some bytes, as a text.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: Self.encode(bytes), as: UTF8.self)
    }
}
