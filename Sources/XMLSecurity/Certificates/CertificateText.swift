/// Finds certificates in what a person pasted: PEM blocks with text around them, or the base64 of one certificate.
enum CertificateText {
    /// Eight certificates with RSA keys of 8192 bits and long names fit.
    private static let longest = 128 * 1024

    /// The DER of each certificate, in order.
    static func certificates(in text: String) throws(CertificateRejection) -> [[UInt8]] {
        guard text.utf8.count <= self.longest else { throw .tooLong }
        let trimmed = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard !trimmed.isEmpty else { throw .empty }
        guard trimmed.contains("-----BEGIN ") else { return [try self.bare(trimmed)] }
        var certificates: [[UInt8]] = []
        var rest = trimmed
        while let begin = rest.firstRange(of: "-----BEGIN ") {
            let afterBegin = rest[begin.upperBound...]
            guard let labelEnd = afterBegin.firstRange(of: "-----") else { throw .damaged }
            let label = afterBegin[..<labelEnd.lowerBound]
            try self.check(label)
            let content = afterBegin[labelEnd.upperBound...]
            guard let end = content.firstRange(of: "-----END \(label)-----") else { throw .damaged }
            guard let der = StrictBase64.decode(String(content[..<end.lowerBound])), !der.isEmpty else {
                throw .damaged
            }
            certificates.append(der)
            rest = content[end.upperBound...]
        }
        return certificates
    }

    private static func check(_ label: Substring) throws(CertificateRejection) {
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
