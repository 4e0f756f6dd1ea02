package import XMLSecurity

/// How the service provider signs its own messages.
package struct MessageSigner: Sendable {
    /// The key that signs.
    package let key: SigningKey
    /// The digest of the signature method: SHA-256 or better.
    package let digest: DigestAlgorithm
    /// A certificate for KeyInfo in enveloped signatures; nil leaves KeyInfo out.
    package let certificate: SigningCertificate?

    /// Makes a signer; by default with SHA-256 and without KeyInfo.
    package init(key: SigningKey, digest: DigestAlgorithm = .sha256, certificate: SigningCertificate? = nil) {
        self.key = key
        self.digest = digest
        self.certificate = certificate
    }
}
