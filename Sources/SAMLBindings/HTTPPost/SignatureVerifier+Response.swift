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

    /// Verifies an element's own signature where what the element says is read from elsewhere.
    ///
    /// - Throws: `signatureInvalid`.
    func verifiedSignature(of element: XMLElement) throws(ResponseRejection) -> VerifiedSignature {
        do throws(SignatureRejection) {
            return try self.verifySignature(of: element)
        } catch {
            throw ResponseRejection(error)
        }
    }
}
