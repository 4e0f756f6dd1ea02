import FoundationEssentials
package import XMLSecurity

/// The service provider to whom assertions are encrypted: a key, and the certificate that identity providers have of it.
package struct EncryptionRecipient: Sendable {
    /// What opens an encrypted assertion.
    package let key: DecryptionKey
    /// What encrypts one.
    package let certificate: SigningCertificate

    /// Makes a key of RSA.
    ///
    /// - Throws: What making a key or a certificate throws.
    package init(bits: Int = 2048) throws {
        let key = try SigningKey.generate(.rsa(bits: bits))
        self.key = try DecryptionKey(key)
        self.certificate = try key.selfSignedCertificate(
            commonName: "Portico",
            notBefore: Date(timeIntervalSince1970: 1_700_000_000),
            notAfter: Date(timeIntervalSince1970: 2_500_000_000)
        )
    }
}
