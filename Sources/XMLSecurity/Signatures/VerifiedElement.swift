/// An element whose signature was verified, read anew from the very bytes whose digest was signed.
///
/// Only ``SignatureVerifier`` makes one, and ``Decryptor`` from a ciphertext inside one. The original document plays no
/// part in it any more: whatever was moved, wrapped or hidden around the signed element is not there.
package struct VerifiedElement {
    /// The element, without the signature that was verified, as the root of a document of its own.
    package let element: XMLElement
    /// The signature.
    package let signature: VerifiedSignature

    init(element: XMLElement, signature: VerifiedSignature) {
        self.element = element
        self.signature = signature
    }

    /// What was decrypted from a ciphertext, with its key, that a signature covers: nobody but the signer chose it.
    init(decrypted element: XMLElement, from verified: VerifiedElement) {
        self.element = element
        self.signature = verified.signature
    }
}
