/// The two spellings of an ECDSA signature.
enum ECDSASignatureValue {
    /// Turns r and s of equal length, as XML Signature writes them (RFC 4050, 3.3), into the DER that OpenSSL reads.
    static func der(fromConcatenation value: [UInt8]) -> [UInt8]? {
        guard value.count.isMultiple(of: 2), !value.isEmpty, value.count <= 132 else { return nil }
        let half = value.count / 2
        let content = self.integer(value[..<half]) + self.integer(value[half...])
        let length = content.count < 128 ? [UInt8(content.count)] : [0x81, UInt8(content.count)]
        return [0x30] + length + content
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var digits = Array(bytes.drop { $0 == 0 })
        if digits.isEmpty || digits[0] >= 0x80 { digits.insert(0, at: 0) }
        return [0x02, UInt8(digits.count)] + digits
    }
}
