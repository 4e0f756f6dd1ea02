import SAML
import XMLSecurity

/// An assertion that came encrypted, and the signature that makes it believable.
///
/// Our certificate is public, so that a ciphertext proves nothing: the assertion inside must be signed, or the ciphertext
/// must stand in a Response whose signature was verified (saml-security E02). Where the Response is signed, the ciphertext
/// is taken from its signed bytes. The plaintext is a document of its own, which passes the parser and the grammar like
/// every message (E03, E08), and never gets back into the message that carried it.
struct DecryptedAssertion {
    private let decrypted: DecryptedElement
    private let ownSignature: OwnSignature

    /// The signature of the plaintext itself.
    private enum OwnSignature {
        /// It is looked at by ``covering(_:)``.
        case later
        /// It was looked at together with the ciphertext; nil when there is none.
        case checked(VerifiedSignature?)
    }

    /// Decrypts the assertion.
    ///
    /// Where the cipher does not protect its content, the plaintext's own signature is verified here too, and everything
    /// that can be wrong is `decryptionFailed`, in the same words: the answers would tell what the plaintext looks like
    /// (E01).
    ///
    /// - Throws: `decryptionFailed`; `xmlInvalid` for a plaintext that is no assertion.
    init(
        _ container: XMLElement,
        in verifiedResponse: VerifiedElement?,
        verifier: SignatureVerifier,
        decryptor: Decryptor
    ) throws(ResponseRejection) {
        let decrypted = try Self.decrypt(container, in: verifiedResponse, decryptor)
        do throws(ResponseRejection) {
            try Self.checkForm(of: decrypted.element)
            self.ownSignature =
                decrypted.isProtected ? .later : .checked(try Self.signature(of: decrypted.element, verifier))
        } catch {
            throw decrypted.isProtected ? error : ResponseRejection(DecryptionRejection.failed)
        }
        self.decrypted = decrypted
    }

    /// The assertion as something that a verified signature covers, and the parts whose signatures were verified.
    ///
    /// - Throws: `signatureInvalid` for an assertion that no signature covers or whose own signature is not valid.
    func covering(_ verifier: SignatureVerifier) throws(ResponseRejection) -> SignedResponse.Covering {
        let element = self.decrypted.element
        guard let covered = self.decrypted.verified else {
            guard SignatureVerifier.hasSignature(element) else { throw ResponseRejection(SignatureRejection.unsigned) }
            let own = try verifier.verified(element)
            return (own, own.signature, .assertion)
        }
        let own =
            switch self.ownSignature {
            case .later: try Self.signature(of: element, verifier)
            case .checked(let signature): signature
            }
        guard let own else { return (covered, covered.signature, .response) }
        return (covered, own, .responseAndAssertion)
    }

    private static func decrypt(
        _ container: XMLElement,
        in verifiedResponse: VerifiedElement?,
        _ decryptor: Decryptor
    ) throws(ResponseRejection) -> DecryptedElement {
        if let verifiedResponse {
            try ResponseGrammar.check(verifiedResponse.element)
        }
        do throws(DecryptionRejection) {
            guard let verifiedResponse else { return try decryptor.decrypt(container) }
            return try decryptor.decrypt(container.name, inside: verifiedResponse)
        } catch {
            throw ResponseRejection(error)
        }
    }

    /// Checks that a plaintext is an assertion of the grammar.
    private static func checkForm(of element: XMLElement) throws(ResponseRejection) {
        guard element.isNamed(.assertion("Assertion")) else {
            throw ResponseRejection(
                .xmlInvalid,
                rule: "DecryptedAssertion",
                wanted: "an Assertion",
                got: element.name.localName
            )
        }
        try ResponseGrammar.check(element)
    }

    /// Verifies the signature of an assertion of the grammar, if it has one, which another signature covers.
    private static func signature(
        of element: XMLElement,
        _ verifier: SignatureVerifier
    ) throws(ResponseRejection) -> VerifiedSignature? {
        SignatureVerifier.hasSignature(element) ? try verifier.verifiedSignature(of: element) : nil
    }
}
