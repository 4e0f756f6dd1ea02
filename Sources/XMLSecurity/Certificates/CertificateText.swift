/// Finds certificates in what a person pasted: PEM blocks with text around them, or the base64 of one certificate.
enum CertificateText {
    /// Eight certificates with RSA keys of 8192 bits and long names fit.
    private static let longest = 128 * 1024

    private static let begin = Array("-----BEGIN ".utf8)
    private static let dashes = Array("-----".utf8)

    /// The DER of each certificate, in order.
    static func certificates(in text: String) throws(CertificateRejection) -> [[UInt8]] {
        guard text.utf8.count <= self.longest else { throw .tooLong }
        let trimmed = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard !trimmed.isEmpty else { throw .empty }
        // Bytes are looked for: going through the characters of a text costs a hundred times as much.
        var rest = Array(trimmed.utf8)[...]
        guard self.first(self.begin, in: rest) != nil else { return [try self.bare(trimmed)] }
        var certificates: [[UInt8]] = []
        while let begin = self.first(self.begin, in: rest) {
            rest = rest[begin.upperBound...]
            guard let labelEnd = self.first(self.dashes, in: rest) else { throw .damaged }
            let label = String(decoding: rest[..<labelEnd.lowerBound], as: UTF8.self)
            try self.check(label)
            rest = rest[labelEnd.upperBound...]
            guard let end = self.first(Array("-----END \(label)-----".utf8), in: rest),
                let der = StrictBase64.decode(rest[..<end.lowerBound]), !der.isEmpty
            else { throw .damaged }
            certificates.append(der)
            rest = rest[end.upperBound...]
        }
        return certificates
    }

    /// A text without the private keys in PEM that stand in it.
    static func withoutPrivateKeys(_ text: String) -> String {
        var kept: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let begin = self.first(self.begin, in: rest) {
            kept += rest[..<begin.lowerBound]
            let end = self.first(self.begin, in: rest[begin.upperBound...])?.lowerBound ?? rest.endIndex
            kept += self.withoutPrivateKey(rest[begin.lowerBound..<end])
            rest = rest[end...]
        }
        return String(decoding: kept + rest, as: UTF8.self)
    }

    /// A block with what stands behind it; of one with a private key, that alone.
    private static func withoutPrivateKey(_ block: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let content = block.dropFirst(self.begin.count)
        let labelEnd = self.first(self.dashes, in: content)?.lowerBound ?? content.endIndex
        let label = String(decoding: content[..<labelEnd], as: UTF8.self)
        guard label.hasSuffix("PRIVATE KEY") else { return block }
        guard let end = self.first(Array("-----END \(label)-----".utf8), in: content) else { return [] }
        return content[end.upperBound...]
    }

    private static func first(_ marks: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        var rest = bytes
        while let start = rest.firstIndex(of: UInt8(ascii: "-")) {
            rest = rest[start...]
            if rest.starts(with: marks) { return start..<(start + marks.count) }
            rest = rest.dropFirst()
        }
        return nil
    }

    private static func check(_ label: String) throws(CertificateRejection) {
        switch label {
        case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE": return
        case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST": throw .certificateRequest
        case _ where label.hasSuffix("PRIVATE KEY"): throw .privateKey
        case _ where label.hasSuffix("PUBLIC KEY"): throw .publicKeyOnly
        case "PKCS7", "PKCS #7 SIGNED DATA", "CMS": throw .envelope
        default: throw .notACertificate
        }
    }

    private static func bare(_ text: Substring) throws(CertificateRejection) -> [UInt8] {
        guard text.first != "<" else { throw .xml }
        let beginning = text.prefix(8).lowercased()
        guard !beginning.hasPrefix("https://"), !beginning.hasPrefix("http://") else { throw .address }
        guard !self.isFingerprint(text) else { throw .fingerprint }
        guard let der = StrictBase64.decode(String(text)), !der.isEmpty else { throw .notACertificate }
        return der
    }

    /// The digits of MD5, SHA-1 and SHA-256.
    private static let fingerprintLengths = [32, 40, 64]
    private static let longestFingerprint = 256

    /// Whether a text is what OpenSSL or a console writes for a fingerprint: `SHA256 Fingerprint=AB:CD:…`, or the digits alone.
    private static func isFingerprint(_ text: Substring) -> Bool {
        guard text.utf8.count <= self.longestFingerprint else { return false }
        let value = text.lastIndex(of: "=").map { text[text.index(after: $0)...] } ?? text
        let digits = value.filter { !$0.isWhitespace && $0 != ":" && $0 != "-" }
        return self.fingerprintLengths.contains(digits.utf8.count) && digits.allSatisfy(\.isHexDigit)
    }
}
