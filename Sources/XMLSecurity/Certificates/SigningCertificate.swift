package import FoundationEssentials

/// An X.509 certificate whose key an identity provider signs with.
///
/// It pins a key: neither its issuer nor its dates decide anything. An expired one is a warning to show, no error, because
/// identity providers keep signing with the key that was agreed on.
package struct SigningCertificate: Sendable {
    /// The most certificates of one identity provider (rulings 7).
    package static let maximumCount = 8

    /// The certificate in DER.
    package let der: [UInt8]
    /// SHA-256 of the DER, as pairs of upper-case hexadecimal digits with colons between.
    package let sha256Fingerprint: String
    /// The subject's distinguished name (RFC 2253).
    package let subject: String
    /// The first instant of validity.
    package let notBefore: Date
    /// The last instant of validity.
    package let notAfter: Date
    /// The kind and length of the key, for example `RSA 2048` or `ECDSA P-256`.
    package let keyDescription: String

    let issuer: String
    let key: PublicKey

    /// Reads every certificate in a text: PEM, or the bare base64 that metadata has.
    ///
    /// Certificates that occur twice are kept once. A certificate beside the one that issued it is a chain and refused:
    /// pinning an authority's key would trust whatever it signs.
    package static func parse(_ text: String) throws(CertificateRejection) -> [SigningCertificate] {
        try self.parse(text, policy: .standard)
    }

    /// Reads every certificate in several texts, under the rules for one: the elements of metadata.
    package static func parse(_ texts: [String]) throws(CertificateRejection) -> [SigningCertificate] {
        try self.parse(texts, policy: .standard)
    }

    /// A text that somebody pasted without the private keys in it, which nobody is to be shown again.
    package static func withoutPrivateKeys(in text: String) -> String {
        let rest = CertificateText.withoutPrivateKeys(text)
        guard !rest.contains("PRIVATE KEY") else { return "" }
        do throws(CertificateRejection) {
            _ = try self.parse(rest)
        } catch .privateKey {
            // One without the lines around it.
            return ""
        } catch {}
        return rest
    }

    /// Reads certificates under another policy, so that tests can read messages from before RSA 2048.
    static func parse(_ text: String, policy: AlgorithmPolicy) throws(CertificateRejection) -> [SigningCertificate] {
        try self.parse([text], policy: policy)
    }

    private static func parse(
        _ texts: [String],
        policy: AlgorithmPolicy
    ) throws(CertificateRejection) -> [SigningCertificate] {
        var certificates: [SigningCertificate] = []
        for text in texts {
            for der in try CertificateText.certificates(in: text) {
                guard !certificates.contains(where: { $0.der == der }) else { continue }
                // Before the next one is read, since that takes OpenSSL longer than verifying a signature.
                guard certificates.count < self.maximumCount else { throw .tooMany }
                certificates.append(try SigningCertificate(der: der, policy: policy))
            }
        }
        guard !certificates.isEmpty else { throw .notACertificate }
        for certificate in certificates where certificate.issuer != certificate.subject {
            guard !certificates.contains(where: { $0.subject == certificate.issuer }) else { throw .chain }
        }
        return certificates
    }

    /// Reads one certificate in DER.
    package init(der: [UInt8]) throws(CertificateRejection) {
        try self.init(der: der, policy: .standard)
    }

    init(der: [UInt8], policy: AlgorithmPolicy) throws(CertificateRejection) {
        let reader = try X509Reader.read(der)
        let key = try reader.publicKey()
        if !key.isAccepted(by: policy) {
            throw key.bits < policy.rsaBits.lowerBound ? .keyTooShort(key.bits) : .keyTooLong(key.bits)
        }
        guard let notBefore = reader.notBefore, let notAfter = reader.notAfter else { throw .damaged }
        guard let digest = DigestAlgorithm.sha256.digest(der) else { throw .libraryFailure }
        self.der = der
        self.sha256Fingerprint = Self.colonSeparated(digest)
        self.subject = reader.subject
        self.issuer = reader.issuer
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.keyDescription = key.point.map { "ECDSA \($0.curve.rawValue)" } ?? "RSA \(key.bits)"
        self.key = key
    }

    /// Whether both certificates are of one key.
    package func hasSameKey(as other: SigningCertificate) -> Bool {
        self.key.isSame(as: other.key)
    }

    /// The certificate in PEM, with lines of 64 characters.
    package var pem: String {
        let text = StrictBase64.encode(self.der)
        var lines = ["-----BEGIN CERTIFICATE-----"]
        var rest = text[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        lines.append("-----END CERTIFICATE-----\n")
        return lines.joined(separator: "\n")
    }

    private static func colonSeparated(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF")
        return bytes.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined(separator: ":")
    }
}

extension SigningCertificate: Hashable {
    /// Two certificates are equal when their bytes are.
    package static func == (left: SigningCertificate, right: SigningCertificate) -> Bool {
        left.der == right.der
    }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(self.der)
    }
}
