import SAML
import XMLSecurity

extension SignatureVerifier {
    /// Verifies an element's own signature.
    ///
    /// - Throws: `signatureInvalid`.
    func verified(_ element: XMLElement) throws(ResponseRejection) -> VerifiedElement {
        do throws(SignatureRejection) {
            return try self.verify(element)
        } catch {
            throw ResponseRejection(error)
        }
    }
}
