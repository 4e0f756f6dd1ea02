import SAML
import XMLSecurity

/// An assertion that came encrypted, and the signature that makes it believable.
///
/// Our certificate is public, so that a ciphertext proves nothing: the assertion inside must be signed, or the ciphertext
/// must stand in a Response whose signature was verified (saml-security E02). Where the Response is signed, the ciphertext
/// is taken from its signed bytes. The plaintext is a document of its own, which passes the parser and the grammar like
/// every message (E03, E08), and never gets back into the message that carried it.
struct DecryptedAssertion {
    /// The assertion as something that a verified signature covers.
    let source: VerifiedElement
    /// The parts whose signatures were verified.
    let parts: SignedParts

    /// Decrypts the assertion and verifies its signature if it has one.
    ///
    /// - Throws: `decryptionFailed`; `xmlInvalid` for a plaintext that is no assertion, `signatureInvalid` for one that no
    ///   signature covers or whose own signature is not valid. Where the cipher does not protect its content, all of these
    ///   are `decryptionFailed`, in the same words: the answers would tell what the plaintext looks like (E01).
    init(
        _ container: XMLElement,
        in verifiedResponse: VerifiedElement?,
        verifier: SignatureVerifier,
        decryptor: Decryptor
    ) throws(ResponseRejection) {
        let decrypted = try Self.decrypt(container, in: verifiedResponse, decryptor)
        let own: VerifiedElement?
        do throws(ResponseRejection) {
            own = try Self.check(decrypted.element, verifier)
        } catch {
            throw decrypted.isProtected ? error : ResponseRejection(DecryptionRejection.failed)
        }
        switch (decrypted.verified, own) {
        case (nil, nil): throw ResponseRejection(SignatureRejection.unsigned)
        case (nil, let own?): (self.source, self.parts) = (own, .assertion)
        case (let covered?, nil): (self.source, self.parts) = (covered, .response)
        case (_?, let own?): (self.source, self.parts) = (own, .responseAndAssertion)
        }
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

    /// Verifies the signature of a plaintext that is an assertion of the grammar, if it has one.
    private static func check(
        _ element: XMLElement,
        _ verifier: SignatureVerifier
    ) throws(ResponseRejection) -> VerifiedElement? {
        guard element.isNamed(.assertion("Assertion")) else {
            throw ResponseRejection(
                .xmlInvalid,
                rule: "DecryptedAssertion",
                wanted: "an Assertion",
                got: element.name.localName
            )
        }
        try ResponseGrammar.check(element)
        return SignatureVerifier.hasSignature(element) ? try verifier.verified(element) : nil
    }
}
