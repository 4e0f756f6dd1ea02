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
    /// - Throws: `signatureInvalid`.
    func verify(_ verifier: SignatureVerifier) throws(ResponseRejection) {
        do throws(SignatureRejection) {
            _ = try verifier.verify(self.octets, value: self.value, algorithm: self.algorithm)
        } catch {
            throw ResponseRejection(error)
        }
    }
}
