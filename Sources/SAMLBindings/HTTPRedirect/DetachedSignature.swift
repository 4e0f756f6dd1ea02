import SAML
import XMLSecurity

/// A signature beside what it covers.
struct DetachedSignature {
    /// What is covered, as it was received.
    let octets: [UInt8]
    /// The identifier of the signature method, by whoever sent it.
    let algorithm: String
    /// The signature's value.
    let value: [UInt8]

    /// Verifies the signature.
    ///
    /// - Returns: The certificate whose key made it.
    /// - Throws: `signatureInvalid`.
    func verify(_ verifier: SignatureVerifier) throws(ResponseRejection) -> SigningCertificate {
        do throws(SignatureRejection) {
            return try verifier.verify(self.octets, value: self.value, algorithm: self.algorithm)
        } catch {
            throw ResponseRejection(error)
        }
    }
}
