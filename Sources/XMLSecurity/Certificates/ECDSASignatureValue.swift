/// The two spellings of an ECDSA signature.
enum ECDSASignatureValue {
    /// Turns r and s, each in the curve's length as XML Signature writes them (xmldsig-core1 6.4.3), into the DER that
    /// OpenSSL reads; nil for a value of another length.
    static func der(fromConcatenation value: [UInt8], on curve: EllipticCurve) -> [UInt8]? {
        let half = curve.byteCount
        guard value.count == 2 * half else { return nil }
        let content = self.integer(value[..<half]) + self.integer(value[half...])
        let length = content.count < 128 ? [UInt8(content.count)] : [0x81, UInt8(content.count)]
        return [0x30] + length + content
    }

    /// Turns the DER that OpenSSL writes into r and s of this length each.
    static func concatenation(fromDER der: [UInt8], half: Int) -> [UInt8]? {
        // The lengths of two integers for P-521 need a second byte for the sequence, never for an integer.
        var rest = der.dropFirst(der.count > 1 && der[1] == 0x81 ? 3 : 2)
        var value: [UInt8] = []
        for _ in 0..<2 {
            guard rest.count > 2, rest.removeFirst() == 0x02 else { return nil }
            let length = Int(rest.removeFirst())
            guard length <= rest.count else { return nil }
            let digits = rest.prefix(length).drop { $0 == 0 }
            guard digits.count <= half else { return nil }
            value += [UInt8](repeating: 0, count: half - digits.count) + digits
            rest = rest.dropFirst(length)
        }
        return rest.isEmpty ? value : nil
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var digits = Array(bytes.drop { $0 == 0 })
        if digits.isEmpty || digits[0] >= 0x80 { digits.insert(0, at: 0) }
        return [0x02, UInt8(digits.count)] + digits
    }
}
