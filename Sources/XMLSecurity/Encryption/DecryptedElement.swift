/// An element that was decrypted and parsed as a document of its own.
package struct DecryptedElement {
    /// The element, with its signature if it has one, as anybody may have encrypted it: our certificate is public.
    package let element: XMLElement
    /// The same under the signature that covers its ciphertext and its key, when there is one.
    package let verified: VerifiedElement?
    /// Whether the content's cipher noticed a change; if not, no answer may tell what is inside.
    package let isProtected: Bool
}
