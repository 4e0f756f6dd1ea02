/// A signature that was verified: whose it is, and what it is on.
///
/// Only ``SignatureVerifier`` makes one.
package struct VerifiedSignature: Sendable {
    /// The identifier of the element that was signed.
    package let identifier: String
    /// The certificate whose key made the signature.
    package let certificate: SigningCertificate
    /// The identifier of the signature method.
    package let algorithm: String

    init(identifier: String, certificate: SigningCertificate, algorithm: SignatureAlgorithm) {
        self.identifier = identifier
        self.certificate = certificate
        self.algorithm = algorithm.rawValue
    }
}
