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
        default: throw .notACertificate
        }
    }

    private static func bare(_ text: Substring) throws(CertificateRejection) -> [UInt8] {
        guard text.first != "<" else { throw .xml }
        guard let der = StrictBase64.decode(String(text)), !der.isEmpty else { throw .notACertificate }
        return der
    }
}
